//! What an admin says of a connector, and the rules for it.

use super::connector::{Mail, Way};
use super::words::{Channel, Kind};
use crate::error::{FieldErrors, Problem, Result};
use crate::outreach::{self, Policy, Security};
use crate::text;

const TEXT_CHARACTERS: usize = 500;

/// A connector as it was typed. What its kind does not need is not looked at.
#[derive(Clone, Default)]
pub struct NewConnector {
    /// The way; one of the channel's.
    pub kind: Option<Kind>,
    /// Where requests go.
    pub url: String,
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    pub security: Option<Security>,
    /// Whom to sign in as.
    pub username: Option<String>,
    /// The password; without one the present one is kept.
    pub password: Option<String>,
    /// The sender's address.
    pub from_address: String,
    /// The sender's name.
    pub from_name: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
}

impl NewConnector {
    /// The way of these words.
    pub(super) fn checked(&self, channel: Channel, policy: &Policy) -> Result<Way> {
        match self.kind.filter(|kind| channel.kinds().contains(kind)) {
            Some(Kind::Person) => Ok(Way::Person),
            Some(Kind::Outbox) => Ok(Way::Outbox),
            Some(Kind::Http) => self.http(policy),
            Some(Kind::Smtp) => self.mail().map(Way::Smtp),
            None => {
                let sentence = "Choose how these messages leave";
                Err(crate::error::Error::invalid(
                    "kind",
                    Problem::Said(sentence.into()),
                ))
            }
        }
    }

    fn http(&self, policy: &Policy) -> Result<Way> {
        let (url, mut errors) = (self.url.trim().to_owned(), FieldErrors::default());
        if too_long(&url) {
            errors.push("url", Problem::TooLong(TEXT_CHARACTERS));
        } else if let Err(failure) = outreach::check_url(&url, policy) {
            errors.push("url", Problem::Said(failure.to_string().into()));
        }
        errors.or(Way::Http { url })
    }

    fn mail(&self) -> Result<Mail> {
        let mut errors = FieldErrors::default();
        let clean = |typed: &Option<String>| text::clean(typed.clone());
        let mail = Mail {
            host: self.host.trim().to_owned(),
            port: self.port.unwrap_or_default(),
            security: self.security.unwrap_or(Security::StartTls),
            username: clean(&self.username),
            from_address: self.from_address.trim().to_owned(),
            from_name: clean(&self.from_name),
            reply_to: clean(&self.reply_to),
        };
        let host = |c: char| c.is_alphanumeric() || "-.:[]".contains(c);
        if mail.host.is_empty() {
            errors.push("host", Problem::Required);
        } else if !mail.host.chars().all(host) || too_long(&mail.host) {
            errors.push("host", Problem::MustBe("a name such as smtp.example.com"));
        }
        if mail.port == 0 {
            errors.push("port", Problem::MustBe("a number from 1 to 65535"));
        }
        let texts = [
            ("username", mail.username.as_deref()),
            ("password", self.password.as_deref()),
            ("from_name", mail.from_name.as_deref()),
        ];
        for (field, typed) in texts {
            let typed = typed.unwrap_or_default();
            if text::has_nul(typed) {
                errors.push(field, Problem::Nul);
            } else if too_long(typed) {
                errors.push(field, Problem::TooLong(TEXT_CHARACTERS));
            }
        }
        if mail.from_address.is_empty() {
            errors.push("from_address", Problem::Required);
        } else if !text::is_email(&mail.from_address) {
            errors.push("from_address", Problem::NotAnEmail);
        }
        if mail
            .reply_to
            .as_deref()
            .is_some_and(|it| !text::is_email(it))
        {
            errors.push("reply_to", Problem::NotAnEmail);
        }
        errors.or(mail)
    }
}

fn too_long(typed: &str) -> bool {
    typed.chars().count() > TEXT_CHARACTERS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const STRICT: Policy = Policy {
        allow_private: false,
    };

    fn broken(input: &NewConnector, channel: Channel) -> Vec<String> {
        match input.checked(channel, &STRICT) {
            Err(Error::Invalid(errors)) => {
                errors.0.into_iter().map(|one| one.field.into()).collect()
            }
            Err(error) => vec![error.to_string()],
            Ok(_) => Vec::new(),
        }
    }

    fn of(kind: Kind) -> NewConnector {
        NewConnector {
            kind: Some(kind),
            ..NewConnector::default()
        }
    }

    #[test]
    fn a_channel_leaves_by_its_own_ways_alone() {
        assert_eq!(broken(&of(Kind::Outbox), Channel::Email), [""; 0]);
        assert_eq!(broken(&of(Kind::Person), Channel::Email), ["kind"]);
        assert_eq!(broken(&of(Kind::Smtp), Channel::Sms), ["kind"]);
        assert_eq!(broken(&NewConnector::default(), Channel::Sms), ["kind"]);
    }

    #[test]
    fn what_a_way_needs_is_asked_for_field_by_field() {
        assert_eq!(broken(&of(Kind::Http), Channel::Call), ["url"]);
        let wanted = ["host", "port", "from_address"];
        assert_eq!(broken(&of(Kind::Smtp), Channel::Email), wanted);
        let mail = NewConnector {
            host: "smtp.example.com".into(),
            port: Some(587),
            from_address: "ann@example.com".into(),
            reply_to: Some("nobody".into()),
            username: Some("a\0".into()),
            ..of(Kind::Smtp)
        };
        assert_eq!(broken(&mail, Channel::Email), ["username", "reply_to"]);
    }
}
