//! Reading connectors.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::words::{Channel, Kind};
use crate::caller::{Caller, Permission};
use crate::db::schema::connectors;
use crate::error::{Error, Result};
use crate::outreach::Security;

/// By which way the messages of a channel leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connector {
    /// Its id.
    pub id: Uuid,
    /// The channel.
    pub channel: Channel,
    /// The way, without its secret.
    pub way: Way,
    /// Whether it has a secret or a password.
    pub has_secret: bool,
    /// What is wrong, while something is.
    pub trouble: Option<Trouble>,
    /// When it last passed a test.
    pub tested_at: Option<DateTime<Utc>>,
    /// When it was last set.
    pub updated_at: DateTime<Utc>,
}

/// A connector that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, as a sentence.
    pub sentence: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A way out with what it needs, but for its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// A person does it.
    Person,
    /// A signed request to this address.
    Http {
        /// The address.
        url: String,
    },
    /// A mail server.
    Smtp(Mail),
    /// Nothing leaves.
    Outbox,
}

/// A mail server and who writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub security: Security,
    /// Whom to sign in as.
    pub username: Option<String>,
    /// The sender's address.
    pub from_address: String,
    /// The sender's name.
    pub from_name: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Address {
    url: String,
}

impl Way {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Person => Kind::Person,
            Self::Http { .. } => Kind::Http,
            Self::Smtp(_) => Kind::Smtp,
            Self::Outbox => Kind::Outbox,
        }
    }

    /// What is kept of it beside its kind.
    pub(super) fn settings(&self) -> Result<Value> {
        match self {
            Self::Person | Self::Outbox => Ok(Value::Object(serde_json::Map::new())),
            Self::Http { url } => serde_json::to_value(Address { url: url.clone() }),
            Self::Smtp(mail) => serde_json::to_value(mail),
        }
        .map_err(Error::internal)
    }

    fn read(kind: Kind, settings: Value) -> Result<Self> {
        match kind {
            Kind::Person => Ok(Self::Person),
            Kind::Outbox => Ok(Self::Outbox),
            Kind::Http => serde_json::from_value(settings)
                .map(|Address { url }| Self::Http { url })
                .map_err(Error::internal),
            Kind::Smtp => serde_json::from_value(settings)
                .map(Self::Smtp)
                .map_err(Error::internal),
        }
    }
}

/// A connector as the database holds it.
#[derive(HasQuery)]
#[diesel(table_name = connectors)]
pub(super) struct Row {
    pub id: Uuid,
    pub channel: Channel,
    pub kind: Kind,
    pub settings: Value,
    pub secret: Option<Vec<u8>>,
    pub failure: Option<String>,
    pub failed_at: Option<DateTime<Utc>>,
    pub tested_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
}

impl Row {
    /// The connector, and its sealed secret.
    pub fn apart(self) -> Result<(Connector, Option<Vec<u8>>)> {
        let trouble = self.failure.zip(self.failed_at);
        let connector = Connector {
            id: self.id,
            channel: self.channel,
            way: Way::read(self.kind, self.settings)?,
            has_secret: self.secret.is_some(),
            trouble: trouble.map(|(sentence, since)| Trouble { sentence, since }),
            tested_at: self.tested_at,
            updated_at: self.updated_at,
        };
        Ok((connector, self.secret))
    }
}

/// The connectors that were set, in no order.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn list(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Connector>> {
    caller.require(Permission::ReadSettings)?;
    let rows = Row::query()
        .filter(connectors::account_id.eq(caller.account.id))
        .load(conn)?;
    rows.into_iter()
        .map(|row| row.apart().map(|(connector, _)| connector))
        .collect()
}

/// The connector of a channel, when one was set.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn find(
    conn: &mut PgConnection,
    caller: &Caller,
    channel: Channel,
) -> Result<Option<Connector>> {
    caller.require(Permission::ReadSettings)?;
    let row = load(conn, caller.account.id, channel)?;
    row.map(|row| row.apart().map(|(connector, _)| connector))
        .transpose()
}

/// The channels whose messages do not leave, and why: for everybody who works with leads.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see leads.
pub fn failing(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<(Channel, Trouble)>> {
    caller.require(Permission::ReadLeads)?;
    let found: Vec<(Channel, String, DateTime<Utc>)> = connectors::table
        .filter(connectors::account_id.eq(caller.account.id))
        .filter(connectors::failed_at.is_not_null())
        .select((
            connectors::channel,
            connectors::failure.assume_not_null(),
            connectors::failed_at.assume_not_null(),
        ))
        .order(connectors::failed_at)
        .load(conn)?;
    let found = found.into_iter();
    Ok(found
        .map(|(channel, sentence, since)| (channel, Trouble { sentence, since }))
        .collect())
}

/// By which way each channel's messages leave, in one query; a channel that nobody has set and
/// people can't do is not there.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn kinds(conn: &mut PgConnection, account_id: Uuid) -> Result<HashMap<Channel, Kind>> {
    let chosen: Vec<(Channel, Kind)> = connectors::table
        .filter(connectors::account_id.eq(account_id))
        .select((connectors::channel, connectors::kind))
        .load(conn)?;
    let channels = Channel::ALL.iter();
    let usual = channels.filter_map(|channel| Some((*channel, channel.usual()?)));
    Ok(usual.chain(chosen).collect())
}

pub(super) fn load(
    conn: &mut PgConnection,
    account_id: Uuid,
    channel: Channel,
) -> Result<Option<Row>> {
    Ok(Row::query()
        .filter(connectors::account_id.eq(account_id))
        .filter(connectors::channel.eq(channel))
        .first(conn)
        .optional()?)
}
