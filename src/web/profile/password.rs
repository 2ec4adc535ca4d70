//! `POST /profile/password`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{own_password, page};
use crate::error::{Error, Result};
use crate::people;
use crate::web::{Ctx, Fault, Form, Problems};

const LABELS: &[(&str, &str)] = &[
    ("current_password", "Password now"),
    ("password", "New password"),
];

/// Changes the password of whoever knows the present one.
///
/// # Errors
/// [`Error::Internal`].
pub async fn update(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    match change(&ctx, form.get("current_password"), form.get("password")).await {
        Ok(()) => {
            let said = "Your password is changed. Everywhere else you are signed out.";
            Ok(ctx.redirect("/profile", said))
        }
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn change(ctx: &Ctx, old: &str, new: &str) -> Result<()> {
    people::check_password(new, &ctx.person.email)?;
    own_password::check(ctx, "current_password", old).await?;
    let (new, current) = (new.to_owned(), Some(ctx.signed_in.id));
    let hash = ctx.state.slow.run(move || people::hash_password(&new));
    let hash = hash.await?;
    ctx.run(move |conn, caller| people::change_password(conn, caller, &hash, current))
        .await
}
