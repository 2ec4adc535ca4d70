//! The first start: the account and its owner. Once there is an account there is no such page.

mod create;
mod new;

pub use create::create;
pub use new::new;

use askama::Template;

use super::{Choice, Form, Problems, Visitor, filters, places};
use crate::error::{Error, Noun, Result};

/// The page.
#[derive(Template)]
#[template(path = "setup/new.html")]
struct Setup<'a> {
    visitor: &'a Visitor,
    form: &'a Form,
    problems: Problems,
}

impl Setup<'_> {
    fn countries(&self) -> Vec<Choice> {
        places::countries(self.form.filled("default_country").unwrap_or("US"))
    }

    fn zones(&self) -> Vec<Choice> {
        places::zones(self.form.filled("time_zone").unwrap_or("UTC"))
    }

    /// Whether the browser may propose its own country and zone.
    fn is_fresh(&self) -> bool {
        self.form.pairs().is_empty()
    }
}

/// Nothing is here once there is an account.
fn only_once(visitor: &Visitor) -> Result<()> {
    if visitor.founded {
        Err(Error::NotFound(Noun::Page))
    } else {
        Ok(())
    }
}
