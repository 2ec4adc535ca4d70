//! `GET /settings/sources`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::caller::Permission;
use crate::teams::{self, LeadSource, Team};

#[derive(Template)]
#[template(path = "settings/sources/index.html")]
struct Index<'a> {
    page: Page,
    sources: Vec<LeadSource>,
    teams: Vec<Team>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Index<'_> {
    /// The team a source belongs to, when it is one's.
    fn team(&self, source: &LeadSource) -> Option<&Team> {
        let id = source.team_id?;
        self.teams.iter().find(|team| team.id == id)
    }

    /// Whose a new source can be.
    fn owners(&self) -> Vec<Choice> {
        let typed = self.form.get("team_id");
        let everybody = Choice::new("", "Every team", typed);
        let teams = self.teams.iter().filter(|team| team.is_active);
        let teams = teams.map(|team| Choice::new(team.id.to_string(), team.name.clone(), typed));
        std::iter::once(everybody).chain(teams).collect()
    }
}

/// The sources, above a form for one more.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let (form, problems) = (Form::default(), Problems::default());
    page(&ctx, StatusCode::OK, &form, problems).await
}

/// The page, with the form as it was typed.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    form: &Form,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let both = ctx.run(|conn, caller| {
        let sources = teams::sources(conn, caller)?;
        Ok((sources, teams::teams(conn, caller)?))
    });
    let (sources, teams) = both.await?;
    let index = Index {
        page: ctx.page(Nav::Elsewhere),
        sources,
        teams,
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &index)
}
