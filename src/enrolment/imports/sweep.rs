//! Files that nobody needs any more.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::import::State;
use crate::db::schema::imports;
use crate::error::{Error, Result};
use crate::uploads::Uploads;

/// How long an import waits for somebody to go on with it.
const DRAFTS: TimeDelta = TimeDelta::days(30);
/// How long the file of an import is kept that is over, for its refused rows.
const FILES: TimeDelta = TimeDelta::days(90);
/// How long a file may be without an import: one that is just coming has none yet.
const LOST: TimeDelta = TimeDelta::days(1);

/// Deletes imports that nobody has gone on with for 30 days, and the files of all that are over for
/// 90; and what a crash has left in the folder. How many files that were.
///
/// # Errors
/// [`Error::Internal`] when the database or the disk refuses.
pub fn sweep(conn: &mut PgConnection, uploads: &Uploads, now: DateTime<Utc>) -> Result<usize> {
    let forgotten = imports::state
        .eq_any([State::Draft, State::Checked])
        .or(imports::state
            .eq(State::Failed)
            .and(imports::started_at.is_null()));
    diesel::delete(
        imports::table
            .filter(imports::upload_id.is_not_null())
            .filter(forgotten)
            .filter(imports::changed_at.lt(now - DRAFTS)),
    )
    .execute(conn)?;
    let is_over =
        imports::state.eq_any([State::Done, State::Cancelled, State::Failed, State::Undone]);
    diesel::update(
        imports::table
            .filter(imports::upload_id.is_not_null())
            .filter(is_over)
            .filter(imports::changed_at.lt(now - FILES)),
    )
    .set(imports::upload_id.eq(None::<Uuid>))
    .execute(conn)?;
    let known: Vec<Uuid> = imports::table
        .filter(imports::upload_id.is_not_null())
        .select(imports::upload_id.assume_not_null())
        .load(conn)?;
    let known: HashSet<Uuid> = known.into_iter().collect();
    uploads
        .sweep(now - LOST, |id| known.contains(&id))
        .map_err(Error::internal)
}
