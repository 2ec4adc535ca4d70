//! Imports: a file of leads, from its upload over its columns and rules to what it did.

mod create;
mod discard;
mod file;
mod index;
mod new;
mod read_file;
mod steps;
mod words;

pub use create::create;
pub use discard::{confirm, discard};
pub use file::file;
pub use index::index;
pub use new::new;
pub use read_file::read_file;
pub use steps::{Step, Steps};

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
