//! The JSON API of contract §1 to §5, under `/api/public`. A handler takes a [`Call`], asks the
//! rooms through it once the key is known to be good, and answers with JSON. Whatever goes wrong
//! is JSON too.

mod body;
mod call;
mod entry;
mod fields;
mod list;
mod query;
mod refusal;
mod routes;
mod upload;

mod account;
mod account_dialect;
mod audit;
mod calling_numbers;
mod campaigns;
mod destinations;
mod lead_rotations;
mod lead_sources;
mod leads;
mod team;
mod teams;
mod workflows;

use actix_web::middleware::from_fn;
use actix_web::web::{self, PathConfig, ServiceConfig};

pub use account_dialect::ROUTES as ACCOUNT_DIALECT_ROUTES;
pub use body::Body;
pub use call::Call;
pub use refusal::Refusal;
pub use routes::ROUTES;

/// Where every path of the API begins.
pub const BASE: &str = "/api/public";

/// Serves the API.
pub fn configure(config: &mut ServiceConfig) {
    config.configure(account_dialect::configure).service(
        web::scope(BASE)
            .app_data(PathConfig::default().error_handler(refusal::no_uuid))
            .wrap(from_fn(refusal::dress))
            .configure(routes::configure)
            .default_service(web::to(refusal::no_path)),
    );
}
