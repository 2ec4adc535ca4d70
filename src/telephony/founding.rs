//! What an account begins with.

use diesel::pg::PgConnection;
use serde_json::{Value, json};

use super::destination_input::DestinationInput;
use super::number_input::CallingNumberInput;
use super::words::{DEMO_NUMBER, Kind};
use super::{destination_change, number_change};
use crate::caller::Caller;
use crate::error::Result;

/// Writes a new account's own country and the demo number, so that its first upload works, inside
/// the transaction that founds it. What the audit tells of them.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub(crate) fn begin(conn: &mut PgConnection, caller: &Caller) -> Result<Value> {
    let own = DestinationInput {
        country: caller.account.default_country.clone(),
        prefix: None,
        is_enabled: true,
    };
    let demo = CallingNumberInput {
        phone_number: DEMO_NUMBER.to_owned(),
        kind: Kind::Carrier,
        is_active: true,
    };
    destination_change::insert(conn, caller, &own)?;
    number_change::insert(conn, caller, &demo)?;
    Ok(json!({"destination": own.country, "calling_number": demo.phone_number}))
}
