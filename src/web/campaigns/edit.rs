//! `GET /campaigns/{id}/edit`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Edit, Form, Nav, Problems};
use crate::caller::Permission;
use crate::campaigns;
use crate::web::{Ctx, Fault, render};

/// The campaign as it is.
///
/// # Errors
/// Not found; forbidden without the right to write campaigns.
pub async fn edit(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteCampaigns)?;
    let id = *id;
    let campaign = ctx
        .run(move |conn, caller| campaigns::find(conn, caller, id))
        .await?;
    let form = Form::filled_with(&[
        ("name", &campaign.name),
        (
            "description",
            campaign.description.as_deref().unwrap_or_default(),
        ),
    ]);
    let page = ctx.page(Nav::Campaigns);
    let problems = Problems::default();
    render(
        StatusCode::OK,
        &Edit {
            page,
            id: Some(id),
            form: &form,
            problems,
        },
    )
}
