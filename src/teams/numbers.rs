//! Teams and lead sources by the numbers that people call them by.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::{lead_sources, teams};
use crate::error::{Noun, Result};
use crate::ids::IdOrNumber;

/// The id of the team that is named by somebody who needs this right for it. An id is taken as it is.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::NotFound`] when the account has no team of this number.
pub fn team_id(
    conn: &mut PgConnection,
    caller: &Caller,
    right: Permission,
    named: IdOrNumber,
) -> Result<Uuid> {
    caller.require(right)?;
    named.resolved(Noun::Team, |number| {
        let id = teams::table
            .filter(teams::account_id.eq(caller.account.id))
            .filter(teams::number.eq(number))
            .select(teams::id);
        Ok(id.first(conn).optional()?)
    })
}

/// The same for a lead source.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::NotFound`] when the account has no lead
/// source of this number.
pub fn source_id(
    conn: &mut PgConnection,
    caller: &Caller,
    right: Permission,
    named: IdOrNumber,
) -> Result<Uuid> {
    caller.require(right)?;
    named.resolved(Noun::LeadSource, |number| {
        let id = lead_sources::table
            .filter(lead_sources::account_id.eq(caller.account.id))
            .filter(lead_sources::number.eq(number))
            .select(lead_sources::id);
        Ok(id.first(conn).optional()?)
    })
}

/// The numbers of these teams; in no query for none.
///
/// The caller has already been allowed to see what names them.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn team_numbers(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, i64)> = teams::table
        .filter(teams::account_id.eq(caller.account.id))
        .filter(teams::id.eq_any(ids))
        .select((teams::id, teams::number))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
