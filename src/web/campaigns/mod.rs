//! Campaigns: tags on leads, made, renamed and taken away again; the leads live on.

mod create;
mod destroy;
mod edit;
mod index;
mod new;
mod show;
mod update;

pub use create::create;
pub use destroy::{confirm, destroy};
pub use edit::edit;
pub use index::index;
pub use new::new;
pub use show::show;
pub use update::update;

use askama::Template;
use uuid::Uuid;

use super::{Form, Nav, Page, Problems, filters};
use crate::campaigns::CampaignInput;

const LABELS: &[(&str, &str)] = &[("name", "Name"), ("description", "Description")];

/// The form of a new campaign, or, with an id, of one that is there.
#[derive(Template)]
#[template(path = "campaigns/edit.html")]
struct Edit<'a> {
    page: Page,
    id: Option<Uuid>,
    form: &'a Form,
    problems: Problems,
}

fn input(form: &Form) -> CampaignInput {
    CampaignInput {
        name: form.get("name").to_owned(),
        description: form.filled("description").map(str::to_owned),
    }
}
