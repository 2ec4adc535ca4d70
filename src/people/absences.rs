//! The days on which a person is away.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::availability::require;
use super::user;
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::db::schema::{absences, users};
use crate::error::{Error, Noun, Problem, Result};
use crate::ids;

/// As many as a person may have ahead of them.
const MOST: i64 = 100;
/// The longest, in days.
const LONGEST: i64 = 366;

/// Some days on which a person is away.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = absences)]
pub struct Absence {
    /// Its id.
    pub id: Uuid,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
}

/// Those that are not over, the next first.
pub(super) fn of_person(
    conn: &mut PgConnection,
    caller: &Caller,
    user_id: Uuid,
) -> Result<Vec<Absence>> {
    Ok(Absence::query()
        .filter(absences::account_id.eq(caller.account.id))
        .filter(absences::user_id.eq(user_id))
        .filter(absences::ends_on.ge(yesterday(caller.now)))
        .order((absences::starts_on, absences::id))
        .load(conn)?)
}

/// A day that is not over anywhere.
fn yesterday(now: DateTime<Utc>) -> NaiveDate {
    let today = now.date_naive();
    today.checked_sub_days(Days::new(1)).unwrap_or(today)
}

/// Says that a person is away, from one day up to and with another, for themselves and for whoever
/// may change the account's people.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Invalid`] with the field `ends_on` for days
/// that are over, in the wrong order or too many; [`Error::Conflict`] when there are a hundred.
pub fn add_absence(
    conn: &mut PgConnection,
    caller: &Caller,
    user_id: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
) -> Result<Absence> {
    require(caller, user_id, Permission::WriteSettings)?;
    let wrong = match () {
        () if ends_on < starts_on => Some("The last day comes before the first"),
        () if ends_on < yesterday(caller.now) => Some("These days are over"),
        () if (ends_on - starts_on).num_days() >= LONGEST => Some("That is longer than a year"),
        () => None,
    };
    if let Some(sentence) = wrong {
        return Err(Error::invalid("ends_on", Problem::Said(sentence.into())));
    }
    conn.transaction(|conn| {
        let person: Option<Uuid> = users::table
            .find((caller.account.id, user_id))
            .select(users::id)
            .for_no_key_update()
            .first(conn)
            .optional()?;
        person.ok_or(Error::NotFound(Noun::User))?;
        let ahead: i64 = absences::table
            .filter(absences::account_id.eq(caller.account.id))
            .filter(absences::user_id.eq(user_id))
            .filter(absences::ends_on.ge(yesterday(caller.now)))
            .count()
            .get_result(conn)?;
        if ahead >= MOST {
            let sentence = format!("There are {MOST} times ahead already");
            return Err(Error::Conflict(sentence));
        }
        let absence = Absence {
            id: ids::new(caller.now),
            starts_on,
            ends_on,
        };
        diesel::insert_into(absences::table)
            .values((
                absences::account_id.eq(caller.account.id),
                absences::id.eq(absence.id),
                absences::user_id.eq(user_id),
                absences::starts_on.eq(starts_on),
                absences::ends_on.eq(ends_on),
                absences::created_at.eq(caller.now),
            ))
            .execute(conn)?;
        note(conn, caller, user_id, (None, Some(&absence)))?;
        Ok(absence)
    })
}

/// Takes that back.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`].
pub fn remove_absence(
    conn: &mut PgConnection,
    caller: &Caller,
    user_id: Uuid,
    id: Uuid,
) -> Result<Absence> {
    require(caller, user_id, Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let theirs = absences::table
            .filter(absences::account_id.eq(caller.account.id))
            .filter(absences::id.eq(id))
            .filter(absences::user_id.eq(user_id));
        let absence: Option<Absence> = diesel::delete(theirs)
            .returning(Absence::as_returning())
            .get_result(conn)
            .optional()?;
        let absence = absence.ok_or(Error::NotFound(Noun::Absence))?;
        note(conn, caller, user_id, (Some(&absence), None))?;
        Ok(absence)
    })
}

fn note(
    conn: &mut PgConnection,
    caller: &Caller,
    user_id: Uuid,
    (from, to): (Option<&Absence>, Option<&Absence>),
) -> Result<()> {
    let days = |absence: &Absence| format!("{} to {}", absence.starts_on, absence.ends_on);
    let data = json!({"changes": {"away": {"from": from.map(days), "to": to.map(days)}}});
    user::note(conn, caller, Event::UserUpdated, user_id, data)
}
