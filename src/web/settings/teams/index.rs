//! `GET /settings/teams`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::caller::Permission;
use crate::teams::{self, LeadSource, Team};

/// As many people of a team are named in the list.
const NAMED: usize = 3;

#[derive(Template)]
#[template(path = "settings/teams/index.html")]
struct Index<'a> {
    page: Page,
    teams: Vec<Team>,
    sources: Vec<LeadSource>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Index<'_> {
    /// "Ana Rojas, Priya Nair and 4 more".
    fn people(&self, team: &Team) -> String {
        let names = team.members.iter().map(|member| member.name.as_str());
        let named: Vec<&str> = names.take(NAMED).collect();
        match team.members.len().saturating_sub(NAMED) {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }

    /// How many lead sources are the team's own.
    fn sources(&self, team: &Team) -> usize {
        let own = |source: &&LeadSource| source.team_id == Some(team.id);
        self.sources.iter().filter(own).count()
    }
}

/// The teams, above a form for one more.
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
        let teams = teams::teams(conn, caller)?;
        Ok((teams, teams::sources(conn, caller)?))
    });
    let (teams, sources) = both.await?;
    let index = Index {
        page: ctx.page(Nav::Elsewhere),
        teams,
        sources,
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &index)
}
