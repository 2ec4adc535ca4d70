//! `POST /campaigns`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Edit, Form, LABELS, Nav, Problems, input};
use crate::campaigns;
use crate::error::Error;
use crate::web::{Ctx, Fault, render};

/// Makes a campaign.
///
/// # Errors
/// Forbidden without the right to write campaigns.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    let input = input(&form);
    match ctx
        .run(move |conn, caller| campaigns::create(conn, caller, input))
        .await
    {
        Ok(campaign) => Ok(ctx.redirect(
            "/campaigns",
            format!("“{}” is ready for leads.", campaign.name),
        )),
        Err(Error::Invalid(errors)) => {
            let (page, problems) = (ctx.page(Nav::Campaigns), Problems::new(&errors, LABELS));
            let page = Edit {
                page,
                id: None,
                form: &form,
                problems,
            };
            render(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}
