//! `GET /campaigns/{id}`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::campaigns;
use crate::web::{Ctx, Fault, redirect};

/// A campaign is its leads, so this leads to them.
///
/// # Errors
/// Not found.
pub async fn show(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let campaign = ctx
        .run(move |conn, caller| campaigns::find(conn, caller, id))
        .await?;
    Ok(redirect(&format!("/leads?campaign_id={}", campaign.id)))
}
