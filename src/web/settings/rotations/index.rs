//! `GET /settings/rotations`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render, typed, words};
use crate::caller::{Permission, Person};
use crate::people;
use crate::rotations::{self, Member, Rotation, Strategy};
use crate::teams::{self, Team};

/// As many people of a rotation are named in the list.
const NAMED: usize = 3;

#[derive(Template)]
#[template(path = "settings/rotations/index.html")]
struct Index<'a> {
    page: Page,
    rotations: Vec<Rotation>,
    teams: Vec<Team>,
    people: Vec<Person>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Index<'_> {
    /// "Ana Rojas, Priya Nair and 4 more".
    fn members(&self, rotation: &Rotation) -> String {
        let names = rotation.members.iter().map(|member| member.name.as_str());
        let named: Vec<&str> = names.take(NAMED).collect();
        match rotation.members.len().saturating_sub(NAMED) {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }

    /// Whose turn is next.
    fn next<'r>(&self, rotation: &'r Rotation) -> Option<&'r Member> {
        rotation.members.get(rotation.position())
    }

    fn scopes(&self) -> Vec<Choice> {
        typed::scopes(&self.teams, &self.rotations, self.form.get("for"))
    }

    fn strategies(&self) -> Vec<Choice> {
        let all = Strategy::ALL.iter();
        let choice = |one: &Strategy| {
            let (name, _) = words::strategy(one);
            Choice::new(one.as_str(), name, self.form.get("strategy"))
        };
        all.map(choice).collect()
    }

    fn is_ticked(&self, person: &Person) -> bool {
        let id = person.id.to_string();
        self.form.all("person").any(|one| one == id)
    }
}

/// The rotations, above a form for one more.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, &Form::default(), Problems::default()).await
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
    let all = ctx.run(|conn, caller| {
        let rotations = rotations::rotations(conn, caller)?;
        let teams = teams::teams(conn, caller)?;
        Ok((rotations, teams, people::active_people(conn, caller)?))
    });
    let (rotations, teams, people) = all.await?;
    let index = Index {
        page: ctx.page(Nav::Elsewhere),
        rotations,
        teams,
        people,
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &index)
}
