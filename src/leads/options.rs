//! What a lead can be given: the campaigns, people, teams, sources and workflows of the account;
//! and what those are called that it was given once.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::facets::{Choice, Row};
use crate::caller::{Caller, Permission};
use crate::db::schema::users;
use crate::error::Result;

/// What can be chosen for a lead, by id, in the order a person reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Campaigns.
    pub campaigns: Vec<Choice>,
    /// People who can own a lead.
    pub owners: Vec<Choice>,
    /// Teams that are active.
    pub teams: Vec<Choice>,
    /// Lead sources that are active.
    pub lead_sources: Vec<Choice>,
    /// Workflows that take leads.
    pub workflows: Vec<Choice>,
}

const OPTIONS: &str = "
    SELECT kind, value, label FROM (
        SELECT 'campaign' AS kind, id::text AS value, name AS label
        FROM campaigns WHERE account_id = $1
        UNION ALL
        SELECT 'owner', id::text, name FROM users
        WHERE account_id = $1 AND deactivated_at IS NULL
        UNION ALL
        SELECT 'team', id::text, name FROM teams WHERE account_id = $1 AND active
        UNION ALL
        SELECT 'lead_source', id::text, name FROM lead_sources WHERE account_id = $1 AND active
        UNION ALL
        SELECT 'workflow', id::text, name FROM workflows
        WHERE account_id = $1 AND status NOT IN ('completed', 'cancelled')
    ) AS choices
    ORDER BY label COLLATE \"und-x-icu\", value";

/// Everything that can be chosen for a lead, in one query.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn options(conn: &mut PgConnection, caller: &Caller) -> Result<Options> {
    caller.require(Permission::ReadLeads)?;
    let rows: Vec<Row> = diesel::sql_query(OPTIONS)
        .bind::<SqlUuid, _>(caller.account.id)
        .load(conn)?;
    let mut options = Options::default();
    for Row { kind, value, label } in rows {
        let choices = match kind.as_str() {
            "campaign" => &mut options.campaigns,
            "owner" => &mut options.owners,
            "team" => &mut options.teams,
            "lead_source" => &mut options.lead_sources,
            _ => &mut options.workflows,
        };
        choices.push(Choice { value, label });
    }
    Ok(options)
}

#[derive(QueryableByName)]
struct Called {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
}

/// What people, campaigns, teams and lead sources of the account are called, those too that can
/// no longer be chosen. What is gone has no name any more.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn names(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, String>> {
    caller.require(Permission::ReadLeads)?;
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let called: Vec<Called> = diesel::sql_query(
        "SELECT id, name FROM users WHERE account_id = $1 AND id = ANY($2)
         UNION ALL SELECT id, name FROM campaigns WHERE account_id = $1 AND id = ANY($2)
         UNION ALL SELECT id, name FROM teams WHERE account_id = $1 AND id = ANY($2)
         UNION ALL SELECT id, name FROM lead_sources WHERE account_id = $1 AND id = ANY($2)",
    )
    .bind::<SqlUuid, _>(caller.account.id)
    .bind::<Array<SqlUuid>, _>(ids)
    .load(conn)?;
    Ok(called.into_iter().map(|one| (one.id, one.name)).collect())
}

/// What people are called who are known by their e-mail, as the author of a call is.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn authors(
    conn: &mut PgConnection,
    caller: &Caller,
    emails: &[&str],
) -> Result<HashMap<String, String>> {
    caller.require(Permission::ReadLeads)?;
    if emails.is_empty() {
        return Ok(HashMap::new());
    }
    let people: Vec<(String, String)> = users::table
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::email.eq_any(emails))
        .select((users::email, users::name))
        .load(conn)?;
    Ok(people.into_iter().collect())
}
