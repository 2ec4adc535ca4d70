//! Connectors: by which way the messages of each channel leave, set for the account.

mod change;
mod connector;
mod health;
mod input;
mod sealed;
mod words;

pub use change::{Saved, remove, renew_secret, save};
pub use connector::{Connector, Mail, Trouble, Way, failing, find, kinds, list};
pub use health::{failed, recovered, tested};
pub use input::NewConnector;
pub use sealed::open;
pub use words::{Channel, Kind};
