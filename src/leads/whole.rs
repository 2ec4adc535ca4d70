//! A whole list of leads, however long: who is in it, which keys of their own they have, and a few
//! of them at a time.

use diesel::pg::{Pg, PgConnection, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query as SqlQuery, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Text};
use uuid::Uuid;

use super::filter::Query;
use super::page::in_order;
use super::view::{LeadView, views};
use crate::caller::{Caller, Permission};
use crate::db::schema::leads;
use crate::error::Result;

/// Every lead of a list in its order, wherever the query's page begins. Sixteen bytes each: who reads
/// them piece by piece meets each lead once, though others change them and with them their places.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn ids(conn: &mut PgConnection, caller: &Caller, query: &Query) -> Result<Vec<Uuid>> {
    caller.require(Permission::ReadLeads)?;
    let whole = Query {
        cursor: None,
        ..query.clone()
    };
    let walk = whole.walk(whole.filtered(caller))?.select(leads::id);
    // Row by row, or the database's answer would be held beside what is made of it.
    let rows = walk.load_iter::<Uuid, PgRowByRowLoadingMode>(conn)?;
    Ok(rows.collect::<QueryResult<_>>()?)
}

/// The keys of their own that the leads of a list have: those that most of them have, at most `most`,
/// in the order of the alphabet; and how many there are in all.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn own_keys(
    conn: &mut PgConnection,
    caller: &Caller,
    query: &Query,
    most: usize,
) -> Result<(Vec<String>, usize)> {
    caller.require(Permission::ReadLeads)?;
    let rows: Vec<(String, i64)> = Keys {
        leads: query.filtered(caller).select(leads::metadata),
        most,
    }
    .load(conn)?;
    let all = rows.first().map_or(0, |(_, all)| *all);
    let mut keys: Vec<String> = rows.into_iter().map(|(key, _)| key).collect();
    keys.sort();
    Ok((keys, usize::try_from(all).unwrap_or(usize::MAX)))
}

/// Those of some leads that are still there and that the caller sees, in the order of their ids, with what belongs to them.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn some(conn: &mut PgConnection, caller: &Caller, ids: &[Uuid]) -> Result<Vec<LeadView>> {
    caller.require(Permission::ReadLeads)?;
    let views = views(caller.account.id).filter(leads::id.eq_any(ids));
    let mut found: Vec<LeadView> = views.load(conn)?;
    found.retain(|view| caller.sees.lead(view.lead.owner_id, view.lead.team_id));
    Ok(in_order(found, ids))
}

/// The keys in the metadata of leads, and how many there are.
#[derive(QueryId)]
struct Keys<Q> {
    leads: Q,
    most: usize,
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Keys<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql("SELECT key, count(*) OVER () FROM (");
        self.leads.walk_ast(out.reborrow())?;
        out.push_sql(&format!(
            ") AS leads, jsonb_object_keys(leads.metadata) AS key \
             GROUP BY key ORDER BY count(*) DESC, key COLLATE \"C\" LIMIT {}",
            self.most
        ));
        Ok(())
    }
}

impl<Q> SqlQuery for Keys<Q> {
    type SqlType = (Text, BigInt);
}

impl<Q> RunQueryDsl<PgConnection> for Keys<Q> {}
