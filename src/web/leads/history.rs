//! What happened to a lead, newest first: what people wrote, what changed, what was tried.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::story::{Told, mentioned, told};
use super::tries::tried;
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::Result;
use crate::leads::{self, Moment};
use crate::workflows::Attempt;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Happening {
    /// Its id.
    pub id: Uuid,
    /// When it was.
    pub at: DateTime<Utc>,
    /// What it was.
    pub told: Told,
}

/// The newest `limit` of these, in words.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn happenings(
    conn: &mut PgConnection,
    caller: &Caller,
    moments: &[Moment],
    attempts: &[Attempt],
    limit: usize,
) -> Result<Vec<Happening>> {
    let Some(me) = caller.person() else {
        return Ok(Vec::new());
    };
    let emails = attempts.iter().map(|one| one.author.as_str());
    let names = leads::names(conn, caller, mentioned(moments), emails.collect())?;
    let country = &caller.account.default_country;
    let moments = moments.iter().map(|moment| Happening {
        id: moment.id,
        at: moment.at,
        told: told(moment, &names.by_id, me),
    });
    let attempts = attempts.iter().map(|attempt| Happening {
        id: attempt.id,
        at: attempt.occurred_at,
        told: tried(attempt, &names.by_email, me, country),
    });
    let mut all: Vec<Happening> = moments.chain(attempts).collect();
    // Stable, so that what happened at one instant stays in its order.
    all.sort_by_key(|one| Reverse(one.at));
    all.truncate(limit);
    Ok(all)
}
