//! How connectors stand.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use uuid::Uuid;

use super::words::Channel;
use crate::caller::{Caller, Permission};
use crate::db::schema::connectors;
use crate::error::Result;

diesel::define_sql_function! {
    /// The first that is there.
    #[sql_name = "coalesce"]
    fn first_known(known: Nullable<Timestamptz>, otherwise: Timestamptz) -> Nullable<Timestamptz>;
}

/// Notes that a channel's messages do not leave, and why: it fails since it failed first.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn failed(
    conn: &mut PgConnection,
    account_id: Uuid,
    channel: Channel,
    sentence: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let of_channel = connectors::table
        .filter(connectors::account_id.eq(account_id))
        .filter(connectors::channel.eq(channel));
    diesel::update(of_channel)
        .set((
            connectors::failure.eq(sentence),
            connectors::failed_at.eq(first_known(connectors::failed_at, now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that a channel's messages leave again; nothing is written when they always did.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn recovered(conn: &mut PgConnection, account_id: Uuid, channel: Channel) -> Result<()> {
    let of_channel = connectors::table
        .filter(connectors::account_id.eq(account_id))
        .filter(connectors::channel.eq(channel))
        .filter(connectors::failed_at.is_not_null());
    diesel::update(of_channel)
        .set((
            connectors::failure.eq(None::<String>),
            connectors::failed_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes what a test of a connector showed: that it works, or what is wrong with it.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to change settings.
pub fn tested(
    conn: &mut PgConnection,
    caller: &Caller,
    channel: Channel,
    wrong: Option<&str>,
) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    let account_id = caller.account.id;
    if let Some(sentence) = wrong {
        return failed(conn, account_id, channel, sentence, caller.now);
    }
    let of_channel = connectors::table
        .filter(connectors::account_id.eq(account_id))
        .filter(connectors::channel.eq(channel));
    diesel::update(of_channel)
        .set((
            connectors::tested_at.eq(caller.now),
            connectors::failure.eq(None::<String>),
            connectors::failed_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}
