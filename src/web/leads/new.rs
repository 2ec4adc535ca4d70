//! `GET /leads/new`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::fields::{Fields, Offer};
use super::{Form, Nav, New, rows};
use crate::caller::Permission;
use crate::leads::Metadata;
use crate::web::{Ctx, Fault, render};

/// What the source of a lead is that somebody typed in.
const TYPED_IN: &str = "manual";

/// The empty form, with the person who opens it as owner.
///
/// # Errors
/// Forbidden without the right to write leads.
pub async fn new(ctx: Ctx) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let offer = ctx
        .run(|conn, caller| Offer::load(conn, caller, None))
        .await?;
    let me = ctx.person.id.to_string();
    let fields = Fields {
        form: Form::filled_with(&[("owner", &me), ("source", TYPED_IN)]),
        rows: rows::of(&Metadata::new(), &offer.catalogue),
        offer,
        ..Fields::default()
    };
    let page = ctx.page(Nav::Leads);
    let page = New {
        page,
        fields,
        there: None,
    };
    render(StatusCode::OK, &page)
}
