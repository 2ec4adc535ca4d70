//! How a message leaves: by HTTP to a dialer or gateway, by SMTP, or not at all, into the outbox.
//!
//! Nothing here knows a lead, a run or the database. What is given is said once; whether it may be
//! said, and whether to try again, is the caller's to decide. All of it blocks: see
//! [`LONGEST`] for how long.

mod address;
mod connector;
mod email;
mod failure;
mod http;
mod message;
mod signature;
mod smtp;
pub mod template;

use std::time::Duration;

use chrono::{DateTime, Utc};

pub use address::{Policy, is_public};
pub use connector::{Connector, Http, Security, Smtp};
pub use failure::Failure;
pub use http::check_url;
pub use message::Message;
pub use signature::{Signature, new_secret, signed};

/// No call of [`send`] or [`test()`] takes longer, however slow or silent the other side is, unless it
/// answers letter by letter on purpose. A lease on the message has to outlast it.
pub const LONGEST: Duration = Duration::from_secs(120);

/// What the other side said when it took a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The id it has there, when the answer was JSON with an `id`.
    pub reference: Option<String>,
    /// How it ended, when that was known at once: the answer's `outcome`.
    pub outcome: Option<String>,
}

/// Says the message.
///
/// # Errors
/// [`Failure`], which tells whether to say it again.
pub fn send(
    connector: &Connector,
    message: &Message,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<Sent, Failure> {
    match connector {
        Connector::Http(http) => http::send(http, message, policy, now),
        Connector::Smtp(smtp) => smtp::send(smtp, message, policy, now),
        Connector::Outbox => Ok(Sent::default()),
    }
}

/// Tries a connector without telling a lead anything: an HTTP one is posted a signed
/// `{"type":"test"}`; at an SMTP server we say hello, sign in and leave.
///
/// # Errors
/// [`Failure`] with what is wrong.
pub fn test(connector: &Connector, policy: &Policy, now: DateTime<Utc>) -> Result<(), Failure> {
    match connector {
        Connector::Http(http) => http::test(http, policy, now),
        Connector::Smtp(smtp) => smtp::test(smtp, policy),
        Connector::Outbox => Ok(()),
    }
}
