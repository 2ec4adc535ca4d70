//! Imports: a file of leads, from its upload over its columns and rules to what it did.

mod check;
mod choose_columns;
mod choose_rules;
mod columns;
mod create;
mod discard;
mod file;
mod fix;
mod index;
mod new;
mod progress;
mod read_file;
mod rejects;
mod rows;
mod rules;
mod show;
mod steps;
mod targets;
mod told;
mod turns;
mod words;

pub use check::check;
pub use choose_columns::choose_columns;
pub use choose_rules::choose_rules;
pub use columns::columns;
pub use create::create;
pub use discard::{confirm, discard};
pub use file::file;
pub use fix::fix;
pub use index::index;
pub use new::new;
pub use progress::{Progress, progress};
pub use read_file::read_file;
pub use rejects::rejects;
pub use rows::rows;
pub use rules::rules;
pub use show::show;
pub use steps::{Step, Steps, onward};
pub use turns::{cancel, go_on, run, undo};

use actix_web::HttpResponse;
use uuid::Uuid;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, Query, filters, redirect, render};
use crate::caller::Permission;
use crate::enrolment::imports::{self, Import};
use crate::error::Result;

const LIST: &str = "/imports";

/// An import that can still be changed, for somebody who may.
///
/// # Errors
/// Not found; forbidden without the right to import.
async fn to_change(ctx: &Ctx, id: Uuid) -> Result<Import> {
    ctx.caller.require(Permission::ImportLeads)?;
    ctx.run(move |conn, caller| imports::import(conn, caller, id))
        .await
}

/// The way to an import that has run, whose file, columns and rules stand; nothing while they can
/// be chosen.
fn closed(import: &Import) -> Option<HttpResponse> {
    let path = || format!("{LIST}/{}", import.id);
    import.state.has_run().then(|| redirect(&path()))
}
