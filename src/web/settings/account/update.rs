//! `POST /settings/account`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::edit::page;
use super::{Form, LABELS, Problems, duplicates};
use crate::accounts::{self, NewAccount};
use crate::error::{Error, FieldErrors};
use crate::web::{Ctx, Fault};

/// Takes the changes.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn update(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    let input = NewAccount {
        name: form.get("name").to_owned(),
        default_country: form.get("default_country").to_owned(),
        time_zone: form.get("time_zone").to_owned(),
    };
    let mut errors = FieldErrors::default();
    let duplicates = duplicates::chosen(&form, ctx.caller.account.duplicates, &mut errors);
    let updated = ctx.run(move |conn, caller| {
        let input = errors.or(input)?;
        accounts::update(conn, caller, input, duplicates)
    });
    match updated.await {
        Ok(_) => Ok(ctx.redirect("/settings/account", "Saved.")),
        Err(Error::Invalid(errors)) => {
            let (status, problems) = (
                StatusCode::UNPROCESSABLE_ENTITY,
                Problems::new(&errors, LABELS),
            );
            page(
                &ctx,
                status,
                Some(&form),
                problems,
                None,
                Problems::default(),
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}
