//! The connection to a mail server, from hello to good-bye, and what its answers mean.

use std::fmt::Display;
use std::time::{Duration, Instant};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::{ClientId, Extension};

use crate::outreach::{Failure, Policy, Security, Smtp, address, email};
use crate::text::at_most;

/// For each address of the server, and for each of its answers.
const ANSWER: Duration = Duration::from_secs(10);
/// For all answers until the e-mail is handed over.
const TALK: Duration = Duration::from_secs(50);
/// For the answer to the e-mail itself: a server that looks into it takes its time, and one that
/// is left alone before it has answered leaves us not knowing.
const VERDICT: Duration = Duration::from_secs(50);
/// For the good-bye.
const PARTING: Duration = Duration::from_secs(2);
/// Characters of a server's own words that are passed on.
const WORDS: usize = 200;
/// Addresses of a server that are tried.
const ADDRESSES: usize = 2;

/// A connection that is signed in.
pub(super) struct Line {
    connection: SmtpConnection,
    host: String,
    until: Instant,
}

impl Line {
    /// Connects, says hello, makes it secure and signs in, as the connector says.
    pub(super) fn open(smtp: &Smtp, policy: &Policy) -> Result<Self, Failure> {
        let until = Instant::now() + TALK;
        let host = smtp.host.trim().to_owned();
        let hello = hello(&email::sender(smtp)?.email);
        let mut found =
            address::look_up(&host, smtp.port, policy).map_err(|why| why.failure(&host))?;
        found.truncate(ADDRESSES);
        let broke = |error| failure(&error, &host, "broke off");
        let secure = || TlsParameters::new_rustls(host.clone()).map_err(broke);
        let wrapped = match smtp.security {
            Security::Tls => Some(secure()?),
            Security::StartTls | Security::None => None,
        };
        let connected =
            SmtpConnection::connect(&found[..], Some(ANSWER), &hello, wrapped.as_ref(), None);
        let mut line = Self {
            connection: connected.map_err(broke)?,
            host: host.clone(),
            until,
        };
        if smtp.security == Security::StartTls {
            if !line.connection.can_starttls() {
                line.close();
                return Err(Failure::Final(format!(
                    "{host} offers no secure connection on this port (STARTTLS)."
                )));
            }
            line.hurry()?;
            line.connection
                .starttls(&secure()?, &hello)
                .map_err(broke)?;
        }
        match line.sign_in(smtp) {
            Ok(()) => Ok(line),
            Err(failure) => {
                line.close();
                Err(failure)
            }
        }
    }

    fn sign_in(&mut self, smtp: &Smtp) -> Result<(), Failure> {
        let Some(username) = smtp.username.clone().filter(|name| !name.is_empty()) else {
            return Ok(());
        };
        let host = self.host.clone();
        let ways = [Mechanism::Plain, Mechanism::Login];
        let info = self.connection.server_info();
        if info.get_auth_mechanism(&ways).is_none() {
            return Err(Failure::Final(format!(
                "{host} offers no way to sign in with a password on this port."
            )));
        }
        self.hurry()?;
        let credentials = Credentials::new(username, smtp.password.clone().unwrap_or_default());
        let said = self.connection.auth(&ways, &credentials);
        said.map(drop).map_err(|error| match error.is_permanent() {
            // In sentences of ours alone: a server may repeat what it was told.
            true => Failure::Final(format!("{host} did not accept user name and password.")),
            false => Failure::Retry(format!("{host} could not sign us in.")),
        })
    }

    /// The server's name.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Whether the server said that it can do this.
    pub(super) fn offers(&self, feature: Extension) -> bool {
        self.connection.server_info().supports_feature(feature)
    }

    /// Says one thing; `no` is what a refusal means.
    pub(super) fn say(&mut self, command: impl Display, no: &str) -> Result<(), Failure> {
        self.hurry()?;
        let said = self.connection.command(command);
        said.map(drop)
            .map_err(|error| failure(&error, &self.host, no))
    }

    /// Hands the e-mail over. From the first byte on it may have left, unless the server says no.
    pub(super) fn content(&mut self, content: &[u8]) -> Result<(), Failure> {
        self.wait(VERDICT)?;
        let said = self.connection.message(content);
        said.map(drop).map_err(|error| match error.status() {
            Some(_) => failure(&error, &self.host, "did not take the e-mail"),
            None => Failure::Unsure(format!(
                "The connection to {} broke while the e-mail was handed over; it may have arrived.",
                self.host
            )),
        })
    }

    /// Says good-bye; whether it is heard makes no difference.
    pub(super) fn close(mut self) {
        if self.wait(PARTING).is_ok() {
            let _ = self.connection.quit();
        }
    }

    /// Gives the next answer no longer than is left.
    fn hurry(&mut self) -> Result<(), Failure> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Failure::Retry(format!("{} took too long.", self.host)));
        }
        self.wait(left.min(ANSWER))
    }

    fn wait(&mut self, time: Duration) -> Result<(), Failure> {
        let set = self.connection.set_timeout(Some(time));
        set.map_err(|_| Failure::Retry(format!("The connection to {} broke.", self.host)))
    }
}

/// How we introduce ourselves: by the sender's domain, which the server knows.
fn hello(from: &lettre::Address) -> ClientId {
    ClientId::Domain(from.domain().to_owned())
}

/// What a refusal or a break means before the e-mail was handed over.
fn failure(error: &Error, host: &str, no: &str) -> Failure {
    if error.status().is_none() {
        let source = std::error::Error::source(error);
        let insecure = source.is_some_and(is_tls) || error.is_tls();
        return Failure::Retry(match insecure {
            true => format!(
                "{host} and this server could not agree on a secure connection; its certificate may not be one this server trusts."
            ),
            false => format!("{host} could not be reached, or the connection broke."),
        });
    }
    let words = std::error::Error::source(error).map(ToString::to_string);
    let words = words.unwrap_or_default().replace(char::is_control, " ");
    let code = error
        .status()
        .map(|code| code.to_string())
        .unwrap_or_default();
    let sentence = format!("{host} {no}: {code} {}", at_most(words.trim(), WORDS));
    match error.is_transient() {
        true => Failure::Retry(sentence),
        false => Failure::Final(sentence),
    }
}

/// Whether TLS is what went wrong; it may come wrapped as trouble of the connection.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let wrapped = error.downcast_ref::<std::io::Error>();
    let inner = wrapped.and_then(|error| error.get_ref());
    error.is::<rustls::Error>() || inner.is_some_and(|error| error.is::<rustls::Error>())
}
