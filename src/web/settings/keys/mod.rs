//! API keys: the list, a new one, which is shown once, and taking one back.

mod create;
mod index;
mod new;
mod revoke;

pub use create::create;
pub use index::index;
pub use new::new;
pub use revoke::{confirm, revoke};

use askama::Template;

use super::{Choice, Ctx, Form, Nav, Page, Problems, filters};
use crate::caller::Scope;
use crate::error::Result;
use crate::people;

/// The form.
#[derive(Template)]
#[template(path = "settings/keys/new.html")]
struct New<'a> {
    page: Page,
    form: &'a Form,
    problems: Problems,
    /// For whom it can act: the account, which is first, or one of its people.
    people: Vec<Choice>,
}

impl New<'_> {
    /// Every scope: its word, what it means, whether it is ticked. At first all are.
    fn scopes(&self) -> Vec<(&'static str, &'static str, bool)> {
        let fresh = self.form.pairs().is_empty();
        let ticked = |word| fresh || self.form.all("scopes").any(|one| one == word);
        Scope::ALL
            .iter()
            .map(|one| (one.as_str(), says(*one), ticked(one.as_str())))
            .collect()
    }
}

fn says(scope: Scope) -> &'static str {
    match scope {
        Scope::LeadsRead => "Read leads and campaigns",
        Scope::LeadsWrite => "Make and change leads and campaigns",
        Scope::WorkflowsRead => "Read workflows",
        Scope::WorkflowsWrite => "Change workflows",
        Scope::SettingsRead => "Read settings",
        Scope::SettingsWrite => "Change settings",
    }
}

/// For whom a key can act, as it is chosen in the form.
async fn people(ctx: &Ctx, form: &Form) -> Result<Vec<Choice>> {
    let people = ctx.run(people::active_people).await?;
    let chosen = form.get("person");
    let account = Choice::new("", "The account", chosen);
    let people = people.into_iter();
    let people = people.map(|one| Choice::new(one.email.clone(), one.name, chosen));
    Ok([account].into_iter().chain(people).collect())
}

/// Where programs send their requests.
fn api(ctx: &Ctx) -> String {
    format!("{}/api/public", ctx.state.public_url)
}
