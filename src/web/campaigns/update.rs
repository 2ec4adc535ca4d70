//! `POST /campaigns/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Edit, Form, LABELS, Nav, Problems, input};
use crate::campaigns;
use crate::error::Error;
use crate::web::{Ctx, Fault, render};

/// Takes the changes.
///
/// # Errors
/// Not found; forbidden without the right to write campaigns.
pub async fn update(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let (id, input) = (*id, input(&form));
    match ctx
        .run(move |conn, caller| campaigns::update(conn, caller, id, |_| input))
        .await
    {
        Ok(campaign) => Ok(ctx.redirect("/campaigns", format!("“{}” is saved.", campaign.name))),
        Err(Error::Invalid(errors)) => {
            let (page, problems) = (ctx.page(Nav::Campaigns), Problems::new(&errors, LABELS));
            let page = Edit {
                page,
                id: Some(id),
                form: &form,
                problems,
            };
            render(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}
