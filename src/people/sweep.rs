//! Due work of this room: what is over is deleted.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;

use super::sign_in::WINDOW;
use crate::db::schema::{invitations, sessions, sign_in_throttles};
use crate::error::{Error, Result};

/// Deletes the sessions, invitations and counts of tries that are over; says how many.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn sweep(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    conn.transaction::<_, Error, _>(|conn| {
        let sessions =
            diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(conn)?;
        let invitations =
            diesel::delete(invitations::table.filter(invitations::expires_at.le(now)))
                .execute(conn)?;
        let counts = diesel::delete(
            sign_in_throttles::table.filter(sign_in_throttles::since.le(now - WINDOW)),
        )
        .execute(conn)?;
        Ok(sessions + invitations + counts)
    })
}
