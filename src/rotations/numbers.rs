//! Rotations by the numbers that people call them by.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::rotations;
use crate::error::{Noun, Result};
use crate::ids::IdOrNumber;

/// The id of the rotation that is named by somebody who needs this right for it. An id is taken as it is.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::NotFound`] when the account has no rotation
/// of this number.
pub fn rotation_id(
    conn: &mut PgConnection,
    caller: &Caller,
    right: Permission,
    named: IdOrNumber,
) -> Result<Uuid> {
    caller.require(right)?;
    named.resolved(Noun::Rotation, |number| {
        let id = rotations::table
            .filter(rotations::account_id.eq(caller.account.id))
            .filter(rotations::number.eq(number))
            .select(rotations::id);
        Ok(id.first(conn).optional()?)
    })
}
