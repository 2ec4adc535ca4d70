//! Which leads the reps of an account see.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;

use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission, RepsSee};
use crate::db::schema::accounts;
use crate::error::Result;

/// Sets it. It holds from everybody's next page or call on.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to change settings.
pub fn set_leads_reps_see(
    conn: &mut PgConnection,
    caller: &Caller,
    reps_see: RepsSee,
) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let before: RepsSee = accounts::table
            .find(caller.account.id)
            .select(accounts::leads_reps_see)
            .for_update()
            .get_result(conn)?;
        if before == reps_see {
            return Ok(());
        }
        diesel::update(accounts::table.find(caller.account.id))
            .set(accounts::leads_reps_see.eq(reps_see))
            .execute(conn)?;
        let change = Change {
            event: Event::AccountUpdated,
            subject: Subject::Account,
            subject_id: caller.account.id,
            data: json!({"changes": {"leads_reps_see": {"from": before, "to": reps_see}}}),
        };
        audit::write(conn, caller, &[change])
    })
}
