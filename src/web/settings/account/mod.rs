//! The account's name, country and zone, and when its leads may be contacted.

mod edit;
mod hours;
mod update;

pub use edit::edit;
pub use hours::set_hours;
pub use update::update;

use askama::Template;

use super::{Choice, Form, Page, Problems, filters, places};
use crate::web::hours::Hours;

const LABELS: &[(&str, &str)] = &[
    ("name", "Name"),
    ("default_country", "Country"),
    ("time_zone", "Time zone"),
];

/// The page.
#[derive(Template)]
#[template(path = "settings/account/edit.html")]
struct Edit<'a> {
    page: Page,
    number: i64,
    form: &'a Form,
    problems: Problems,
    hours: Hours,
    hours_problems: Problems,
}

impl Edit<'_> {
    fn countries(&self) -> Vec<Choice> {
        places::countries(self.form.get("default_country"))
    }

    fn zones(&self) -> Vec<Choice> {
        places::zones(self.form.get("time_zone"))
    }
}
