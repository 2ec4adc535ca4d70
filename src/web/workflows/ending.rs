//! `GET` and `POST /workflows/{id}/completion`, `/cancellation` and `/deletion`: what can't be
//! taken back, so each asks first.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Nav, Page, filters};
use crate::caller::Permission;
use crate::web::{Ctx, Fault, render};
use crate::workflows::{self, Workflow};

/// The page that asks before.
#[derive(Template)]
#[template(path = "workflows/ending.html")]
struct Ending {
    page: Page,
    workflow: Workflow,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Complete,
    Cancel,
    Delete,
}

impl Ending {
    fn verb(&self) -> &'static str {
        match self.how {
            How::Complete => "Complete",
            How::Cancel => "Cancel",
            How::Delete => "Delete",
        }
    }

    fn action(&self) -> String {
        let what = match self.how {
            How::Complete => "completion",
            How::Cancel => "cancellation",
            How::Delete => "deletion",
        };
        format!("/workflows/{}/{what}", self.workflow.row.id)
    }
}

async fn ask(ctx: &Ctx, id: Uuid, how: How) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let workflow = ctx
        .run(move |conn, caller| workflows::find(conn, caller, id))
        .await?;
    let page = ctx.page(Nav::Workflows);
    render(
        StatusCode::OK,
        &Ending {
            page,
            workflow,
            how,
        },
    )
}

/// Asks whether a workflow has done its work.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn confirm_completion(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ask(&ctx, *id, How::Complete).await
}

/// Asks whether it is to be given up.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn confirm_cancellation(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ask(&ctx, *id, How::Cancel).await
}

/// Asks whether it is to be deleted.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn confirm_deletion(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ask(&ctx, *id, How::Delete).await
}

/// Ends a workflow that has done its work.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when it has not begun.
pub async fn complete(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| workflows::complete(conn, caller, id))
        .await?;
    Ok(ctx.redirect(
        &format!("/workflows/{id}"),
        "It is completed and takes no more leads.",
    ))
}

/// Gives a workflow up.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when it has not begun.
pub async fn cancel(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| workflows::cancel(conn, caller, id))
        .await?;
    Ok(ctx.redirect(
        &format!("/workflows/{id}"),
        "It is cancelled and takes no more leads.",
    ))
}

/// Deletes a workflow; its leads live on.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict while it is active.
pub async fn destroy(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| workflows::delete(conn, caller, id))
        .await?;
    Ok(ctx.redirect(
        "/workflows",
        "The workflow is deleted. Its leads are still here.",
    ))
}
