//! The leads beside one in its list.

use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query as SqlQuery, QueryFragment, QueryId};
use diesel::sql_types::{Nullable, Uuid as SqlUuid};
use uuid::Uuid;

use super::filter::Query;
use super::lead::Lead;
use super::page::{cursor_at, found};
use super::sight;
use crate::caller::{Caller, Permission};
use crate::db::schema::leads;
use crate::error::Result;

/// The leads before and after one in a list, whether or not the list still holds it. One query, or
/// one for each of them where words are searched.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn neighbours(
    conn: &mut PgConnection,
    caller: &Caller,
    query: &Query,
    lead: &Lead,
) -> Result<(Option<Uuid>, Option<Uuid>)> {
    caller.require(Permission::ReadLeads)?;
    let beside = |backwards| Query {
        cursor: Some(cursor_at(lead, query.sort, 0, backwards)),
        ..query.clone()
    };
    let (before, after) = (beside(true), beside(false));
    if query.searches() {
        let mut first = |query| -> Result<Option<Uuid>> {
            let (found, _) = found(conn, caller, query, 1)?;
            Ok(found.first().copied())
        };
        return Ok((first(&before)?, first(&after)?));
    }
    let one = (0, 1);
    let walks = (
        sight::walk(caller, &before, one)?,
        sight::walk(caller, &after, one)?,
    );
    if let (Some(before), Some(after)) = walks {
        return Ok(Beside(before, after).get_result(conn)?);
    }
    let first = |query: &Query| -> Result<_> {
        let walk = query.walk(query.filtered(caller))?;
        Ok(walk.select(leads::id).limit(1))
    };
    Ok(Beside(first(&before)?, first(&after)?).get_result(conn)?)
}

/// `SELECT (…), (…)`: the first of each of two lists, which Diesel has no word for.
#[derive(QueryId)]
struct Beside<Q>(Q, Q);

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Beside<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql("), (");
        self.1.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

impl<Q> SqlQuery for Beside<Q> {
    type SqlType = (Nullable<SqlUuid>, Nullable<SqlUuid>);
}

impl<Q> RunQueryDsl<PgConnection> for Beside<Q> {}
