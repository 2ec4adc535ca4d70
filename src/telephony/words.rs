//! The words of telephony.

use crate::db::text_enum;

/// The number a new account begins with, from the range that is given to nobody. It lets the first
/// upload be tried; no dialer is told to call from it.
pub const DEMO_NUMBER: &str = "+12025550100";

text_enum! {
    /// How a calling number reaches the network.
    pub enum Kind {
        /// Through a carrier, which calls the destinations that are enabled.
        Carrier = "carrier",
        /// Through a SIP trunk of the account's own, which calls everywhere.
        Sip = "sip",
    }
}
