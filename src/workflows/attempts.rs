//! What was tried with a lead: its calls and messages.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::cadence::is_tried_again;
use super::words::AttemptState;
use crate::caller::{Caller, Permission};
use crate::connectors::Channel;
use crate::db::schema::attempts as attempts_table;
use crate::error::Result;

/// One try at a call or a message.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = attempts_table)]
pub struct Attempt {
    /// Its id, that of its step.
    pub id: Uuid,
    /// Its run.
    pub run_id: Uuid,
    /// By which channel.
    pub channel: Channel,
    /// How handing it over stands.
    pub state: AttemptState,
    /// The number or address.
    pub recipient: Option<String>,
    /// The subject of an e-mail.
    pub subject: Option<String>,
    /// What was said.
    pub body: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// What there is to say of it.
    pub note: Option<String>,
    /// How long a call took.
    pub duration_seconds: Option<i32>,
    /// Where it can be listened to.
    pub recording_url: Option<String>,
    /// Who made it or reported it.
    pub author: String,
    /// Why it failed.
    pub why: Option<String>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
}

impl Attempt {
    /// Whether it is a call that nobody took.
    pub fn has_missed(&self) -> bool {
        let outcome = self.outcome.as_deref();
        self.channel == Channel::Call && outcome.is_some_and(is_tried_again)
    }
}

/// Which tries are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries<'a> {
    /// By these channels; by any when it is empty.
    pub channels: &'a [Channel],
    /// How many to pass over.
    pub offset: i64,
    /// How many at most.
    pub limit: i64,
    /// The oldest first instead of the newest.
    pub oldest_first: bool,
}

/// The tries with a lead the caller has been shown.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn attempts(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    tries: Tries<'_>,
) -> Result<Vec<Attempt>> {
    caller.require(Permission::ReadLeads)?;
    let mut wanted = Attempt::query()
        .filter(attempts_table::account_id.eq(caller.account.id))
        .filter(attempts_table::lead_id.eq(lead_id))
        .offset(tries.offset)
        .limit(tries.limit)
        .into_boxed();
    if !tries.channels.is_empty() {
        wanted = wanted.filter(attempts_table::channel.eq_any(tries.channels));
    }
    wanted = match tries.oldest_first {
        true => wanted.order((attempts_table::occurred_at, attempts_table::id)),
        false => wanted.order((
            attempts_table::occurred_at.desc(),
            attempts_table::id.desc(),
        )),
    };
    Ok(wanted.load(conn)?)
}
