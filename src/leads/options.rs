//! What a lead can be given: the campaigns, people, teams, sources and workflows of the account;
//! and what those are called that it was given once.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::facets::{Choice, Row};
use crate::caller::{Caller, Permission};
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
    /// Lead sources that are active, with the team that alone may have them.
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
        SELECT 'lead_source', lead_sources.id::text,
               lead_sources.name || coalesce(' (' || teams.name || ')', '')
        FROM lead_sources
        LEFT JOIN teams ON teams.account_id = $1 AND teams.id = lead_sources.team_id
        WHERE lead_sources.account_id = $1 AND lead_sources.active AND teams.active IS NOT FALSE
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

/// What somebody or something is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// By its id.
    pub by_id: HashMap<Uuid, String>,
    /// People by their e-mail, as the author of a call is known.
    pub by_email: HashMap<String, String>,
}

#[derive(QueryableByName)]
struct Called {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    email: Option<String>,
}

/// What people, campaigns, teams and lead sources of the account are called, those too that can
/// no longer be chosen, in one query; in none when nothing is asked for. What is gone has no name
/// any more.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn names(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: Vec<Uuid>,
    emails: Vec<&str>,
) -> Result<Names> {
    caller.require(Permission::ReadLeads)?;
    if ids.is_empty() && emails.is_empty() {
        return Ok(Names::default());
    }
    let called: Vec<Called> = diesel::sql_query(
        "SELECT id, name, email FROM users
         WHERE account_id = $1 AND (id = ANY($2) OR email = ANY($3))
         UNION ALL SELECT id, name, NULL FROM campaigns WHERE account_id = $1 AND id = ANY($2)
         UNION ALL SELECT id, name, NULL FROM teams WHERE account_id = $1 AND id = ANY($2)
         UNION ALL SELECT id, name, NULL FROM lead_sources WHERE account_id = $1 AND id = ANY($2)",
    )
    .bind::<SqlUuid, _>(caller.account.id)
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Text>, _>(emails)
    .load(conn)?;
    let mut names = Names::default();
    for Called { id, name, email } in called {
        if let Some(email) = email {
            names.by_email.insert(email, name.clone());
        }
        names.by_id.insert(id, name);
    }
    Ok(names)
}
