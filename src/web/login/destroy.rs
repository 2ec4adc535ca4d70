//! `POST /logout`

use actix_web::HttpResponse;

use crate::web::Ctx;

/// Signs out: the session is gone, not only the cookie.
pub async fn destroy(ctx: Ctx) -> HttpResponse {
    ctx.sign_out()
}
