//! The account dialect of contract §5: camelCase, bare objects, integer ids, people by e-mail. A call
//! that carries `X-Account-Id` speaks it. The scope that [`configure`] serves is asked first and takes
//! all of those calls, so that nothing else has to know which dialect it is in; what §5 does not have
//! is answered there as in the standard dialect.

mod lead_rotations;
mod lead_sources;
mod leads;
mod list;
mod named;
mod people;
mod refusal;
mod routes;
mod teams;

use actix_web::guard::fn_guard;
use actix_web::middleware::from_fn;
use actix_web::web::{self, PathConfig, ServiceConfig};

pub use routes::ROUTES;

use super::call::ACCOUNT_ID;
use super::refusal::{no_path, no_uuid};
use super::{BASE, routes as standard};

/// Serves the calls that name their account.
pub fn configure(config: &mut ServiceConfig) {
    let names_account = fn_guard(|request| request.head().headers().contains_key(ACCOUNT_ID));
    config.service(
        web::scope(BASE)
            .guard(names_account)
            .app_data(PathConfig::default().error_handler(no_uuid))
            .wrap(from_fn(refusal::dress))
            .configure(routes::configure)
            .configure(standard::configure)
            .default_service(web::to(no_path)),
    );
}
