//! Connectors: by which way the messages of each channel leave, and how they stand.

mod edit;
mod index;
mod remove;
mod secret;
mod test;
mod update;
mod words;

pub use edit::edit;
pub use index::index;
pub use remove::remove;
pub use secret::renew;
pub use test::test;
pub use update::update;
pub(in crate::web) use words::called;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use self::words::leaves;
use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::connectors::{Channel, Connector, Kind};
use crate::error::{Error, Noun};
use crate::outreach::Security;

/// The form of one channel.
#[derive(Template)]
#[template(path = "settings/connectors/edit.html")]
struct Edit<'a> {
    page: Page,
    channel: Channel,
    /// What is set now.
    connector: Option<Connector>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Edit<'_> {
    fn called(&self) -> &'static str {
        called(self.channel)
    }

    /// Every way this channel can leave: its word, what it is called, what it means, whether it is
    /// the one.
    fn kinds(&self) -> Vec<(&'static str, &'static str, &'static str, bool)> {
        let kinds = self.channel.kinds().iter();
        kinds
            .map(|kind| {
                let (name, says) = leaves(*kind);
                let word = kind.as_str();
                (word, name, says, self.form.get("kind") == word)
            })
            .collect()
    }

    fn offers(&self, kind: &str) -> bool {
        let mut kinds = self.channel.kinds().iter();
        kinds.any(|one| one.as_str() == kind)
    }

    fn securities(&self) -> Vec<Choice> {
        let current = self.form.get("security");
        let said = |security: &Security| match security {
            Security::StartTls => "STARTTLS, usually on port 587",
            Security::Tls => "TLS from the start, usually on port 465",
            Security::None => "None, for a server on the same machine",
        };
        let all = Security::ALL.iter();
        all.map(|one| Choice::new(one.as_str(), said(one), current))
            .collect()
    }

    fn has_password(&self) -> bool {
        self.is(Kind::Smtp) && self.connector.as_ref().is_some_and(|one| one.has_secret)
    }

    /// Whether messages leave this way now.
    fn is(&self, kind: Kind) -> bool {
        let connector = self.connector.as_ref();
        connector.is_some_and(|one| one.way.kind() == kind)
    }

    /// Whether there is another system to be tried.
    fn can_be_tested(&self) -> bool {
        self.is(Kind::Http) || self.is(Kind::Smtp)
    }
}

/// The page that shows a new secret, once.
#[derive(Template)]
#[template(path = "settings/connectors/secret.html")]
struct Secret {
    page: Page,
    channel: Channel,
    secret: String,
}

impl Secret {
    fn called(&self) -> &'static str {
        called(self.channel)
    }
}

fn shown_once(ctx: &Ctx, channel: Channel, secret: String) -> Result<HttpResponse, Fault> {
    let page = ctx.page(Nav::Elsewhere);
    let page = Secret {
        page,
        channel,
        secret,
    };
    render(StatusCode::CREATED, &page)
}

/// The channel of an address.
fn channel(word: &str) -> Result<Channel, Error> {
    word.parse().map_err(|_| Error::NotFound(Noun::Connector))
}

fn path(channel: Channel) -> String {
    format!("/settings/connectors/{channel}")
}
