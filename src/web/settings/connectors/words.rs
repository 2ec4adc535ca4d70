//! What channels and ways out are called.

use crate::connectors::{Channel, Kind};

/// "Text messages".
pub fn called(channel: Channel) -> &'static str {
    match channel {
        Channel::Call => "Calls",
        Channel::Sms => "Text messages",
        Channel::Whatsapp => "WhatsApp messages",
        Channel::Email => "E-mails",
        Channel::Application => "Hand-overs to other systems",
    }
}

/// The icon beside it.
pub fn icon_of(channel: Channel) -> &'static str {
    match channel {
        Channel::Call => "phone",
        Channel::Sms | Channel::Whatsapp => "chat",
        Channel::Email => "mail",
        Channel::Application => "link",
    }
}

/// What a way out is called, and what it means.
pub fn leaves(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Person => (
            "A person does it",
            "It waits in Today for whoever works the lead.",
        ),
        Kind::Http => (
            "A signed request",
            "A dialer, a gateway or a program of yours is told by HTTP, and reports back.",
        ),
        Kind::Smtp => ("A mail server", "By SMTP, from an address of yours."),
        Kind::Outbox => (
            "Into the outbox",
            "Nothing leaves. Every message can be read in the outbox, as in a trial.",
        ),
    }
}
