//! The words of connectors.

use crate::db::text_enum;

text_enum! {
    /// How a lead, or another system, is reached.
    pub enum Channel {
        /// A phone call.
        Call = "call",
        /// A text message.
        Sms = "sms",
        /// A WhatsApp message.
        Whatsapp = "whatsapp",
        /// An e-mail.
        Email = "email",
        /// Another system.
        Application = "application",
    }
}

text_enum! {
    /// By which way a channel's messages leave.
    pub enum Kind {
        /// A person does it: it is a task in Today.
        Person = "person",
        /// A signed HTTP request to a dialer or a gateway.
        Http = "http",
        /// An SMTP server.
        Smtp = "smtp",
        /// Nothing leaves; it is kept to be read.
        Outbox = "outbox",
    }
}

impl Channel {
    /// The ways its messages can leave.
    pub const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Call | Self::Sms | Self::Whatsapp => &[Kind::Person, Kind::Http, Kind::Outbox],
            Self::Email => &[Kind::Smtp, Kind::Http, Kind::Outbox],
            Self::Application => &[Kind::Http, Kind::Outbox],
        }
    }

    /// The way they leave before anybody has chosen one; what people can't do has none.
    pub const fn usual(self) -> Option<Kind> {
        match self {
            Self::Call | Self::Sms | Self::Whatsapp => Some(Kind::Person),
            Self::Email | Self::Application => None,
        }
    }
}
