//! `GET /outbox/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, Nav, Page, called, filters, render};
use crate::workflows::{self, Message};

#[derive(Template)]
#[template(path = "outbox/show.html")]
struct Show {
    page: Page,
    message: Message,
    country: String,
}

/// A message as it was written. Its HTML is shown as source: it comes from whoever edits the
/// workflow, and must not act as a page of ours.
///
/// # Errors
/// Not found.
pub async fn show(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let message = ctx
        .run(move |conn, caller| workflows::message(conn, caller, id))
        .await?;
    let show = Show {
        page: ctx.page(Nav::Elsewhere),
        message,
        country: ctx.caller.account.default_country.clone(),
    };
    render(StatusCode::OK, &show)
}

impl Show {
    fn title(&self) -> String {
        let subject = self.message.subject.clone();
        subject.unwrap_or_else(|| {
            let (what, name) = (called(&self.message.channel), self.message.lead_name());
            format!("{what} to {name}")
        })
    }
}
