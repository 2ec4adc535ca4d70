//! `GET /workflows/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::cards::{Card, Kind, cards};
use super::{Nav, Page, filters};
use crate::web::{Ctx, Fault, render};
use crate::workflows::{self, Workflow};

#[derive(Template)]
#[template(path = "workflows/show.html")]
struct Show {
    page: Page,
    workflow: Workflow,
    cards: Vec<Card>,
}

/// What the workflow does with a lead, step by step.
///
/// # Errors
/// Not found.
pub async fn show(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let (workflow, graph, here) = ctx
        .run(move |conn, caller| {
            Ok((
                workflows::find(conn, caller, id)?,
                workflows::graph(conn, caller, id)?,
                workflows::whereabouts(conn, caller, id)?,
            ))
        })
        .await?;
    let show = Show {
        page: ctx.page(Nav::Workflows),
        workflow,
        cards: cards(&graph, &here),
    };
    render(StatusCode::OK, &show)
}
