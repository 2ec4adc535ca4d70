//! What the leads of a workflow are called: its statuses, in the order a lead goes through them.

mod create;
mod destroy;
mod edit;
mod index;
mod shift;
mod update;

pub use create::create;
pub use destroy::destroy;
pub use edit::edit;
pub use index::index;
pub use shift::shift;
pub use update::update;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use uuid::Uuid;

use super::{Choice, Form, Nav, Page, Problems, filters};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Noun, Result};
use crate::web::{Ctx, Fault, render};
use crate::workflows::{self, Category, Status, StatusInput, Workflow};

const LABELS: &[(&str, &str)] = &[
    ("label", "Name"),
    ("key", "Key"),
    ("color", "Colour"),
    ("category", "Meaning"),
];

/// The list and the form of another one; or the form of one that is there.
#[derive(Template)]
#[template(path = "workflows/statuses/index.html")]
struct Statuses {
    page: Page,
    workflow: Workflow,
    /// The one that is edited.
    edited: Option<Uuid>,
    form: Form,
    problems: Problems,
    may_edit: bool,
}

impl Statuses {
    fn new(ctx: &Ctx, workflow: Workflow, form: Form, problems: Problems) -> Self {
        Self {
            page: ctx.page(Nav::Workflows),
            may_edit: ctx.may(Permission::WriteWorkflows) && workflow.row.status.takes_leads(),
            workflow,
            edited: None,
            form,
            problems,
        }
    }

    fn answer(self) -> Result<HttpResponse, Fault> {
        let status = match self.problems.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        render(status, &self)
    }

    fn categories(&self) -> Vec<Choice> {
        let current = self.form.get("category");
        [
            ("open", "Nothing has happened yet"),
            ("active", "On its way"),
            ("won", "Won"),
            ("lost", "Lost"),
        ]
        .into_iter()
        .map(|(word, label)| Choice::new(word, label, current))
        .collect()
    }

    fn list(&self) -> String {
        list(self.workflow.row.id)
    }

    fn action(&self) -> String {
        let list = self.list();
        match self.edited {
            Some(id) => format!("{list}/{id}"),
            None => list,
        }
    }
}

/// What a form says. A key that nobody has named is made from the name.
fn input(form: &Form) -> StatusInput {
    let label = form.get("label").trim();
    let key = match form.filled("key") {
        Some(key) => key.to_owned(),
        None => key_of(label),
    };
    StatusInput {
        key,
        label: label.to_owned(),
        color: form.get("color").to_owned(),
        category: form.get("category").parse().unwrap_or(Category::Active),
        is_terminal: form.has("is_terminal"),
    }
}

/// "meeting_booked" for "Meeting booked!".
fn key_of(label: &str) -> String {
    let folded = crate::text::fold(label);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").chars().take(50).collect()
}

fn find(
    conn: &mut PgConnection,
    caller: &Caller,
    (workflow, status): (Uuid, Uuid),
) -> Result<(Workflow, Status)> {
    let workflow = workflows::find(conn, caller, workflow)?;
    let known = workflow.statuses.iter().find(|one| one.id == status);
    let known = known.cloned().ok_or(Error::NotFound(Noun::Status))?;
    Ok((workflow, known))
}

fn list(workflow: Uuid) -> String {
    format!("/workflows/{workflow}/statuses")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_from_the_name() {
        assert_eq!(key_of("Meeting booked!"), "meeting_booked");
        assert_eq!(key_of(" Señal débil "), "senal_debil");
        assert_eq!(key_of("…"), "");
    }
}
