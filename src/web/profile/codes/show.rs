//! `GET /profile/codes`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::page;
use crate::web::{Ctx, Fault, Problems};

/// How it stands with one's codes, and what to do next.
///
/// # Errors
/// When the database can't be asked.
pub async fn show(ctx: Ctx) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, Problems::default()).await
}
