//! `GET` and `POST /settings/users/{id}/handover`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Choice, Form, Nav, Page, Problems, User, filters, find};
use crate::caller::{Permission, Person};
use crate::error::{Error, Problem, Result};
use crate::leads::{self, OwnerRef};
use crate::people;
use crate::rotations;
use crate::web::{Ctx, Fault, render};

const LIST: &str = "/settings/users";
const LABELS: &[(&str, &str)] = &[("owner", "Give them to")];
/// The word for nobody in the field.
const NOBODY: &str = "none";
/// The word there for whoever's turn it is.
const IN_TURN: &str = "rotation";

/// The page that asks who gets the leads.
#[derive(Template)]
#[template(path = "settings/users/handover.html")]
struct Handover {
    page: Page,
    user: User,
    leads: i64,
    others: Vec<Person>,
    has_rotation: bool,
    chosen: String,
    problems: Problems,
}

impl Handover {
    /// Everybody else who works, and nobody.
    fn people(&self) -> Vec<Choice> {
        let others = self.others.iter().filter(|one| one.id != self.user.id);
        let mut people = vec![Choice::new("", "Choose…", &self.chosen)];
        if self.has_rotation {
            people.push(Choice::new(IN_TURN, "Whoever’s turn it is", &self.chosen));
        }
        people.extend(others.map(|one| Choice::new(one.id.to_string(), &one.name, &self.chosen)));
        people.push(Choice::new(
            NOBODY,
            "Nobody: everybody may take them",
            &self.chosen,
        ));
        people
    }

    /// "312 leads", "1 lead".
    fn counted(&self) -> String {
        said(self.leads)
    }
}

/// Asks who gets the leads of a person who leaves.
///
/// # Errors
/// Not found; forbidden without the right to change people.
pub async fn handover(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    answer(&ctx, *id, String::new(), Problems::default()).await
}

/// Gives them.
///
/// # Errors
/// Not found; forbidden without the right to change people.
pub async fn hand_over(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let (id, chosen) = (*id, form.get("owner").to_owned());
    let given = match owner(&chosen) {
        _ if chosen == IN_TURN => {
            ctx.run(move |conn, caller| {
                let handed = rotations::hand_out(conn, caller, id)?;
                Ok((find(conn, caller, id)?, handed))
            })
            .await
        }
        Ok(to) => {
            ctx.run(move |conn, caller| {
                let handed = leads::hand_over(conn, caller, id, to)?;
                Ok((find(conn, caller, id)?, handed))
            })
            .await
        }
        Err(error) => Err(error),
    };
    match given {
        Ok((user, handed)) => {
            let said = format!("{} of {} are handed over.", said(handed as i64), user.name);
            Ok(ctx.redirect(LIST, said))
        }
        Err(Error::Invalid(errors)) => {
            answer(&ctx, id, chosen, Problems::new(&errors, LABELS)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn owner(chosen: &str) -> Result<Option<OwnerRef>> {
    match chosen {
        "" => Err(Error::invalid("owner", Problem::Required)),
        NOBODY => Ok(None),
        id => match Uuid::try_parse(id) {
            Ok(id) => Ok(Some(OwnerRef::Id(id))),
            Err(_) => Err(Error::invalid("owner", Problem::NotOfAccount)),
        },
    }
}

async fn answer(
    ctx: &Ctx,
    id: Uuid,
    chosen: String,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let (user, leads, others, has_rotation) = ctx
        .run(move |conn, caller| {
            let user = find(conn, caller, id)?;
            let leads = leads::owned_by(conn, caller, id)?;
            let others = people::active_people(conn, caller)?;
            let has_rotation = !rotations::at_work(conn, caller)?.is_empty();
            Ok((user, leads, others, has_rotation))
        })
        .await?;
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Handover {
        page: ctx.page(Nav::Elsewhere),
        user,
        leads,
        others,
        has_rotation,
        chosen,
        problems,
    };
    render(status, &page)
}

fn said(leads: i64) -> String {
    let counted = filters::grouped(&leads.to_string());
    match leads {
        1 => format!("{counted} lead"),
        _ => format!("{counted} leads"),
    }
}
