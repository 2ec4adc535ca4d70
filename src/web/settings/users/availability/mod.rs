//! When a person works, and the days they are away: for themselves, and for admins.

mod absences;
mod hours;
mod show;

pub use absences::{add_absence, remove_absence};
pub use hours::set_hours;
pub use show::show;

use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

use super::{Choice, Form, Nav, Page, Problems, filters};
use crate::people::{Absence, Availability};
use crate::web::hours::Hours;
use crate::web::places;

/// The page.
#[derive(Template)]
#[template(path = "settings/users/availability.html")]
struct Show<'a> {
    page: Page,
    person: Availability,
    hours: Hours,
    /// Whether the hours above are kept to.
    has_hours: bool,
    form: &'a Form,
    problems: Problems,
}

impl Show<'_> {
    fn zones(&self) -> Vec<Choice> {
        let present = self.person.zone.map_or("", |zone| zone.name());
        let current = match self.form.has("time_zone") {
            true => self.form.get("time_zone"),
            false => present,
        };
        let mut zones = vec![Choice::new("", "The account’s", current)];
        zones.extend(places::zones(current));
        zones
    }

    /// "24 Dec 2026 to 2 Jan 2027", or one day.
    fn days(&self, absence: &Absence) -> String {
        let day = |day: NaiveDate| day.format("%-d %b %Y").to_string();
        match absence.starts_on == absence.ends_on {
            true => day(absence.starts_on),
            false => format!("{} to {}", day(absence.starts_on), day(absence.ends_on)),
        }
    }

    fn is_oneself(&self) -> bool {
        self.person.user_id == self.page.person.id
    }
}

/// The page of a person.
fn path(id: Uuid) -> String {
    format!("/settings/users/{id}/availability")
}
