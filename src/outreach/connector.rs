//! How the messages of one channel leave.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How the messages of one channel leave, opened.
#[derive(Clone)]
pub enum Connector {
    /// A signed request to another system.
    Http(Http),
    /// An e-mail by way of a mail server.
    Smtp(Smtp),
    /// Nothing leaves: that it is written down is the delivery.
    Outbox,
}

/// Where requests go. Not `Debug`, as the secret is in it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Http {
    /// The address posted to.
    pub url: String,
    /// What requests are signed with, as [`super::new_secret`] makes it: `whsec_<base64>`.
    pub secret: String,
}

/// The mail server and who writes. Not `Debug`, as the password is in it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Smtp {
    /// Its name or address.
    pub host: String,
    /// Its port: as a rule 587 with STARTTLS, 465 with TLS from the start.
    pub port: u16,
    /// How the connection is kept from others' eyes.
    pub security: Security,
    /// Whom to sign in as, where the server wants it.
    pub username: Option<String>,
    /// The password.
    pub password: Option<String>,
    /// The sender's address.
    pub from_address: String,
    /// The sender's name.
    pub from_name: Option<String>,
    /// Where answers go, when not to the sender.
    pub reply_to: Option<String>,
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Not at all; for a server of the same machine or network.
    None,
    /// Asked for in the clear; without it nothing more is said.
    StartTls,
    /// From the first byte.
    Tls,
}

impl Security {
    /// Every value.
    pub const ALL: &'static [Self] = &[Self::StartTls, Self::Tls, Self::None];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::StartTls => "starttls",
            Self::Tls => "tls",
        }
    }
}

impl fmt::Display for Security {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Security {
    type Err = crate::db::UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.iter().find(|one| one.as_str() == word);
        known.copied().ok_or_else(|| crate::db::UnknownWord {
            kind: "Security",
            word: word.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_has_the_same_words_in_json_and_in_forms() {
        for security in Security::ALL {
            let json = serde_json::to_value(security).unwrap();
            assert_eq!(json, security.as_str());
            assert_eq!(security.as_str().parse(), Ok(*security));
        }
        assert!("ssl".parse::<Security>().is_err());
    }
}
