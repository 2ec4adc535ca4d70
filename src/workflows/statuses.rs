//! The statuses that leads have in a workflow.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::upsert::excluded;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::edit::hold;
use super::lifecycle::note;
use super::status_input::{StatusChanges, StatusInput};
use super::status_use::{given_by_a_step, held_by_leads};
use super::words::Category;
use super::workflow::{Status, load};
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::db::schema::{workflow_statuses, workflows};
use crate::error::{Error, Noun, Problem, Result};
use crate::ids;

/// As many statuses as a workflow may have.
const MOST_STATUSES: usize = 50;

/// Adds a status after the others.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; [`Error::Conflict`] when there
/// is one with the same key.
pub fn add_status(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    input: StatusInput,
) -> Result<Status> {
    change(conn, caller, workflow_id, |_, statuses| {
        let input = input.checked()?;
        if statuses.len() >= MOST_STATUSES {
            let sentence = format!("A workflow has at most {MOST_STATUSES} statuses");
            return Err(Error::Conflict(sentence));
        }
        let status = Status {
            id: ids::new(caller.now),
            workflow_id,
            key: input.key,
            label: input.label,
            color: input.color,
            category: input.category,
            is_terminal: input.is_terminal,
        };
        statuses.push(status.clone());
        Ok(status)
    })
}

/// Changes a status; its leads keep it under its new key.
///
/// # Errors
/// As [`add_status`]; [`Error::Conflict`] also when a step gives leads the status by its key.
pub fn update_status(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    id: Uuid,
    changes: StatusChanges,
) -> Result<Status> {
    change(conn, caller, workflow_id, |conn, statuses| {
        let status = statuses.iter_mut().find(|status| status.id == id);
        let status = status.ok_or(Error::NotFound(Noun::Status))?;
        let input = changes.over(status).checked()?;
        if input.key != status.key {
            given_by_a_step(conn, caller, workflow_id, &status.key)?;
        }
        status.key = input.key;
        status.label = input.label;
        status.color = input.color;
        status.category = input.category;
        status.is_terminal = input.is_terminal;
        Ok(status.clone())
    })
}

/// Takes a status out that no lead has.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when a lead has it or had it in
/// the workflow, a step gives it, or it is the last one.
pub fn delete_status(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    id: Uuid,
) -> Result<()> {
    change(conn, caller, workflow_id, |conn, statuses| {
        let status = statuses.iter().find(|status| status.id == id);
        let status = status.ok_or(Error::NotFound(Noun::Status))?;
        if statuses.len() == 1 {
            let sentence = "A workflow needs a status for its leads; this is the last one";
            return Err(Error::Conflict(sentence.to_owned()));
        }
        given_by_a_step(conn, caller, workflow_id, &status.key)?;
        held_by_leads(conn, caller, workflow_id, &status.key)?;
        statuses.retain(|status| status.id != id);
        Ok(())
    })
}

/// Puts the statuses into another order; new leads begin with the first.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Invalid`] when `order` is not all of them,
/// each once.
pub fn reorder_statuses(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    order: &[Uuid],
) -> Result<()> {
    change(conn, caller, workflow_id, |_, statuses| {
        let place = |id: Uuid| order.iter().position(|one| *one == id);
        if order.len() != statuses.len() || statuses.iter().any(|one| place(one.id).is_none()) {
            let sentence = "The order must name every status of the workflow once";
            return Err(Error::invalid("order", Problem::Said(sentence.into())));
        }
        statuses.sort_by_key(|status| place(status.id));
        Ok(())
    })
}

/// The one way in which statuses change: read, changed and written as a whole.
fn change<T>(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    edit: impl FnOnce(&mut PgConnection, &mut Vec<Status>) -> Result<T>,
) -> Result<T> {
    caller.require(Permission::WriteWorkflows)?;
    conn.transaction(|conn| {
        hold(conn, caller, workflow_id)?;
        let before = load(conn, caller, workflow_id)?.statuses;
        let mut after = before.clone();
        let result = edit(conn, &mut after)?;
        for (at, status) in after.iter().enumerate() {
            if after[..at].iter().any(|other| other.key == status.key) {
                let sentence = format!("There is already a status with the key {}", status.key);
                return Err(Error::Conflict(sentence));
            }
        }
        if after == before {
            return Ok(result);
        }
        let kept: Vec<Uuid> = after.iter().map(|status| status.id).collect();
        let gone = workflow_statuses::table
            .filter(workflow_statuses::account_id.eq(caller.account.id))
            .filter(workflow_statuses::workflow_id.eq(workflow_id))
            .filter(workflow_statuses::id.ne_all(kept));
        diesel::delete(gone).execute(conn)?;
        write_statuses(conn, caller, workflow_id, &after)?;
        diesel::update(workflows::table.find((caller.account.id, workflow_id)))
            .set(workflows::updated_at.eq(caller.now))
            .execute(conn)?;
        let data = json!({"changes": facts(&before, &after)});
        note(conn, caller, Event::WorkflowUpdated, workflow_id, data)?;
        Ok(result)
    })
}

/// What became of which status, by its key; of its order when only that changed.
fn facts(before: &[Status], after: &[Status]) -> Value {
    let told = |status: &Status| {
        json!({
            "key": status.key, "label": status.label, "color": status.color,
            "category": status.category, "is_terminal": status.is_terminal,
        })
    };
    let mut facts = Map::new();
    for status in after {
        let old = before.iter().find(|old| old.id == status.id);
        if old != Some(status) {
            let change = json!({"from": old.map(told), "to": told(status)});
            facts.insert(format!("status.{}", status.key), change);
        }
    }
    for old in before {
        if !after.iter().any(|status| status.id == old.id) {
            let change = json!({"from": told(old), "to": null});
            facts.insert(format!("status.{}", old.key), change);
        }
    }
    if facts.is_empty() {
        let keys = |statuses: &[Status]| -> Value {
            statuses.iter().map(|status| status.key.as_str()).collect()
        };
        let change = json!({"from": keys(before), "to": keys(after)});
        facts.insert("statuses".to_owned(), change);
    }
    Value::Object(facts)
}

#[derive(Insertable)]
#[diesel(table_name = workflow_statuses)]
struct StatusRow<'a> {
    account_id: Uuid,
    id: Uuid,
    workflow_id: Uuid,
    key: &'a str,
    label: &'a str,
    color: &'a str,
    category: Category,
    is_terminal: bool,
    position: i32,
}

/// Writes statuses in their order, over those that are there.
pub(super) fn write_statuses(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    statuses: &[Status],
) -> Result<()> {
    let rows: Vec<StatusRow<'_>> = (0..)
        .zip(statuses)
        .map(|(position, status)| StatusRow {
            account_id: caller.account.id,
            id: status.id,
            workflow_id,
            key: &status.key,
            label: &status.label,
            color: &status.color,
            category: status.category,
            is_terminal: status.is_terminal,
            position,
        })
        .collect();
    diesel::insert_into(workflow_statuses::table)
        .values(&rows)
        .on_conflict((workflow_statuses::account_id, workflow_statuses::id))
        .do_update()
        .set((
            workflow_statuses::key.eq(excluded(workflow_statuses::key)),
            workflow_statuses::label.eq(excluded(workflow_statuses::label)),
            workflow_statuses::color.eq(excluded(workflow_statuses::color)),
            workflow_statuses::category.eq(excluded(workflow_statuses::category)),
            workflow_statuses::is_terminal.eq(excluded(workflow_statuses::is_terminal)),
            workflow_statuses::position.eq(excluded(workflow_statuses::position)),
        ))
        .execute(conn)?;
    Ok(())
}
