//! Lists for callers who do not see every lead. What they see is in a few stretches of the indexes: their
//! own leads, the pool, those of each of their teams. Postgres, asked for all of them at once, would
//! walk past everybody's leads or sort all of theirs; so each is walked by itself as far as the page goes,
//! and the walks are joined.

use std::marker::PhantomData;

use diesel::dsl::sql;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query as SqlQuery, QueryFragment, QueryId};
use diesel::sql_types::{Bool, Integer, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::filter::{Filtered, Query};
use super::order::Sort;
use crate::caller::Caller;
use crate::db::Counted;
use crate::db::schema::leads;
use crate::error::Result;
use crate::visibility;

/// How many stretches are walked by themselves. Who sees more of them sees so much that a walk of the
/// list's own order finds a page soon.
const STRETCHES: usize = 24;

/// Of one stretch the keys of the list's order, and the ids.
type Keyed = leads::BoxedQuery<'static, Pg, (Text, SqlUuid)>;

/// The first of one stretch.
pub(super) struct First<Q> {
    /// As the list is ordered.
    walk: Q,
    /// One more than [`FEW`] of them in no order, where the stretch is in another.
    few: Option<Q>,
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for First<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let Some(few) = &self.few else {
            return self.walk.walk_ast(out);
        };
        out.push_sql("WITH few AS MATERIALIZED (");
        few.walk_ast(out.reborrow())?;
        let are = "(SELECT count(*) FROM few)";
        out.push_sql(&format!(
            ") SELECT key, id FROM few WHERE {are} <= {FEW} UNION ALL SELECT key, id FROM ("
        ));
        self.walk.walk_ast(out.reborrow())?;
        out.push_sql(&format!(") AS walk WHERE {are} > {FEW}"));
        Ok(())
    }
}

/// A stretch of up to so many leads is taken whole and sorted, where the list's order is another than the
/// stretch's own; a longer one is found soon enough in a walk of that order.
const FEW: i64 = 5_000;

/// Those of these leads that the caller sees.
pub(super) fn seen(query: Filtered, caller: &Caller) -> Filtered {
    match visibility::condition(caller, "leads") {
        Some(condition) => query.filter(sql::<Bool>(&condition)),
        None => query,
    }
}

impl Query {
    /// The conditions on the stretches of the list; none where it is better read in one go.
    fn stretches(&self, caller: &Caller) -> Option<Vec<String>> {
        // What is of one owner or one team, or came with one import, has an index of its own.
        if self.owner.is_some() || self.team_id.is_some() || self.import.is_some() {
            return None;
        }
        visibility::parts(caller, "leads").filter(|parts| parts.len() <= STRETCHES)
    }
}

/// The first `limit` ids of a list after `offset` others, as one statement that walks its stretches; none
/// where it is better read in one go.
pub(super) fn walk(
    caller: &Caller,
    query: &Query,
    (offset, limit): (i64, i64),
) -> Result<Option<Joined<First<Keyed>, SqlUuid>>> {
    let Some(stretches) = query.stretches(caller) else {
        return Ok(None);
    };
    let key = format!("{} AS key", query.sort.expression());
    let way = query.way();
    let keyed = |leads: Filtered| leads.select((sql::<Text>(&key), leads::id));
    let parts = stretches.iter().map(|part| {
        let of_stretch = || query.passing(caller).filter(sql::<Bool>(part));
        let walk = keyed(query.walk(of_stretch())?.limit(offset + limit));
        let few = match query.sort {
            Sort::CreatedAt => None,
            _ => Some(keyed(query.side(of_stretch())?.limit(FEW + 1))),
        };
        Ok(First { walk, few })
    });
    Ok(Some(Joined {
        select: "SELECT id",
        parts: parts.collect::<Result<_>>()?,
        rest: format!("ORDER BY key {way}, id {way} LIMIT {limit} OFFSET {offset}"),
        of: PhantomData,
    }))
}

/// The first `limit` ids of a list after `offset` others.
pub(super) fn walked(
    conn: &mut PgConnection,
    caller: &Caller,
    query: &Query,
    (offset, limit): (i64, i64),
) -> Result<Vec<Uuid>> {
    if let Some(walk) = walk(caller, query, (offset, limit))? {
        return Ok(walk.load(conn)?);
    }
    let walk = query.walk(query.filtered(caller))?.select(leads::id);
    Ok(walk.offset(offset).limit(limit).load(conn)?)
}

/// How many leads a list has, counted up to `up_to`.
pub(super) fn counted(
    conn: &mut PgConnection,
    caller: &Caller,
    query: &Query,
    up_to: i64,
) -> Result<i64> {
    let one = || sql::<Integer>("1");
    let Some(stretches) = query.stretches(caller) else {
        let rows = query.filtered(caller).select(one()).limit(up_to);
        return Ok(Counted(rows).get_result(conn)?);
    };
    let parts = stretches.iter().map(|part| {
        let of_stretch = query.passing(caller).filter(sql::<Bool>(part));
        of_stretch.select(one()).limit(up_to)
    });
    let joined: Joined<_, Integer> = Joined {
        select: "SELECT 1",
        parts: parts.collect(),
        rest: format!("LIMIT {up_to}"),
        of: PhantomData,
    };
    Ok(Counted(joined).get_result(conn)?)
}

/// `SELECT … FROM (… UNION ALL …) …` of any number of queries, which Diesel has no word for.
pub(super) struct Joined<Q, ST> {
    select: &'static str,
    parts: Vec<Q>,
    rest: String,
    of: PhantomData<ST>,
}

impl<Q: QueryFragment<Pg>, ST> QueryFragment<Pg> for Joined<Q, ST> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql(self.select);
        out.push_sql(" FROM (");
        for (at, part) in self.parts.iter().enumerate() {
            out.push_sql(if at == 0 { "(" } else { " UNION ALL (" });
            part.walk_ast(out.reborrow())?;
            out.push_sql(")");
        }
        out.push_sql(") AS stretches ");
        out.push_sql(&self.rest);
        Ok(())
    }
}

impl<Q, ST> QueryId for Joined<Q, ST> {
    // It has as many parts as the caller sees stretches.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q, ST> SqlQuery for Joined<Q, ST> {
    type SqlType = ST;
}

impl<Q, ST> RunQueryDsl<PgConnection> for Joined<Q, ST> {}
