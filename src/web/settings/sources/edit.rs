//! `GET /settings/sources/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::caller::Permission;
use crate::teams::{self, LeadSource, Team};

#[derive(Template)]
#[template(path = "settings/sources/edit.html")]
struct Edit<'a> {
    page: Page,
    source: LeadSource,
    team: Option<Team>,
    form: Option<&'a Form>,
    problems: Problems,
    may_write: bool,
}

impl Edit<'_> {
    /// The name as it is, or as it was typed.
    fn name(&self) -> &str {
        self.form
            .map_or(&self.source.name, |typed| typed.get("name"))
    }
}

/// The form of a source.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn edit(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, *id, None, Problems::default()).await
}

/// The form as it is, or as it was typed.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    form: Option<&Form>,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let both = ctx.run(move |conn, caller| {
        let source = teams::source(conn, caller, id)?;
        let team = source.team_id.map(|id| teams::team(conn, caller, id));
        Ok((source, team.transpose()?))
    });
    let (source, team) = both.await?;
    let edit = Edit {
        page: ctx.page(Nav::Elsewhere),
        source,
        team,
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &edit)
}
