//! What a check needs to know of the account.

use std::collections::HashMap;

use chrono::TimeDelta;
use diesel::dsl::count_star;
use diesel::pg::PgConnection;
use diesel::prelude::*;

use crate::caller::{Caller, Role};
use crate::connectors::{self, Channel, Kind};
use crate::db::schema::{leads, users, workflow_runs};
use crate::error::Result;
use crate::telephony::{self, Rules};
use crate::workflows::Workflow;

/// What a check needs to know of the account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// By which way each channel's messages leave; those that can't are not there.
    pub senders: HashMap<Channel, Kind>,
    /// The keys of the workflow's statuses.
    pub status_keys: Vec<String>,
    /// How many leads that are in it now have no phone number.
    pub leads_without_phone: i64,
    /// How many have no e-mail address.
    pub leads_without_email: i64,
    /// How many leads came into it within the last seven days.
    pub leads_of_last_week: i64,
    /// How many people work leads.
    pub people: i64,
    /// What calls are made from, and where to.
    pub telephony: Rules,
}

impl Surroundings {
    /// By which way a channel's messages leave.
    pub fn sender(&self, channel: Channel) -> Option<Kind> {
        self.senders.get(&channel).copied()
    }
}

/// The surroundings of a workflow, in seven queries.
pub(in crate::workflows) fn surroundings(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow: &Workflow,
) -> Result<Surroundings> {
    let account_id = caller.account.id;
    let people = users::table
        .filter(users::account_id.eq(account_id))
        .filter(users::deactivated_at.is_null())
        .filter(users::role.ne(Role::Viewer))
        .select(count_star())
        .first(conn)?;
    let runs = workflow_runs::table
        .filter(workflow_runs::account_id.eq(account_id))
        .filter(workflow_runs::workflow_id.eq(workflow.row.id));
    let leads_of_last_week = runs
        .filter(workflow_runs::enrolled_at.ge(caller.now - TimeDelta::days(7)))
        .select(count_star())
        .first(conn)?;
    let live = runs
        .inner_join(
            leads::table.on(leads::account_id
                .eq(workflow_runs::account_id)
                .and(leads::id.eq(workflow_runs::lead_id))),
        )
        .filter(workflow_runs::ended_at.is_null())
        .select(count_star());
    Ok(Surroundings {
        senders: connectors::kinds(conn, account_id)?,
        status_keys: workflow
            .statuses
            .iter()
            .map(|status| status.key.clone())
            .collect(),
        leads_without_phone: live.filter(leads::phone.is_null()).first(conn)?,
        leads_without_email: live.filter(leads::email.is_null()).first(conn)?,
        leads_of_last_week,
        people,
        telephony: telephony::rules(conn, &caller.account)?,
    })
}
