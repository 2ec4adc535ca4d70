//! Reading what was tried, as it was written: the outbox.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Text};
use uuid::Uuid;

use super::words::AttemptState;
use crate::caller::{Caller, Permission};
use crate::connectors::Channel;
use crate::db::schema::{attempts, leads};
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Slice};
use crate::visibility;

/// What a list shows of a text.
const BEGINNING: i32 = 200;

diesel::define_sql_function! {
    /// The beginning of a text.
    fn left(text: Nullable<Text>, characters: Integer) -> Nullable<Text>;
}

/// A call or a message, as it was written.
#[derive(Debug, Clone, Queryable)]
pub struct Message {
    /// The attempt's id.
    pub id: Uuid,
    /// By which channel.
    pub channel: Channel,
    /// How handing it over stands.
    pub state: AttemptState,
    /// The number or the address.
    pub recipient: Option<String>,
    /// An e-mail's subject.
    pub subject: Option<String>,
    /// What is said; in a list its beginning.
    pub body: Option<String>,
    /// The same as HTML; not in a list.
    pub html: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Who made it.
    pub author: String,
    /// Why it stands as it does.
    pub why: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The lead.
    pub lead_id: Uuid,
    /// The lead's first name.
    pub first_name: String,
    /// The lead's last name.
    pub last_name: Option<String>,
}

impl Message {
    /// What the lead is called.
    pub fn lead_name(&self) -> String {
        match &self.last_name {
            Some(last_name) => format!("{} {last_name}", self.first_name),
            None => self.first_name.clone(),
        }
    }

    fn place(&self) -> After {
        After {
            created_at: self.created_at,
            id: self.id,
        }
    }
}

/// Which messages are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Those of this channel.
    pub channel: Option<Channel>,
    /// Those that stand so.
    pub state: Option<AttemptState>,
}

/// Some messages to leads that the caller sees, newest first, and where the next page begins.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn messages(
    conn: &mut PgConnection,
    caller: &Caller,
    filter: MessageFilter,
    slice: &Slice,
) -> Result<(Vec<Message>, Option<After>)> {
    caller.require(Permission::ReadLeads)?;
    let mut rows = attempts::table
        .inner_join(leads::table.on(its_lead()))
        .filter(attempts::account_id.eq(caller.account.id))
        .select((
            attempts::id,
            attempts::channel,
            attempts::state,
            attempts::recipient,
            attempts::subject,
            left(attempts::body, BEGINNING),
            None::<String>.into_sql::<Nullable<Text>>(),
            attempts::outcome,
            attempts::author,
            attempts::why,
            attempts::created_at,
            leads::id,
            leads::first_name,
            leads::last_name,
        ))
        .order((attempts::created_at.desc(), attempts::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(seen) = visibility::condition(caller, "leads") {
        rows = rows.filter(sql::<Bool>(&seen));
    }
    if let Some(channel) = filter.channel {
        rows = rows.filter(attempts::channel.eq(channel));
    }
    if let Some(state) = filter.state {
        rows = rows.filter(attempts::state.eq(state));
    }
    if let Some(after) = slice.after() {
        let older = attempts::created_at.lt(after.created_at);
        let as_old = attempts::created_at.eq(after.created_at);
        rows = rows.filter(older.or(as_old.and(attempts::id.lt(after.id))));
    }
    let rows = rows.load(conn)?;
    // Nobody asks how many there are: counting them would take longer than to read a page.
    let page = slice.page(rows, 0, Message::place);
    Ok((page.rows, page.next))
}

/// One message, whole.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such message, or the caller does
/// not see its lead.
pub fn message(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Message> {
    caller.require(Permission::ReadLeads)?;
    let found: Option<(Message, Option<Uuid>, Option<Uuid>)> = attempts::table
        .inner_join(leads::table.on(its_lead()))
        .filter(attempts::account_id.eq(caller.account.id))
        .filter(attempts::id.eq(id))
        .select((
            (
                attempts::id,
                attempts::channel,
                attempts::state,
                attempts::recipient,
                attempts::subject,
                attempts::body,
                attempts::html,
                attempts::outcome,
                attempts::author,
                attempts::why,
                attempts::created_at,
                leads::id,
                leads::first_name,
                leads::last_name,
            ),
            leads::owner_id,
            leads::team_id,
        ))
        .first(conn)
        .optional()?;
    found
        .filter(|(_, owner_id, team_id)| caller.sees.lead(*owner_id, *team_id))
        .map(|(message, ..)| message)
        .ok_or(Error::NotFound(Noun::Message))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn its_lead() -> _ {
    leads::account_id
        .eq(attempts::account_id)
        .and(leads::id.eq(attempts::lead_id))
}
