//! Signing in: tries are counted before a password is looked at, so that nobody can try many,
//! neither for one person nor from one address.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::case_when;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::upsert::excluded;
use serde_json::json;
use uuid::Uuid;

use super::acting::active;
use super::second_step::{HalfWay, half_way};
use super::user;
use crate::audit::Event;
use crate::caller::{Account, Actor, Caller, Person, RequestFacts, Sees};
use crate::db::schema::{identities, sign_in_throttles};
use crate::error::{Error, Result, Unauthenticated};
use crate::{secrets, text};

/// Tries are counted over this long, from the first of them.
pub(super) const WINDOW: TimeDelta = TimeDelta::minutes(15);
const TRIES_FOR_A_PERSON: i32 = 10;
const TRIES_FROM_AN_ADDRESS: i32 = 30;

/// Who wants to sign in, if there is such a person. Whether there is must not show.
#[derive(Clone)]
pub struct Candidate {
    /// What [`super::verify`] needs, on a thread that may be slow.
    pub hash: Option<String>,
    email: String,
    found: Option<(Uuid, Uuid)>,
}

/// Where a right password leads.
pub enum Entrance {
    /// In.
    Open(Account, Person),
    /// To the question for a code.
    Half(HalfWay),
}

/// Counts one try, and finds the hash that the password must match.
///
/// # Errors
/// [`Error::TooMany`] after 10 tries in 15 minutes for one e-mail, or 30 from one address.
pub fn attempt(
    conn: &mut PgConnection,
    email: &str,
    ip: Option<IpAddr>,
    now: DateTime<Utc>,
) -> Result<Candidate> {
    let email = text::lower_email(email);
    let mut limits = Vec::with_capacity(2);
    limits.extend(ip.map(|ip| (address_subject(ip), TRIES_FROM_AN_ADDRESS)));
    limits.push((person_subject(&email), TRIES_FOR_A_PERSON));
    count(conn, &limits, now)?;
    let found: Option<(Uuid, Uuid, Option<String>)> = if text::is_email(&email) {
        identities::table
            .find(&email)
            .select((
                identities::account_id,
                identities::user_id,
                identities::password_hash,
            ))
            .get_result(conn)
            .optional()?
    } else {
        None
    };
    Ok(match found {
        Some((account_id, user_id, hash)) => Candidate {
            hash,
            email,
            found: Some((account_id, user_id)),
        },
        None => Candidate {
            hash: None,
            email,
            found: None,
        },
    })
}

/// To be called once the password has been found right: forgets the person's failed tries, and
/// lets them in, or on to the question for a code. Who is in stands in the audit.
///
/// # Errors
/// [`Unauthenticated::WrongPassword`] when the person is not there or deactivated.
pub fn signed_in(
    conn: &mut PgConnection,
    candidate: Candidate,
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<Entrance> {
    let wrong = || Error::Unauthenticated(Unauthenticated::WrongPassword);
    let (account_id, user_id) = candidate.found.ok_or_else(wrong)?;
    conn.transaction(|conn| {
        let (account, person) = active(conn, account_id, user_id)?.ok_or_else(wrong)?;
        forget_tries(conn, &candidate.email)?;
        if let Some(half) = half_way(conn, (account_id, user_id), candidate.hash.as_deref())? {
            return Ok(Entrance::Half(half));
        }
        let caller = Caller {
            account,
            actor: Actor::User(person.clone()),
            sees: Sees::All,
            request,
            now,
        };
        user::note(conn, &caller, Event::UserSignedIn, user_id, json!({}))?;
        Ok(Entrance::Open(caller.account, person))
    })
}

/// Forgets the tries for a person; those from their address go on counting.
pub(super) fn forget_tries(conn: &mut PgConnection, email: &str) -> Result<()> {
    diesel::delete(sign_in_throttles::table.find(person_subject(email))).execute(conn)?;
    Ok(())
}

/// Counts a try for each subject. All callers name the address before the person, so that two
/// of them can't wait for each other.
pub(super) fn count(
    conn: &mut PgConnection,
    limits: &[(String, i32)],
    now: DateTime<Utc>,
) -> Result<()> {
    use sign_in_throttles::{attempts, since, subject, table};
    let rows: Vec<_> = limits
        .iter()
        .map(|(name, _)| (subject.eq(name), attempts.eq(1), since.eq(now)))
        .collect();
    let over = || since.le(now - WINDOW);
    let counted: Vec<(String, i32, DateTime<Utc>)> = diesel::insert_into(table)
        .values(&rows)
        .on_conflict(subject)
        .do_update()
        .set((
            attempts.eq(case_when(over(), excluded(attempts))
                .when(attempts.lt(i32::MAX), attempts + 1)
                .otherwise(attempts)),
            since.eq(case_when(over(), excluded(since)).otherwise(since)),
        ))
        .returning((subject, attempts, since))
        .get_results(conn)?;
    let wait = counted
        .iter()
        .filter(|(name, tries, _)| limits.iter().any(|(of, most)| of == name && tries > most))
        .map(|(_, _, first)| seconds_until(*first + WINDOW, now))
        .max();
    wait.map_or(Ok(()), |retry_after_seconds| {
        Err(Error::TooMany {
            retry_after_seconds,
        })
    })
}

/// Whole seconds, rounded up.
fn seconds_until(at: DateTime<Utc>, now: DateTime<Utc>) -> u64 {
    u64::try_from((at - now).num_milliseconds())
        .unwrap_or(0)
        .div_ceil(1000)
        .max(1)
}

/// A digest, so that whatever was typed makes a short name that tells nothing.
fn person_subject(email: &str) -> String {
    let digest = secrets::digest(email);
    digest.iter().fold("person:".to_owned(), |name, byte| {
        name + &format!("{byte:02x}")
    })
}

/// An IPv6 address counts as its network of 64 bits, which one customer has to themselves.
fn address_subject(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => format!("address:{ip}"),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("address:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let subject = |ip: &str| address_subject(ip.parse().unwrap());
        assert_eq!(subject("2001:db8::1"), subject("2001:db8::ffff:2"));
        assert_ne!(subject("2001:db8::1"), subject("2001:db8:0:1::1"));
        assert_eq!(subject("::ffff:192.0.2.1"), subject("192.0.2.1"));
    }

    #[test]
    fn the_wait_is_rounded_up_to_whole_seconds() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(seconds_until(now + TimeDelta::milliseconds(1001), now), 2);
        assert_eq!(seconds_until(now + TimeDelta::seconds(5), now), 5);
        assert_eq!(seconds_until(now, now), 1);
    }
}
