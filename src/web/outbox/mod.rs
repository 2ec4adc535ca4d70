//! The outbox: every call and message that was tried, as it was written.

mod index;
mod show;

pub use index::index;
pub use show::show;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Query, filters, render};
use crate::connectors::Channel;
use crate::phone;
use crate::workflows::Message;

/// What a message is called.
fn called(channel: &Channel) -> &'static str {
    match channel {
        Channel::Call => "Call",
        Channel::Sms => "SMS",
        Channel::Whatsapp => "WhatsApp",
        Channel::Email => "E-mail",
        Channel::Application => "Hand-over",
    }
}

fn icon_of(channel: &Channel) -> &'static str {
    match channel {
        Channel::Call => "phone",
        Channel::Sms | Channel::Whatsapp => "chat",
        Channel::Email => "mail",
        Channel::Application => "link",
    }
}

/// How it stands: the word, the tone of its pill and the ring.
fn stands(state: &str) -> (&'static str, &'static str, &'static str) {
    match state {
        "queued" => ("Waits", "wait", "st-new"),
        "sending" => ("Being sent", "active", "st-contacted"),
        "sent" => ("Sent", "won", "st-won"),
        "done" => ("Done", "won", "st-won"),
        "failed" => ("Not sent", "lost", "st-lost"),
        "unreported" => ("No report", "lost", "st-lost"),
        _ => ("Called off", "", "st-paused"),
    }
}

/// The number as people of the account's country write it, or the address.
fn recipient(message: &Message, country: &str) -> String {
    let recipient = message.recipient.as_deref().unwrap_or_default();
    if recipient.starts_with('+') {
        phone::written(recipient, country)
    } else {
        recipient.to_owned()
    }
}
