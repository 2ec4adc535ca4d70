//! What a list of leads can be narrowed down to.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};

use crate::caller::{Caller, Permission};
use crate::error::Result;
use crate::visibility;

/// How many leads are looked at for their sources where not all are seen.
const SOME: i64 = 1_000;

/// The choices of each filter, in the order a person reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Statuses of all workflows, by key.
    pub statuses: Vec<Choice>,
    /// Campaigns, by id.
    pub campaigns: Vec<Choice>,
    /// People who can own a lead, by e-mail.
    pub owners: Vec<Choice>,
    /// Sources that leads carry, at most 100.
    pub sources: Vec<Choice>,
    /// Workflows, by id.
    pub workflows: Vec<Choice>,
    /// Teams, by id, those too that are deactivated.
    pub teams: Vec<Choice>,
    /// Lead sources, by id, those too that are deactivated.
    pub lead_sources: Vec<Choice>,
}

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What stands in the URL.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

/// A choice, and of what.
#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub value: String,
    #[diesel(sql_type = Text)]
    pub label: String,
}

/// The sources, found by hopping from one to the next along their
/// index, so their number matters and not the leads'.
const HOPS: &str = "
    WITH RECURSIVE hop AS (
        (SELECT source, 1 AS hops FROM leads
         WHERE account_id = $1 AND archived_at IS NULL ORDER BY source LIMIT 1)
        UNION ALL
        SELECT (SELECT source FROM leads
                WHERE account_id = $1 AND archived_at IS NULL AND source > hop.source
                ORDER BY source LIMIT 1), hops + 1
        FROM hop WHERE hop.source IS NOT NULL AND hops < 100
    )";

/// All choices, in one query.
const FACETS: &str = "
    SELECT kind, value, label FROM (
        SELECT 'status' AS kind, key AS value, min(label) AS label, min(position) AS place
        FROM workflow_statuses WHERE account_id = $1 GROUP BY key
        UNION ALL
        SELECT 'campaign', id::text, name, 0 FROM campaigns WHERE account_id = $1
        UNION ALL
        SELECT 'owner', email, name, 0 FROM users
        WHERE account_id = $1 AND deactivated_at IS NULL
        UNION ALL
        SELECT 'workflow', id::text, name, 0 FROM workflows WHERE account_id = $1
        UNION ALL
        SELECT 'team', id::text, name, 0 FROM teams WHERE account_id = $1
        UNION ALL
        SELECT 'lead_source', lead_sources.id::text,
               lead_sources.name || coalesce(' (' || teams.name || ')', ''), 0
        FROM lead_sources
        LEFT JOIN teams ON teams.account_id = $1 AND teams.id = lead_sources.team_id
        WHERE lead_sources.account_id = $1
        UNION ALL
        SELECT 'source', source, source, 0 FROM hop WHERE source IS NOT NULL
    ) AS choices
    ORDER BY place, label COLLATE \"und-x-icu\", value";

/// The sources of some of the leads that somebody sees: their own and the pool would be hopped past one by
/// one among everybody's.
fn sources_of(seen: &str) -> String {
    format!(
        "WITH hop AS (
            SELECT DISTINCT source FROM (
                SELECT source FROM leads
                WHERE account_id = $1 AND archived_at IS NULL AND {seen} LIMIT {SOME}
            ) AS sample ORDER BY source LIMIT 100)"
    )
}

/// The choices of every filter of the lead list.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn facets(conn: &mut PgConnection, caller: &Caller) -> Result<Facets> {
    caller.require(Permission::ReadLeads)?;
    let sources = match visibility::condition(caller, "leads") {
        Some(seen) => sources_of(&seen),
        None => HOPS.to_owned(),
    };
    let rows: Vec<Row> = diesel::sql_query(sources + FACETS)
        .bind::<SqlUuid, _>(caller.account.id)
        .load(conn)?;
    let mut facets = Facets::default();
    for Row { kind, value, label } in rows {
        let choices = match kind.as_str() {
            "status" => &mut facets.statuses,
            "campaign" => &mut facets.campaigns,
            "owner" => &mut facets.owners,
            "workflow" => &mut facets.workflows,
            "team" => &mut facets.teams,
            "lead_source" => &mut facets.lead_sources,
            _ => &mut facets.sources,
        };
        choices.push(Choice { value, label });
    }
    Ok(facets)
}
