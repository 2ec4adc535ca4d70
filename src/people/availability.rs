//! When a person works: their hours, in their zone, and the days they are away.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::absences::{Absence, of_person};
use super::user;
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::db::schema::users;
use crate::error::{Error, Noun, Problem, Result};
use crate::hours::{ContactHours, Opening};

/// When a person works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    /// The person.
    pub user_id: Uuid,
    /// Their name.
    pub name: String,
    /// Their hours; around the clock without any.
    pub hours: Option<ContactHours>,
    /// The zone of their hours and days; the account's without one.
    pub zone: Option<Tz>,
    /// The days they are away, from now on, the next first.
    pub absences: Vec<Absence>,
}

/// Why a person can't be given work at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// They can't sign in any more.
    Deactivated,
    /// They are away up to and with this day.
    Away(NaiveDate),
    /// They work again at this instant.
    Hours(DateTime<Utc>),
}

/// Whether somebody with these hours, who is away up to a day, can't be given work now.
pub fn off(
    hours: Option<&ContactHours>,
    zone: Tz,
    away_until: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Option<Off> {
    if let Some(until) = away_until {
        return Some(Off::Away(until));
    }
    match hours?.at(now, zone) {
        Opening::Open { .. } => None,
        Opening::Closed { opens, .. } => Some(Off::Hours(opens)),
    }
}

/// A person's hours and zone as their row has them.
///
/// # Errors
/// [`Error::Internal`] when they were not written by this program.
pub fn read_hours(
    hours: Option<Value>,
    zone: Option<String>,
) -> Result<(Option<ContactHours>, Option<Tz>)> {
    let hours = hours.map(serde_json::from_value).transpose();
    let zone = zone.map(|zone| zone.parse()).transpose();
    Ok((
        hours.map_err(Error::internal)?,
        zone.map_err(Error::internal)?,
    ))
}

/// When a person works, for themselves and for whoever may see the account's people.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub fn availability(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Availability> {
    require(caller, id, Permission::ReadSettings)?;
    let row: Option<(String, Option<Value>, Option<String>)> = users::table
        .find((caller.account.id, id))
        .select((users::name, users::working_hours, users::time_zone))
        .first(conn)
        .optional()?;
    let (name, hours, zone) = row.ok_or(Error::NotFound(Noun::User))?;
    let (hours, zone) = read_hours(hours, zone)?;
    Ok(Availability {
        user_id: id,
        name,
        hours,
        zone,
        absences: of_person(conn, caller, id)?,
    })
}

/// Says when a person works, for themselves and for whoever may change the account's people.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Invalid`] with the field `hours`.
pub fn set_working_hours(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    hours: Option<&ContactHours>,
    zone: Option<Tz>,
) -> Result<()> {
    require(caller, id, Permission::WriteSettings)?;
    if let Some(hours) = hours {
        let checked = hours.check();
        checked.map_err(|sentence| Error::invalid("hours", Problem::Said(sentence.into())))?;
    }
    conn.transaction(|conn| {
        let person = users::table.find((caller.account.id, id));
        let before: Option<(Option<Value>, Option<String>)> = person
            .select((users::working_hours, users::time_zone))
            .for_no_key_update()
            .first(conn)
            .optional()?;
        let before = before.ok_or(Error::NotFound(Noun::User))?;
        let hours = hours.map(serde_json::to_value).transpose();
        let after = (
            hours.map_err(Error::internal)?,
            zone.map(|zone| zone.name().to_owned()),
        );
        if before == after {
            return Ok(());
        }
        diesel::update(person)
            .set((
                users::working_hours.eq(&after.0),
                users::time_zone.eq(&after.1),
            ))
            .execute(conn)?;
        let mut changes = json!({});
        for (name, from, to) in [
            ("working_hours", before.0, after.0),
            (
                "time_zone",
                before.1.map(Value::from),
                after.1.map(Value::from),
            ),
        ] {
            if from != to {
                changes[name] = json!({"from": from, "to": to});
            }
        }
        let data = json!({ "changes": changes });
        user::note(conn, caller, Event::UserUpdated, id, data)
    })
}

/// Everybody may say it of themselves.
pub(super) fn require(caller: &Caller, id: Uuid, permission: Permission) -> Result<()> {
    match caller.person() {
        Some(person) if person.id == id => Ok(()),
        _ => caller.require(permission),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn away_goes_before_hours_and_no_hours_are_all_hours() {
        let now = "2026-11-21T12:00:00Z".parse().unwrap(); // a Saturday
        let day = "2026-12-03".parse().unwrap();
        let hours = ContactHours::default();
        let zone = Tz::America__Santiago;
        assert_eq!(off(None, zone, None, now), None);
        assert_eq!(off(None, zone, Some(day), now), Some(Off::Away(day)));
        assert_eq!(
            off(Some(&hours), zone, Some(day), now),
            Some(Off::Away(day))
        );
        let opens = "2026-11-21T13:00:00Z".parse().unwrap();
        assert_eq!(off(Some(&hours), zone, None, now), Some(Off::Hours(opens)));
        assert_eq!(off(Some(&hours), zone, None, opens), None);
    }
}
