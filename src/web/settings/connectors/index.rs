//! `GET /settings/connectors`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::words::{called, icon_of, leaves};
use super::{Ctx, Fault, Nav, Page, filters, render};
use crate::connectors::{self, Channel, Connector, Kind};

#[derive(Template)]
#[template(path = "settings/connectors/index.html")]
struct Index {
    page: Page,
    rows: Vec<Row>,
}

/// A channel and how its messages leave.
struct Row {
    channel: Channel,
    name: &'static str,
    icon: &'static str,
    /// The way, where there is one.
    way: Option<&'static str>,
    connector: Option<Connector>,
}

/// The five channels.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let set = ctx.run(connectors::list).await?;
    let page = ctx.page(Nav::Elsewhere);
    let rows = Channel::ALL.iter().map(|channel| row(*channel, &set));
    let rows = rows.collect();
    render(StatusCode::OK, &Index { page, rows })
}

fn row(channel: Channel, set: &[Connector]) -> Row {
    let connector = set.iter().find(|one| one.channel == channel).cloned();
    let kind: Option<Kind> = connector
        .as_ref()
        .map(|one| one.way.kind())
        .or(channel.usual());
    Row {
        channel,
        name: called(channel),
        icon: icon_of(channel),
        way: kind.map(|kind| leaves(kind).0),
        connector,
    }
}
