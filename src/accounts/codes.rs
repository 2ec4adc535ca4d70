//! Which roles have to have two-factor codes. What that means for a person, the people room knows.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission, Role};
use crate::db::schema::accounts;
use crate::error::Result;

/// The roles whose people have to have codes.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn roles_that_need_codes(conn: &mut PgConnection, account_id: Uuid) -> Result<Vec<Role>> {
    Ok(accounts::table
        .find(account_id)
        .select(accounts::roles_that_need_codes)
        .get_result(conn)?)
}

/// Sets them. It holds from everybody's next page on.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to change settings.
pub fn set_roles_that_need_codes(
    conn: &mut PgConnection,
    caller: &Caller,
    chosen: &[Role],
) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    let all = Role::ALL.iter().copied();
    let roles: Vec<Role> = all.filter(|role| chosen.contains(role)).collect();
    conn.transaction(|conn| {
        let before: Vec<Role> = accounts::table
            .find(caller.account.id)
            .select(accounts::roles_that_need_codes)
            .for_update()
            .get_result(conn)?;
        if before == roles {
            return Ok(());
        }
        diesel::update(accounts::table.find(caller.account.id))
            .set(accounts::roles_that_need_codes.eq(words(&roles)))
            .execute(conn)?;
        let change = Change {
            event: Event::AccountUpdated,
            subject: Subject::Account,
            subject_id: caller.account.id,
            data: json!({"changes": {"roles_that_need_codes": {"from": before, "to": roles}}}),
        };
        audit::write(conn, caller, &[change])
    })
}

fn words(roles: &[Role]) -> Vec<&'static str> {
    roles.iter().map(|role| role.as_str()).collect()
}
