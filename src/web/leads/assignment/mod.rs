//! Giving leads to a person: those that are ticked in the list, or all that it holds.

mod ask;
mod give;

pub use ask::ask;
pub use give::give;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use uuid::Uuid;

use super::chips::{Chip, chips};
use super::list::List;
use super::{Choice, Form, Nav, Page, Problems, filters};
use crate::caller::Person;
use crate::fields::catalogue;
use crate::leads::{self, ASSIGNED_AT_ONCE, Facets, Total};
use crate::rotations::{self, AtWork};
use crate::web::{Ctx, Fault, render};

/// The word for nobody in the field of the new owner.
pub const NOBODY: &str = "none";
/// The word there for whoever's turn it is by the rotation of the lead's team, else by the default.
pub const IN_TURN: &str = "rotation";
/// What stands there before the id of a rotation.
pub const BY_ROTATION: &str = "rotation:";

/// Whose the leads could be, by e-mail: first of all oneself, then whoever's turn it is.
pub fn people(facets: &Facets, rotations: &[AtWork], me: &Person, current: &str) -> Vec<Choice> {
    let others = facets.owners.iter().filter(|one| one.value != me.email);
    let mut people = vec![
        Choice::new("", "Choose…", current),
        Choice::new(&me.email, format!("{} (you)", me.name), current),
    ];
    if !rotations.is_empty() {
        people.push(Choice::new(IN_TURN, "Whoever’s turn it is", current));
    }
    people.extend(rotations.iter().map(|one| {
        let word = format!("{BY_ROTATION}{}", one.id);
        Choice::new(word, rotation_named(one), current)
    }));
    people.extend(others.map(|one| Choice::new(&one.value, &one.label, current)));
    people.push(Choice::new(NOBODY, "Nobody", current));
    people
}

/// What is asked for: these leads, or all of the list.
struct Asked {
    list: List,
    /// The ticked leads; none when the whole list is meant.
    ticked: Vec<Uuid>,
}

/// The page that asks whose they shall be.
#[derive(Template)]
#[template(path = "leads/assignment.html")]
struct Ask {
    page: Page,
    asked: Asked,
    chips: Vec<Chip>,
    people: Vec<Choice>,
    problems: Problems,
    total: Total,
}

impl Asked {
    /// The page, after a form that could not be taken too.
    ///
    /// # Errors
    /// When the database can't be asked.
    async fn answer(
        self,
        ctx: &Ctx,
        form: &Form,
        problems: Problems,
    ) -> Result<HttpResponse, Fault> {
        let query = self.list.query.clone();
        let ticked = self.ticked.len() as i64;
        let (facets, catalogue, rotations, total) = ctx
            .run(move |conn, caller| {
                let facets = leads::facets(conn, caller)?;
                let catalogue = catalogue(conn, caller.account.id)?;
                let total = match ticked {
                    0 => leads::count(conn, caller, &query, ASSIGNED_AT_ONCE + 1)?,
                    ticked => ticked,
                };
                let rotations = rotations::at_work(conn, caller)?;
                Ok((facets, catalogue, rotations, Total::of(total)))
            })
            .await?;
        let status = match problems.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let ask = Ask {
            page: ctx.page(Nav::Leads),
            chips: chips(
                &self.list,
                &facets,
                &catalogue,
                ctx.caller.account.time_zone,
            ),
            people: people(&facets, &rotations, &ctx.person, form.get("owner")),
            asked: self,
            problems,
            total,
        };
        render(status, &ask)
    }
}

impl Ask {
    /// "412 leads", "1 lead".
    fn counted(&self) -> String {
        said(self.total)
    }

    fn action(&self) -> String {
        self.asked.list.assignment()
    }

    fn back(&self) -> String {
        self.asked.list.url()
    }
}

/// How a rotation is called where leads are given.
fn rotation_named(rotation: &AtWork) -> String {
    match rotation.is_default() {
        true => "By the default rotation".to_owned(),
        false => format!("By the rotation “{}”", rotation.name),
    }
}

fn said(total: Total) -> String {
    let counted = filters::counted_words(total);
    match total.leads {
        1 => format!("{counted} lead"),
        _ => format!("{counted} leads"),
    }
}
