//! `GET` and `POST /workflows/{id}/publication`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Form, Nav, Page, filters};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::web::{Ctx, Fault, render};
use crate::workflows::check::{Checked, checked};
use crate::workflows::{self, Moves, Preview, Workflow};

/// The page that asks what becomes of the leads that are in it.
#[derive(Template)]
#[template(path = "workflows/publication.html")]
struct Publication {
    page: Page,
    found: Found,
    moves: Moves,
}

struct Found {
    workflow: Workflow,
    checked: Checked,
    preview: Preview,
}

/// Asks what becomes of the leads that are in it.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    page(&ctx, *id, Moves::Stay, StatusCode::OK).await
}

/// Makes the edited steps those that new leads take.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when nothing is edited.
pub async fn publish(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let id = *id;
    let moves = form.get("moves").parse().unwrap_or(Moves::Stay);
    let published = ctx
        .run(move |conn, caller| workflows::publish(conn, caller, id, moves))
        .await;
    match published {
        Ok(_) => Ok(ctx.redirect(
            &format!("/workflows/{id}"),
            match moves {
                Moves::Stay => "Published. New leads take these steps; the others go on as before.",
                Moves::NextStep => "Published. Each lead goes over when it comes to its next step.",
                Moves::Now => "Published. Every lead goes over now.",
            },
        )),
        Err(Error::Invalid(_)) => page(&ctx, id, moves, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(error) => Err(error.into()),
    }
}

async fn page(
    ctx: &Ctx,
    id: Uuid,
    moves: Moves,
    status: StatusCode,
) -> Result<HttpResponse, Fault> {
    let found = ctx.run(move |conn, caller| find(conn, caller, id)).await?;
    let page = ctx.page(Nav::Workflows);
    render(status, &Publication { page, found, moves })
}

fn find(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Found> {
    Ok(Found {
        workflow: workflows::find(conn, caller, id)?,
        checked: checked(conn, caller, id)?,
        preview: workflows::publish_preview(conn, caller, id)?,
    })
}
