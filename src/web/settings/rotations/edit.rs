//! `GET /settings/rotations/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render, typed, words};
use crate::caller::{Permission, Person};
use crate::people;
use crate::rotations::{self, Member, Rotation, Status, Strategy, Turn};
use crate::teams::{self, Team};

/// How many turns ahead are shown.
const AHEAD: usize = 10;

#[derive(Template)]
#[template(path = "settings/rotations/edit.html")]
struct Edit<'a> {
    page: Page,
    rotation: Rotation,
    teams: Vec<Team>,
    people: Vec<Person>,
    ahead: Vec<Turn>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

/// A way to pick the next.
struct Way {
    word: &'static str,
    name: &'static str,
    says: &'static str,
    is_chosen: bool,
}

impl Edit<'_> {
    /// What was typed, or else what is.
    fn or(&self, field: &str, present: String) -> String {
        match self.form.has(field) {
            true => self.form.get(field).to_owned(),
            false => present,
        }
    }

    fn name(&self) -> String {
        self.or("name", self.rotation.name.clone())
    }

    fn called(&self) -> &str {
        match self.rotation.is_default() {
            true => "The default rotation",
            false => &self.rotation.name,
        }
    }

    fn scopes(&self) -> Vec<Choice> {
        let current = self.or("for", typed::scope_of(&self.rotation));
        let mut all = typed::scopes(&self.teams, &[], &current);
        if !all.iter().any(|one| one.chosen) {
            let gives = words::gives_out(&self.rotation, &self.teams);
            all.push(Choice::new(&current, gives, &current));
        }
        all
    }

    fn ways(&self) -> Vec<Way> {
        let current = self.or("strategy", self.rotation.strategy.to_string());
        let way = |one: &Strategy| {
            let (name, says) = words::strategy(one);
            Way {
                word: one.as_str(),
                name,
                says,
                is_chosen: current == one.as_str(),
            }
        };
        Strategy::ALL.iter().map(way).collect()
    }

    fn fallbacks(&self) -> Vec<Choice> {
        let present = self.rotation.fallback_id.map(|id| id.to_string());
        let current = self.or("fallback", present.unwrap_or_default());
        let mut all = vec![Choice::new(
            "",
            "Nobody: they wait without an owner",
            &current,
        )];
        let people = self.people.iter();
        all.extend(people.map(|one| Choice::new(one.id.to_string(), &one.name, &current)));
        all
    }

    /// Everybody who could come in.
    fn others(&self) -> Vec<Choice> {
        let is_in = |person: &Person| {
            let mut members = self.rotation.members.iter();
            members.any(|member| member.user_id == person.id)
        };
        let typed = self.form.get("user_id");
        let others = self.people.iter().filter(|person| !is_in(person));
        let choices: Vec<Choice> = others
            .map(|person| Choice::new(person.id.to_string(), &person.name, typed))
            .collect();
        let none = (!choices.is_empty()).then(|| Choice::new("", "Nobody else", typed));
        none.into_iter().chain(choices).collect()
    }

    fn weight(&self, member: &Member) -> String {
        self.or(
            &format!("weight_{}", member.user_id),
            member.weight.to_string(),
        )
    }

    fn cap(&self, member: &Member) -> String {
        let present = member.daily_cap.map(|cap| cap.to_string());
        self.or(
            &format!("cap_{}", member.user_id),
            present.unwrap_or_default(),
        )
    }

    fn is_weighted(&self) -> bool {
        self.rotation.strategy == Strategy::Weighted
    }

    fn is(&self, status: &str) -> bool {
        self.rotation.status.as_str() == status
    }

    fn passed_over(&self, turn: &Turn) -> String {
        words::passed_over(turn, self.page.zone)
    }
}

/// A rotation: what it gives out, to whom, and who is next.
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
        let rotation = rotations::rotation(conn, caller, id)?;
        let ahead = match rotation.status {
            Status::Archived => Vec::new(),
            Status::Active | Status::Queued => rotations::preview(conn, caller, id, AHEAD)?,
        };
        let teams = teams::teams(conn, caller)?;
        let people = people::active_people(conn, caller)?;
        Ok((rotation, ahead, teams, people))
    });
    let (rotation, ahead, teams, people) = all.await?;
    let edit = Edit {
        page: ctx.page(Nav::Elsewhere),
        rotation,
        teams,
        people,
        ahead,
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &edit)
}
