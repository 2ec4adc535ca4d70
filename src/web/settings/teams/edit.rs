//! `GET /settings/teams/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::caller::{Permission, Person};
use crate::people;
use crate::teams::{self, LeadSource, Team};

#[derive(Template)]
#[template(path = "settings/teams/edit.html")]
struct Edit<'a> {
    page: Page,
    team: Team,
    sources: Vec<LeadSource>,
    people: Vec<Person>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Edit<'_> {
    /// The name as it is, or as it was typed.
    fn name(&self) -> &str {
        match self.form.has("name") {
            true => self.form.get("name"),
            false => &self.team.name,
        }
    }

    /// Everybody who could come in.
    fn others(&self) -> Vec<Choice> {
        let is_in = |person: &Person| {
            let mut members = self.team.members.iter();
            members.any(|member| member.user_id == person.id)
        };
        let typed = self.form.get("user_id");
        let others = self.people.iter().filter(|person| !is_in(person));
        let choices: Vec<Choice> = others
            .map(|person| Choice::new(person.id.to_string(), person.name.clone(), typed))
            .collect();
        let none = (!choices.is_empty()).then(|| Choice::new("", "Choose…", typed));
        none.into_iter().chain(choices).collect()
    }
}

/// A team: its name, its people, its lead sources.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn edit(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let (form, problems) = (Form::default(), Problems::default());
    page(&ctx, StatusCode::OK, *id, &form, problems).await
}

/// The page, with one of its forms as it was typed.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    form: &Form,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let all = ctx.run(move |conn, caller| {
        let team = teams::team(conn, caller, id)?;
        let mut sources = teams::sources(conn, caller)?;
        sources.retain(|source| source.team_id == Some(id));
        Ok((team, sources, people::active_people(conn, caller)?))
    });
    let (team, sources, people) = all.await?;
    let edit = Edit {
        page: ctx.page(Nav::Elsewhere),
        team,
        sources,
        people,
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &edit)
}
