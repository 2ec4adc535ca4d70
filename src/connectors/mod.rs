//! Connectors: by which way the messages of each channel leave, set for the account.

mod words;

pub use words::{Channel, Kind};
