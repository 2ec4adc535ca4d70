//! Handing over what is queued to leave: claimed under a lease, sent with no transaction open, and
//! finished. A try has one message; one that may have left is never sent again.

mod claim;
mod finish;
mod late;
mod parcel;

pub use claim::claim;
pub use finish::finish;
pub use parcel::{Links, Parcel};
