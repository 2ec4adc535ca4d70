//! The account's name, country and zone, what becomes of leads it has already, when its leads may be
//! contacted, which of them its reps see, and who has to have two-factor codes.

mod codes;
mod duplicates;
mod edit;
mod hours;
mod update;
mod visibility;

pub use codes::require_codes;
pub use edit::edit;
pub use hours::set_hours;
pub use update::update;
pub use visibility::set_reps_see;

use askama::Template;

use super::{Choice, Form, Page, Problems, filters, places};
use crate::caller::{RepsSee, Role};
use crate::web::hours::Hours;

const LABELS: &[(&str, &str)] = &[
    ("name", "Name"),
    ("default_country", "Country"),
    ("time_zone", "Time zone"),
    ("duplicates_by_form", "Added by hand"),
    ("duplicates_by_api", "Sent by the API"),
    ("duplicates_by_file", "In a file"),
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
    /// What reps can see of its leads, and whether it is that.
    reps_see: Vec<(RepsSee, bool)>,
    /// Every role, and whether its people have to have two-factor codes.
    roles: Vec<(Role, bool)>,
}

impl Edit<'_> {
    fn countries(&self) -> Vec<Choice> {
        places::countries(self.form.get("default_country"))
    }

    fn duplicates(&self, field: &str) -> Vec<Choice> {
        duplicates::choices(self.form.get(field))
    }

    fn zones(&self) -> Vec<Choice> {
        places::zones(self.form.get("time_zone"))
    }
}
