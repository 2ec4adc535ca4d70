//! Leads: the list, the page of each, its forms, and what is done to one.

mod address;
mod assignment;
mod changes;
mod chips;
mod choices;
mod columns;
mod create;
mod days;
mod destroy;
mod do_not_contact;
mod edit;
mod export;
mod fields;
mod found;
mod history;
mod index;
mod keep;
mod labels;
mod list;
mod merge;
mod new;
mod note;
mod own_fields;
mod own_list;
mod rail;
mod rotation_story;
mod rows;
mod run;
mod run_story;
mod sheet;
mod show;
mod steps;
mod story;
mod tabs;
mod tries;
mod typed;
mod update;

pub use assignment::{ask as ask_whose, give};
pub(in crate::web) use changes::{Difference, differences};
pub use create::create;
pub use destroy::{confirm, destroy};
pub use do_not_contact::{ask, blocked, leave_alone};
pub use edit::edit;
pub use export::export;
pub(in crate::web) use history::{Happening, happenings};
pub use index::index;
pub use keep::{archive, restore};
pub(in crate::web) use list::List;
pub use new::new;
pub use note::add_note;
pub(in crate::web) use own_fields::{catalogue_of, facts, loose_facts};
pub(in crate::web) use rows::said as value_said;
pub use run::{assign, move_to, pause, remove, resume, run_now, set_status, skip, snooze, take};
pub use show::show;
pub(in crate::web) use story::{actor, did, mentioned_by, updated};
pub use update::update;

use askama::Template;

use self::fields::Fields;
use self::merge::Prints;
use super::{Choice, Form, Nav, Page, Problems, filters};
use crate::error::Present;
use crate::leads::Lead;

/// The form of a new lead.
#[derive(Template)]
#[template(path = "leads/new.html")]
struct New {
    page: Page,
    fields: Fields,
    /// The lead that stands in its way.
    there: Option<Present>,
}

/// The form of a lead that is there.
#[derive(Template)]
#[template(path = "leads/edit.html")]
struct Edit {
    page: Page,
    lead: Lead,
    fields: Fields,
    /// What stood in the form when it was opened, as prints.
    was: String,
    /// Whether others have changed the lead since.
    clashed: bool,
    /// Fields both have changed.
    clashing: Vec<String>,
    /// Fields only others have changed.
    adopted: Vec<String>,
}

impl Edit {
    fn new(page: Page, lead: Lead, fields: Fields, was: &Prints) -> Self {
        Self {
            page,
            lead,
            fields,
            // Texts under texts can always be written down.
            was: serde_json::to_string(was).unwrap_or_default(),
            clashed: false,
            clashing: Vec::new(),
            adopted: Vec::new(),
        }
    }

    /// Where a field stands on the page.
    fn anchor(&self, name: &str) -> String {
        self.fields.anchor(name)
    }

    /// What stands in a field now.
    fn theirs(&self, name: &str) -> &str {
        said(self.fields.theirs(name).unwrap_or_default())
    }

    /// What was typed into it.
    fn mine(&self, name: &str) -> String {
        said(&self.fields.typed(name)).to_owned()
    }

    fn label<'a>(&'a self, name: &'a str) -> &'a str {
        self.fields.label(name)
    }
}

fn said(text: &str) -> &str {
    if text.is_empty() { "empty" } else { text }
}
