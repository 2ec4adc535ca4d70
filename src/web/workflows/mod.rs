//! Workflows: which there are, what each of them does with a lead, and how it is built.

mod activation;
mod cards;
mod create;
mod duplicate;
mod edit;
mod ending;
mod index;
mod new;
pub mod nodes;
mod pause;
mod picture;
mod publication;
mod show;
mod simulation;
mod sms;
pub mod statuses;
mod update;
mod words;

pub use activation::activate;
pub use cards::anchor;
pub use create::create;
pub use duplicate::duplicate;
pub use edit::edit;
pub use ending::{
    cancel, complete, confirm_cancellation, confirm_completion, confirm_deletion, destroy,
};
pub use index::index;
pub use new::new;
pub use pause::{pause, resume};
pub use publication::{confirm, publish};
pub use show::show;
pub use update::update;
pub use words::outcome as outcome_words;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::hours::Hours;
use super::{Choice, Fault, Form, Nav, Page, Problems, filters, render};
use crate::workflows::Workflow;

const LABELS: &[(&str, &str)] = &[("name", "Name"), ("description", "Description")];

/// The form of a new workflow, or of one that is there.
#[derive(Template)]
#[template(path = "workflows/edit.html")]
struct Details {
    page: Page,
    workflow: Option<Workflow>,
    form: Form,
    /// Of a workflow that is there.
    hours: Option<Hours>,
    problems: Problems,
}

impl Details {
    fn answer(self) -> Result<HttpResponse, Fault> {
        let status = match self.problems.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        render(status, &self)
    }

    fn priorities(&self) -> Vec<Choice> {
        let current = self.form.get("priority");
        [
            ("high", "Before others"),
            ("normal", "As usual"),
            ("low", "After others"),
        ]
        .into_iter()
        .map(|(word, label)| Choice::new(word, label, current))
        .collect()
    }

    fn when_away(&self) -> Vec<Choice> {
        let current = self.form.get("when_away");
        [
            ("stay", "Steps stay on their list"),
            ("hand_over", "Everybody may do them"),
            ("shift", "Steps wait until they are back"),
        ]
        .into_iter()
        .map(|(word, label)| Choice::new(word, label, current))
        .collect()
    }

    fn goals(&self) -> Vec<Choice> {
        let current = self.form.get("goal_type");
        [
            ("appointment", "An appointment"),
            ("sale", "A sale"),
            ("qualification", "To qualify the lead"),
            ("none", "Nothing that is counted"),
        ]
        .into_iter()
        .map(|(word, label)| Choice::new(word, label, current))
        .collect()
    }
}
