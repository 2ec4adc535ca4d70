//! The first page.

use actix_web::HttpResponse;

use super::Ctx;
use super::render::redirect;

/// `GET /`: the day begins with the leads.
pub async fn index(_: Ctx) -> HttpResponse {
    redirect("/leads")
}
