//! Changing a workflow's own fields.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;
use validator::Validate;

use super::edit::hold;
use super::engine::SETTLES_WITHIN;
use super::lifecycle::note;
use super::words::{GoalType, Priority, WhenAway};
use super::workflow::{Workflow, load};
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::db::schema::workflows;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::hours::ContactHours;
use crate::patch::Patch;
use crate::text;

/// What is to become of a workflow's own fields; what is not said stays.
#[derive(Debug, Clone, Default, PartialEq, Validate)]
pub struct WorkflowChanges {
    /// Its name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200), custom(function = "text::check_nul"))]
    pub name: Option<String>,
    /// What it is about, at most 2,000 characters.
    pub description: Patch<String>,
    /// What it is for.
    pub goal_type: Option<GoalType>,
    /// Which of its leads come first in Today.
    pub priority: Option<Priority>,
    /// When its leads may be contacted; without it the account's hours hold.
    pub contact_hours: Patch<ContactHours>,
    /// What becomes of its steps while whoever is to do them is away.
    pub when_away: Option<WhenAway>,
}

/// As much as people may write about a workflow.
const LONGEST_DESCRIPTION: usize = 2_000;

impl WorkflowChanges {
    fn checked(self) -> Result<Self> {
        let changes = Self {
            name: self.name.map(|name| name.trim().to_owned()),
            description: match self.description {
                Patch::Set(said) => text::clean(Some(said)).map_or(Patch::Clear, Patch::Set),
                other => other,
            },
            ..self
        };
        let mut errors = match changes.validate() {
            Ok(()) => FieldErrors::default(),
            Err(errors) => FieldErrors::from_validator(&errors, &["name"]),
        };
        if let Some(said) = changes.description.given() {
            if text::has_nul(said) {
                errors.push("description", Problem::Nul);
            }
            if said.chars().count() > LONGEST_DESCRIPTION {
                errors.push("description", Problem::TooLong(LONGEST_DESCRIPTION));
            }
        }
        if let Some(Err(sentence)) = changes.contact_hours.given().map(ContactHours::check) {
            errors.push("contact_hours", Problem::Said(sentence.into()));
        }
        errors.or(changes)
    }
}

/// When the leads of a workflow the caller has been shown may be contacted; nothing where the
/// account's hours hold.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn contact_hours(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
) -> Result<Option<ContactHours>> {
    caller.require(Permission::ReadWorkflows)?;
    let hours: Option<Option<Value>> = workflows::table
        .find((caller.account.id, id))
        .select(workflows::contact_hours)
        .first(conn)
        .optional()?;
    let hours = hours.flatten().map(serde_json::from_value);
    hours.transpose().map_err(Error::internal)
}

/// Changes a workflow's own fields.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::Invalid`],
/// [`crate::error::Error::NotFound`].
pub fn update(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    changes: WorkflowChanges,
) -> Result<Workflow> {
    caller.require(Permission::WriteWorkflows)?;
    let changes = changes.checked()?;
    conn.transaction(|conn| {
        hold(conn, caller, id)?;
        let before = load(conn, caller, id)?;
        let its_hours = workflows::table.find((caller.account.id, id));
        let hours: Option<Value> = its_hours.select(workflows::contact_hours).first(conn)?;
        let row = &before.row;
        let name = changes.name.as_ref().unwrap_or(&row.name);
        let description = changes.description.change();
        let description = description.unwrap_or(row.description.as_ref());
        let goal_type = changes.goal_type.unwrap_or(row.goal_type);
        let priority = changes.priority.unwrap_or(row.priority);
        let when_away = changes.when_away.unwrap_or(row.when_away);
        let contact_hours = match &changes.contact_hours {
            Patch::Keep => hours.clone(),
            Patch::Clear => None,
            Patch::Set(hours) => Some(json!(hours)),
        };
        let mut told = Map::new();
        let mut compare = |field: &str, from: Value, to: Value| {
            if from != to {
                told.insert(field.to_owned(), json!({"from": from, "to": to}));
            }
        };
        compare("name", json!(row.name), json!(name));
        compare("description", json!(row.description), json!(description));
        compare("goal_type", json!(row.goal_type), json!(goal_type));
        compare("priority", json!(row.priority), json!(priority));
        compare(
            "when_away",
            json!(row.when_away.as_str()),
            json!(when_away.as_str()),
        );
        compare("contact_hours", json!(hours), json!(contact_hours));
        if told.is_empty() {
            return Ok(before);
        }
        diesel::update(workflows::table.find((caller.account.id, id)))
            .set((
                workflows::name.eq(name),
                workflows::description.eq(description),
                workflows::goal_type.eq(goal_type),
                workflows::priority.eq(priority),
                workflows::when_away.eq(when_away),
                workflows::contact_hours.eq(&contact_hours),
                workflows::updated_at.eq(caller.now),
            ))
            .execute(conn)?;
        if hours != contact_hours {
            // What waits by them is asked again.
            diesel::update(workflows::table.find((caller.account.id, id)))
                .set((
                    workflows::hours_revision.eq(workflows::hours_revision + 1),
                    workflows::settles_at.eq(caller.now + SETTLES_WITHIN),
                ))
                .execute(conn)?;
        }
        note(
            conn,
            caller,
            Event::WorkflowUpdated,
            id,
            json!({"changes": told}),
        )?;
        load(conn, caller, id)
    })
}
