//! What both faces share while the server runs.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use actix_web::{HttpRequest, web};

use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::observe::Metrics;
use crate::outreach::Policy;
use crate::secrets::Sealer;
use crate::slow::Slow;
use crate::uploads::Uploads;

/// Handed to every request as `web::Data<State>`.
pub struct State {
    /// The database.
    pub db: Db,
    /// Where the instant of each request comes from.
    pub clock: Clock,
    /// Threads for password hashing.
    pub slow: Slow,
    /// Threads for a word with another system, which may be long in answering.
    pub errands: Slow,
    /// Threads for files of leads, a few at once.
    pub imports: Slow,
    /// Where uploaded files are kept.
    pub uploads: Uploads,
    /// Threads for packing workbooks that leave.
    pub exports: Slow,
    /// What connectors may reach.
    pub policy: Policy,
    /// How people reach this server, without a slash at the end; invitation links start with it.
    pub public_url: String,
    /// Whether cookies are sent over TLS only.
    pub secure_cookies: bool,
    /// Whether `X-Forwarded-For` is believed.
    pub trust_proxy: bool,
    /// Signs cookies and form tokens.
    pub secret: [u8; 64],
    /// Opens what the database holds sealed, and makes the tokens of links.
    pub sealer: Arc<Sealer>,
    /// Set once there is an account; until then every page leads to `/setup`.
    pub founded: AtomicBool,
    /// What `/metrics` tells.
    pub metrics: Metrics,
}

impl State {
    /// What a request was handed.
    ///
    /// # Errors
    /// [`Error::Internal`] when the server was started without it.
    pub fn of(request: &HttpRequest) -> Result<web::Data<Self>> {
        let state = request.app_data::<web::Data<Self>>().cloned();
        state.ok_or_else(|| Error::internal("the server was started without its state"))
    }
}
