//! A lead that is to be left alone leaves its workflow too.

use diesel::Connection as _;
use diesel::pg::PgConnection;

use crate::caller::{Caller, Permission};
use crate::do_not_contact::{self, Contact, Source};
use crate::error::Result;
use crate::workflows;

/// Puts a lead on the do-not-contact list, with its number and its address, and stops its
/// workflow where it is.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`];
/// [`crate::error::Error::Invalid`] with the field `reason`.
pub fn leave_alone(
    conn: &mut PgConnection,
    caller: &Caller,
    lead: &Contact,
    reason: &str,
) -> Result<()> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        do_not_contact::add_lead(conn, caller, lead, reason, Source::Person)?;
        let why = format!("on the do-not-contact list: {}", reason.trim());
        workflows::stop_automation(conn, caller, lead.lead_id, None, Some(why))?;
        Ok(())
    })
}
