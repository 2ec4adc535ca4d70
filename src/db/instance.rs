//! The secret this database's servers share.

use diesel::pg::PgConnection;
use diesel::prelude::*;

use super::schema::instance;
use crate::error::{Error, Result};

/// The secret that signs cookies and form tokens; made the first time it is asked for. Every
/// server on the same database reads the same one.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn secret(conn: &mut PgConnection) -> Result<[u8; 64]> {
    let mut fresh = [0_u8; 64];
    rand::fill(&mut fresh);
    diesel::insert_into(instance::table)
        .values(instance::secret.eq(&fresh[..]))
        .on_conflict_do_nothing()
        .execute(conn)?;
    let secret: Vec<u8> = instance::table.select(instance::secret).first(conn)?;
    secret
        .try_into()
        .map_err(|_| Error::internal("the instance's secret is not 64 bytes long"))
}
