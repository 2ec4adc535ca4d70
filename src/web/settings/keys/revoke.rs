//! `GET` and `POST /settings/keys/{id}/revocation`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Nav, Page, filters};
use crate::accounts;
use crate::error::{Error, Noun};
use crate::web::{Ctx, Fault, render};

/// The page that asks before.
#[derive(Template)]
#[template(path = "settings/keys/revoke.html")]
struct Revoke {
    page: Page,
    name: String,
    last_used_at: Option<DateTime<Utc>>,
    action: String,
}

/// Asks whether a key is to be revoked.
///
/// # Errors
/// Not found when there is no such key, or it is revoked already.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let keys = ctx.run(accounts::keys).await?;
    let live = keys
        .into_iter()
        .find(|key| key.id == *id && key.revoked_at.is_none());
    let key = live.ok_or(Error::NotFound(Noun::ApiKey))?;
    let page = Revoke {
        page: ctx.page(Nav::Elsewhere),
        name: key.name,
        last_used_at: key.last_used_at,
        action: format!("/settings/keys/{id}/revocation"),
    };
    render(StatusCode::OK, &page)
}

/// Revokes it.
///
/// # Errors
/// Forbidden without the right to change settings; not found.
pub async fn revoke(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| accounts::revoke_key(conn, caller, id))
        .await?;
    Ok(ctx.redirect("/settings/keys", "The key is revoked."))
}
