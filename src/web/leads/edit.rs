//! `GET /leads/{id}/edit`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::fields::{Fields, Offer};
use super::sheet::Sheet;
use super::{Edit, Nav};
use crate::caller::Permission;
use crate::leads;
use crate::web::{Ctx, Fault, render};

/// The lead as it is.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn edit(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let id = *id;
    let (view, offer) = ctx
        .run(move |conn, caller| {
            let view = leads::find(conn, caller, id)?;
            let offer = Offer::load(conn, caller, Some(&view))?;
            Ok((view, offer))
        })
        .await?;
    let sheet = Sheet::of(&view.lead);
    let mut fields = Fields::default();
    fields.fill(&sheet, &offer.catalogue);
    fields.offer = offer;
    let page = ctx.page(Nav::Leads);
    render(
        StatusCode::OK,
        &Edit::new(page, view.lead, fields, &sheet.prints()),
    )
}
