//! Telephony: the numbers an account calls from, and the destinations it may call. What follows
//! for a lead's number is one pure rule, [`Rules::verdict`].

mod destination;
mod destination_change;
mod destination_input;
mod founding;
mod number;
mod number_change;
mod number_input;
#[cfg(test)]
mod properties;
mod refusal;
mod rules;
mod words;

pub use destination::{Destination, destination, destination_page, destinations};
pub use destination_change::{create_destination, delete_destination, update_destination};
pub use destination_input::DestinationInput;
pub(crate) use founding::begin;
pub use number::{CallingNumber, calling_number, calling_number_page, calling_numbers};
pub use number_change::{create_calling_number, delete_calling_number, update_calling_number};
pub use number_input::CallingNumberInput;
pub use refusal::{Prefix, Refusal};
pub use rules::{Reach, Rules, rules};
pub use words::{DEMO_NUMBER, Kind};

/// As many calling numbers, and as many destinations, as an account may have.
const MOST: i64 = 1_000;
