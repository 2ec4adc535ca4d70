//! The pages. A handler takes a [`Ctx`] (or, in front of the door, a [`Visitor`]), asks the rooms
//! through it, and renders a template of the same path. What changes something is a POST that
//! ends in a redirect with a sentence for the next page.

pub mod assets;
mod csrf;
mod ctx;
mod doors;
mod errors;
// What filter_fn makes of each filter carries no docs of its own.
#[allow(missing_docs)]
pub mod filters;
mod flash;
mod form;
pub mod health;
mod hours;
mod page;
mod pieces;
mod received;
mod render;
mod routes;
mod session;
mod stale;
mod visitor;

mod audit;
mod campaigns;
mod home;
mod imports;
mod invitations;
mod leads;
mod login;
mod opt_out;
mod outbox;
mod places;
mod profile;
mod settings;
mod setup;
mod today;
mod workflows;

use actix_web::middleware::from_fn;
use actix_web::web::{self, PathConfig, ServiceConfig};

pub use ctx::Ctx;
pub use errors::Fault;
pub use flash::Flash;
pub use form::{Choice, Form, Problems, Query};
pub use page::{Nav, Page};
pub use received::Received;
pub use render::{redirect, render};
pub use visitor::Visitor;

use crate::routes::Route;
use crate::state::State;

/// Every page that is served.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    health::ROUTES
        .iter()
        .chain(assets::ROUTES)
        .chain(routes::ROUTES)
}

/// Serves the pages and what they are made of. It takes every path that is left, so it comes
/// last.
pub fn configure(config: &mut ServiceConfig, state: &web::Data<State>) {
    health::configure(config);
    assets::configure(config);
    config.service(
        web::scope("")
            .app_data(PathConfig::default().error_handler(errors::no_such_id))
            .wrap(from_fn(csrf::guard))
            .wrap(session::middleware(state))
            .wrap(from_fn(errors::dress))
            .configure(routes::configure)
            .default_service(web::to(errors::missing)),
    );
}
