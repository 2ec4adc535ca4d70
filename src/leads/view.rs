//! A lead with what belongs to it: campaign, owner, team, where it stands in its workflow.

use chrono::{DateTime, Utc};
use diesel::dsl::{AsSelect, auto_type};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use uuid::Uuid;

use super::lead::Lead;
use crate::caller::{Caller, Permission};
use crate::db::schema::{
    campaigns, lead_sources, leads, teams, users, workflow_run_steps, workflow_runs,
    workflow_statuses, workflows,
};
use crate::error::{Error, Noun, Result};
use crate::ids::IdOrNumber;

/// Something with an id and a name.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// A team or a lead source.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Numbered {
    /// Its id.
    pub id: Uuid,
    /// The number people call it by.
    pub number: i64,
    /// Its name.
    pub name: String,
}

/// The person a lead belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Owner {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: String,
    /// A picture of them.
    pub avatar_url: Option<String>,
}

/// The workflow of a lead's newest run.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StandingWorkflow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is for: `appointment`, `sale`, `qualification` or `none`.
    pub goal_type: String,
}

/// A lead's status in its workflow.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Standing {
    /// The status's id.
    pub id: Uuid,
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// Its colour, `#rrggbb`.
    pub color: String,
    /// `open`, `active`, `won` or `lost`.
    pub category: String,
}

/// A run that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct LiveRun {
    /// Its id.
    pub id: Uuid,
    /// Its workflow.
    pub workflow_id: Uuid,
    /// `pending`, `in_progress`, `waiting` or `paused`.
    pub status: String,
    /// The node it is at.
    pub current_node_id: Option<Uuid>,
    /// When it began.
    pub enrolled_at: DateTime<Utc>,
    /// How many outreach steps its version has for a lead that never answers.
    pub step_count: i32,
}

/// The step a live run is at.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct RunStep {
    /// Its id.
    pub id: Uuid,
    /// The node's id.
    pub node_id: Uuid,
    /// What people call it.
    pub label: String,
    /// What it does, in the words of contract §3.
    pub node_type: String,
    /// Its place among the outreach steps, from 1; waits and branches have none.
    pub step_number: Option<i32>,
    /// How often it is tried at most.
    pub max_attempts: i32,
    /// Which try it is on, from 1.
    pub attempt: i32,
    /// When it fires; nothing while the workflow does not run.
    pub due_at: Option<DateTime<Utc>>,
    /// `scheduled`, `task` or `sent`.
    pub state: String,
    /// Why it waits.
    pub why: Option<String>,
}

/// A lead with everything a list or a page shows of it.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct LeadView {
    /// Its own fields.
    pub lead: Lead,
    /// Its campaign.
    pub campaign: Option<Named>,
    /// Its owner.
    pub owner: Option<Owner>,
    /// Its team.
    pub team: Option<Numbered>,
    /// Its lead source.
    pub lead_source: Option<Numbered>,
    /// The workflow of its newest run, live or over.
    pub workflow: Option<StandingWorkflow>,
    /// Its status there.
    pub standing: Option<Standing>,
    /// Its run, while it lives.
    pub run: Option<LiveRun>,
    /// The step the run is at.
    pub step: Option<RunStep>,
}

/// One lead with what belongs to it, in one query.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such lead, or the caller does not
/// see it.
pub fn find(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<LeadView> {
    caller.require(Permission::ReadLeads)?;
    let view = load(conn, caller, id)?;
    match caller.sees.lead(view.lead.owner_id, view.lead.team_id) {
        true => Ok(view),
        false => Err(Error::NotFound(Noun::Lead)),
    }
}

/// The same for a caller who has just changed it, and may change leads without reading them.
///
/// # Errors
/// As [`find`].
pub fn changed(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<LeadView> {
    caller.require(Permission::WriteLeads)?;
    load(conn, caller, id)
}

/// The id of the lead that is named by somebody who needs this right for it. An id is taken as it is.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no lead of this number.
pub fn id_of(
    conn: &mut PgConnection,
    caller: &Caller,
    right: Permission,
    named: IdOrNumber,
) -> Result<Uuid> {
    caller.require(right)?;
    named.resolved(Noun::Lead, |number| {
        let id = leads::table
            .filter(leads::account_id.eq(caller.account.id))
            .filter(leads::number.eq(number))
            .select(leads::id);
        Ok(id.first(conn).optional()?)
    })
}

/// The same for a caller who has been allowed to change it, and has perhaps given it away.
pub(super) fn load(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<LeadView> {
    views(caller.account.id)
        .filter(leads::id.eq(id))
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Lead))
}

/// Leads with what belongs to them. Each join follows a primary key, or the unique index of the
/// live runs or of their open steps.
#[auto_type(no_type_alias)]
pub(super) fn views(account_id: Uuid) -> _ {
    let in_campaign = campaigns::account_id
        .eq(leads::account_id)
        .and(leads::campaign_id.eq(campaigns::id.nullable()));
    let of_owner = users::account_id
        .eq(leads::account_id)
        .and(leads::owner_id.eq(users::id.nullable()));
    let in_team = teams::account_id
        .eq(leads::account_id)
        .and(leads::team_id.eq(teams::id.nullable()));
    let of_source = lead_sources::account_id
        .eq(leads::account_id)
        .and(leads::lead_source_id.eq(lead_sources::id.nullable()));
    let in_workflow = workflows::account_id
        .eq(leads::account_id)
        .and(leads::workflow_id.eq(workflows::id.nullable()));
    let at_status = workflow_statuses::account_id
        .eq(leads::account_id)
        .and(leads::workflow_id.eq(workflow_statuses::workflow_id.nullable()))
        .and(leads::status_key.eq(workflow_statuses::key.nullable()));
    let live = workflow_runs::account_id
        .eq(leads::account_id)
        .and(workflow_runs::lead_id.eq(leads::id))
        .and(workflow_runs::ended_at.is_null());
    let open = workflow_run_steps::account_id
        .eq(leads::account_id)
        .and(
            workflow_run_steps::run_id
                .nullable()
                .eq(workflow_runs::id.nullable()),
        )
        .and(workflow_run_steps::exited_at.is_null());
    let lead: AsSelect<Lead, Pg> = Lead::as_select();
    leads::table
        .left_join(campaigns::table.on(in_campaign))
        .left_join(users::table.on(of_owner))
        .left_join(teams::table.on(in_team))
        .left_join(lead_sources::table.on(of_source))
        .left_join(workflows::table.on(in_workflow))
        .left_join(workflow_statuses::table.on(at_status))
        .left_join(workflow_runs::table.on(live))
        .left_join(workflow_run_steps::table.on(open))
        .filter(leads::account_id.eq(account_id))
        .select((
            lead,
            (campaigns::id, campaigns::name).nullable(),
            (users::id, users::name, users::email, users::avatar_url).nullable(),
            (teams::id, teams::number, teams::name).nullable(),
            (lead_sources::id, lead_sources::number, lead_sources::name).nullable(),
            (workflows::id, workflows::name, workflows::goal_type).nullable(),
            (
                workflow_statuses::id,
                workflow_statuses::key,
                workflow_statuses::label,
                workflow_statuses::color,
                workflow_statuses::category,
            )
                .nullable(),
            (
                workflow_runs::id,
                workflow_runs::workflow_id,
                workflow_runs::status,
                workflow_runs::current_node_id,
                workflow_runs::enrolled_at,
                workflow_runs::step_count,
            )
                .nullable(),
            (
                workflow_run_steps::id,
                workflow_run_steps::node_id,
                workflow_run_steps::label,
                workflow_run_steps::node_type,
                workflow_run_steps::step_number,
                workflow_run_steps::max_attempts,
                workflow_run_steps::attempt,
                workflow_run_steps::due_at,
                workflow_run_steps::state,
                workflow_run_steps::why,
            )
                .nullable(),
        ))
}
