//! Setting connectors.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::upsert::excluded;
use serde_json::json;
use uuid::Uuid;

use super::connector::{Row, Way, load};
use super::input::NewConnector;
use super::sealed::sealed;
use super::words::{Channel, Kind};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::connectors;
use crate::error::{Error, Noun, Problem, Result};
use crate::ids;
use crate::outreach::{self, Policy};
use crate::secrets::Sealer;

/// A connector that was set.
pub struct Saved {
    /// By which way the channel's messages leave now.
    pub kind: Kind,
    /// The secret that requests are signed with, when a new one was made: it can't be had again.
    pub new_secret: Option<String>,
}

/// Sets by which way the messages of a channel leave. An HTTP connector keeps its secret and an
/// SMTP one its password, unless another server is named: who can set it must not get at the
/// password by having it sent elsewhere.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Invalid`].
pub fn save(
    conn: &mut PgConnection,
    caller: &Caller,
    channel: Channel,
    input: NewConnector,
    sealer: &Sealer,
    policy: &Policy,
) -> Result<Saved> {
    caller.require(Permission::WriteSettings)?;
    let way = input.checked(channel, policy)?;
    conn.transaction(|conn| {
        let before = load(conn, caller.account.id, channel)?.map(Row::apart);
        let (before, kept) = match before.transpose()? {
            Some((connector, secret)) => (Some(connector.way), secret),
            None => (None, None),
        };
        let kept = kept.filter(|_| before.as_ref().is_some_and(|before| same_end(before, &way)));
        let new_secret = match &way {
            Way::Http { .. } if kept.is_none() => Some(outreach::new_secret()),
            Way::Smtp(_) => input.password.clone().filter(|typed| !typed.is_empty()),
            _ => None,
        };
        if let Way::Smtp(mail) = &way
            && mail.username.is_some()
            && kept.is_none()
            && new_secret.is_none()
        {
            return Err(Error::invalid("password", Problem::Required));
        }
        let seal = |secret: &String| sealed(sealer, caller.account.id, channel, way.kind(), secret);
        let secret = new_secret.as_ref().map(seal).or(kept);
        write(conn, caller, channel, &way, secret)?;
        Ok(Saved {
            kind: way.kind(),
            new_secret: new_secret.filter(|_| way.kind() == Kind::Http),
        })
    })
}

/// Whether the secret of one way may be used for the other.
fn same_end(before: &Way, after: &Way) -> bool {
    match (before, after) {
        (Way::Http { .. }, Way::Http { .. }) => true,
        (Way::Smtp(before), Way::Smtp(after)) => {
            after.username.is_some()
                && (&before.host, before.port, before.security, &before.username)
                    == (&after.host, after.port, after.security, &after.username)
        }
        _ => false,
    }
}

/// Makes another secret for the requests of a channel; the old one signs no more.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`] when they do
/// not leave by HTTP.
pub fn renew_secret(
    conn: &mut PgConnection,
    caller: &Caller,
    channel: Channel,
    sealer: &Sealer,
) -> Result<String> {
    caller.require(Permission::WriteSettings)?;
    let secret = outreach::new_secret();
    let sealed = sealed(sealer, caller.account.id, channel, Kind::Http, &secret);
    conn.transaction(|conn| {
        let of_channel = connectors::table
            .filter(connectors::account_id.eq(caller.account.id))
            .filter(connectors::channel.eq(channel))
            .filter(connectors::kind.eq(Kind::Http));
        let id: Option<Uuid> = diesel::update(of_channel)
            .set((
                connectors::secret.eq(sealed),
                connectors::updated_at.eq(caller.now),
            ))
            .returning(connectors::id)
            .get_result(conn)
            .optional()?;
        let id = id.ok_or(Error::NotFound(Noun::Connector))?;
        let data = json!({"channel": channel, "secret": "another one"});
        note(conn, caller, id, data)
    })?;
    Ok(secret)
}

/// Forgets the connector of a channel: its messages leave as they did before one was set.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`].
pub fn remove(conn: &mut PgConnection, caller: &Caller, channel: Channel) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let of_channel = connectors::table
            .filter(connectors::account_id.eq(caller.account.id))
            .filter(connectors::channel.eq(channel));
        let id: Option<Uuid> = diesel::delete(of_channel)
            .returning(connectors::id)
            .get_result(conn)
            .optional()?;
        let id = id.ok_or(Error::NotFound(Noun::Connector))?;
        note(conn, caller, id, json!({"channel": channel, "kind": null}))
    })
}

/// What was set counts as whole until it fails.
fn write(
    conn: &mut PgConnection,
    caller: &Caller,
    channel: Channel,
    way: &Way,
    secret: Option<Vec<u8>>,
) -> Result<()> {
    let settings = way.settings()?;
    let none_failed = (
        connectors::failure.eq(None::<String>),
        connectors::failed_at.eq(None::<chrono::DateTime<chrono::Utc>>),
        connectors::tested_at.eq(None::<chrono::DateTime<chrono::Utc>>),
    );
    let id: Uuid = diesel::insert_into(connectors::table)
        .values((
            connectors::account_id.eq(caller.account.id),
            connectors::id.eq(ids::new(caller.now)),
            connectors::channel.eq(channel),
            connectors::kind.eq(way.kind()),
            connectors::settings.eq(&settings),
            connectors::secret.eq(secret),
            connectors::created_at.eq(caller.now),
            connectors::updated_at.eq(caller.now),
        ))
        .on_conflict((connectors::account_id, connectors::channel))
        .do_update()
        .set((
            connectors::kind.eq(excluded(connectors::kind)),
            connectors::settings.eq(excluded(connectors::settings)),
            connectors::secret.eq(excluded(connectors::secret)),
            connectors::updated_at.eq(excluded(connectors::updated_at)),
            none_failed,
        ))
        .returning(connectors::id)
        .get_result(conn)?;
    let data = json!({"channel": channel, "kind": way.kind(), "settings": settings});
    note(conn, caller, id, data)
}

fn note(conn: &mut PgConnection, caller: &Caller, id: Uuid, data: serde_json::Value) -> Result<()> {
    let change = Change {
        event: Event::ConnectorUpdated,
        subject: Subject::Connector,
        subject_id: id,
        data,
    };
    audit::write(conn, caller, &[change])
}
