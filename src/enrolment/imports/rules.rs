//! The rules of an import: where its leads go, whose they are, what happens to those that are there.

use diesel::Connection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::super::file::plan::SOURCE;
use super::super::file::{Existing, Field, MatchBy, Owners, Plan};
use super::choose::open_one;
use super::import::State;
use super::record;
use crate::caller::Caller;
use crate::error::{FieldErrors, Problem, Result};
use crate::workflows::{self, Entrance, WorkflowStatus};
use crate::{campaigns, leads, people, text};

/// The most leads that can be said to begin on one day; more is all at once.
const MOST_A_DAY: u32 = 100_000;

/// What a person chooses about all rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The workflow that the leads go into.
    pub workflow_id: Option<Uuid>,
    /// By what a lead is found again.
    pub match_by: Vec<MatchBy>,
    /// What is done with a lead that is there.
    pub existing: Existing,
    /// Whose the new leads are.
    pub owners: Owners,
    /// The campaign.
    pub campaign_id: Option<Uuid>,
    /// Where new leads come from; `import` when it is blank.
    pub source: String,
    /// Tags for all.
    pub tags: Vec<String>,
    /// How many begin on one working day at most; all at once without it.
    pub starts_a_day: Option<u32>,
}

impl Rules {
    /// The rules of a plan.
    pub fn of(plan: &Plan) -> Self {
        let plan = plan.clone();
        Self {
            workflow_id: plan.workflow_id,
            match_by: plan.match_by,
            existing: plan.existing,
            owners: plan.owners,
            campaign_id: plan.campaign_id,
            source: plan.source,
            tags: plan.tags,
            starts_a_day: plan.starts_a_day,
        }
    }
}

/// Chooses the rules, and has the file checked by them.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`];
/// [`crate::error::Error::Invalid`] with the fields of [`Rules`]; [`crate::error::Error::Conflict`]
/// when the import has run, or its columns are not chosen yet.
pub fn choose_rules(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    rules: Rules,
) -> Result<()> {
    conn.transaction(|conn| {
        let import = open_one(conn, caller, id)?;
        let before = import.planned()?.clone();
        let plan = Plan {
            workflow_id: rules.workflow_id,
            match_by: rules.match_by,
            existing: rules.existing,
            owners: rules.owners,
            campaign_id: rules.campaign_id,
            source: text::clean(Some(rules.source)).unwrap_or_else(|| SOURCE.to_owned()),
            tags: rules.tags,
            starts_a_day: rules.starts_a_day,
            ..before
        };
        let mut errors = FieldErrors::default();
        let entrance = entrance(conn, caller, &plan, &mut errors)?;
        people_and_campaign(conn, caller, &plan, &mut errors)?;
        leads::check_shared(&plan.source, &plan.tags, &mut errors);
        let plan = errors.or(plan)?;
        let workflow = entrance.as_ref().map(|one| one.name.as_str());
        record::plan(conn, caller, id, &plan, workflow)?;
        record::begin_again(conn, caller, id, State::Checking)
    })
}

/// The workflow; what it asks of the rules is noted when they don't have it.
fn entrance(
    conn: &mut PgConnection,
    caller: &Caller,
    plan: &Plan,
    errors: &mut FieldErrors,
) -> Result<Option<Entrance>> {
    let said = |sentence: &str| Problem::Said(sentence.to_owned().into());
    let Some(id) = plan.workflow_id else {
        if plan.starts_a_day.is_some() {
            errors.push(
                "starts_a_day",
                said("Only leads that go into a workflow can begin there day by day"),
            );
        }
        return Ok(None);
    };
    let Some(entrance) = workflows::entrances(conn, caller, &[id])?.remove(&id) else {
        errors.push("workflow_id", Problem::NotOfAccount);
        return Ok(None);
    };
    if let Err(error) = entrance.check_takes_leads() {
        errors.push("workflow_id", said(&error.to_string()));
    }
    if entrance.has_calls && plan.column_of(Field::Phone).is_none() {
        errors.push(
            "workflow_id",
            said("This workflow calls its leads: one of the columns must be their phone number"),
        );
    }
    match plan.starts_a_day {
        Some(0) => errors.push("starts_a_day", said("At least one lead has to begin a day")),
        Some(many) if many > MOST_A_DAY => errors.push(
            "starts_a_day",
            said("That many can all begin at once; leave this empty"),
        ),
        Some(_) if entrance.status != WorkflowStatus::Active => errors.push(
            "starts_a_day",
            said("The leads of a workflow that is not active begin when it is activated; activate it first, or leave this empty"),
        ),
        _ => {}
    }
    Ok(Some(entrance))
}

fn people_and_campaign(
    conn: &mut PgConnection,
    caller: &Caller,
    plan: &Plan,
    errors: &mut FieldErrors,
) -> Result<()> {
    let wanted: &[Uuid] = match &plan.owners {
        Owners::Rotation | Owners::Nobody => &[],
        Owners::Person(id) => std::slice::from_ref(id),
        Owners::InTurn(ids) => ids,
    };
    if matches!(&plan.owners, Owners::InTurn(ids) if ids.is_empty()) {
        errors.push("owners", Problem::Said("Choose who takes turns".into()));
    }
    if !wanted.is_empty() {
        let active = people::active_people(conn, caller)?;
        let is_active = |id: &Uuid| active.iter().any(|person| person.id == *id);
        if !wanted.iter().all(is_active) {
            errors.push("owners", Problem::NotOfAccount);
        }
    }
    if let Some(id) = plan.campaign_id
        && campaigns::find(conn, caller, id).is_err()
    {
        errors.push("campaign_id", Problem::NotOfAccount);
    }
    Ok(())
}
