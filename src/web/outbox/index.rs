//! `GET /outbox`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Query, called, filters, render, stands};
use crate::connectors::Channel;
use crate::paging::{After, From, Slice};
use crate::workflows::{self, Message, MessageFilter};

const ROWS: u32 = 50;
const STATES: [&str; 7] = [
    "queued",
    "sending",
    "sent",
    "done",
    "failed",
    "unreported",
    "cancelled",
];

#[derive(Template)]
#[template(path = "outbox/index.html")]
struct Index {
    page: Page,
    messages: Vec<Message>,
    next: Option<After>,
    filter: MessageFilter,
    from_start: bool,
    country: String,
}

/// The messages, newest first.
///
/// # Errors
/// When the database can't be asked.
pub async fn index(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    let (filter, after) = read(&query.0);
    let slice = Slice {
        limit: ROWS,
        from: after.map_or(From::Start, From::Row),
    };
    let found = ctx.run(move |conn, caller| workflows::messages(conn, caller, filter, &slice));
    let (messages, next) = found.await?;
    let index = Index {
        page: ctx.page(Nav::Elsewhere),
        messages,
        next,
        filter,
        from_start: after.is_none(),
        country: ctx.caller.account.default_country.clone(),
    };
    render(StatusCode::OK, &index)
}

/// What the address says wrongly is left out: a link that somebody mistyped still shows messages.
fn read(address: &Form) -> (MessageFilter, Option<After>) {
    let filter = MessageFilter {
        channel: address.get("channel").parse().ok(),
        state: address.get("state").parse().ok(),
    };
    (filter, After::decode(address.get("after")))
}

impl Index {
    fn channels(&self) -> Vec<Choice> {
        let current = self.filter.channel.map_or("", Channel::as_str);
        let any = Choice::new("", "Every channel", current);
        let all = Channel::ALL.iter();
        let all = all.map(|one| Choice::new(one.as_str(), called(one), current));
        std::iter::once(any).chain(all).collect()
    }

    fn states(&self) -> Vec<Choice> {
        let current = self.filter.state.map_or("", |state| state.as_str());
        let any = Choice::new("", "However it stands", current);
        let all = STATES.into_iter();
        let all = all.map(|word| Choice::new(word, stands(word).0, current));
        std::iter::once(any).chain(all).collect()
    }

    fn is_whole(&self) -> bool {
        self.from_start && self.filter == MessageFilter::default()
    }

    /// What stands for a message in the list: its subject, or how it begins.
    fn said(&self, message: &Message) -> String {
        let said = message.subject.as_ref().or(message.body.as_ref());
        said.map_or_else(
            || called(&message.channel).to_owned(),
            |said| said.lines().next().unwrap_or_default().to_owned(),
        )
    }

    fn newest(&self) -> String {
        if self.from_start {
            return String::new();
        }
        self.address(None)
    }

    fn older(&self) -> String {
        self.next
            .map_or_else(String::new, |next| self.address(Some(next)))
    }

    fn address(&self, after: Option<After>) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        pairs.extend(self.filter.channel.map(|it| ("channel", it.to_string())));
        pairs.extend(self.filter.state.map(|it| ("state", it.to_string())));
        pairs.extend(after.map(|it| ("after", it.encode())));
        // Pairs of texts can always be written down.
        match serde_urlencoded::to_string(&pairs).unwrap_or_default() {
            said if said.is_empty() => "/outbox".to_owned(),
            said => format!("/outbox?{said}"),
        }
    }
}
