//! `POST /profile/password`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::page;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::people;
use crate::web::{Ctx, Fault, Form, Problems, filters};

/// Changes the password of whoever knows the present one; tries are counted as at the door.
///
/// # Errors
/// [`Error::Internal`].
pub async fn update(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    let errors = match change(&ctx, form.get("current_password"), form.get("password")).await {
        Ok(()) => {
            let said = "Your password is changed. Everywhere else you are signed out.";
            return Ok(ctx.redirect("/profile", said));
        }
        Err(Error::Invalid(errors)) => errors,
        Err(Error::TooMany {
            retry_after_seconds,
        }) => {
            let wait = filters::span(retry_after_seconds);
            said(
                "current_password",
                format!("Too many tries. Wait {wait}, then try again."),
            )
        }
        Err(error) => return Err(error.into()),
    };
    let labels = [
        ("current_password", "Password now"),
        ("password", "New password"),
    ];
    page(
        &ctx,
        StatusCode::UNPROCESSABLE_ENTITY,
        Problems::new(&errors, &labels),
    )
    .await
}

async fn change(ctx: &Ctx, old: &str, new: &str) -> Result<()> {
    let (email, ip) = (ctx.person.email.clone(), ctx.ip());
    people::check_password(new, &email)?;
    let (old, new, current) = (old.to_owned(), new.to_owned(), Some(ctx.signed_in.id));
    let counted = ctx.run(move |conn, caller| people::attempt(conn, &email, ip, caller.now));
    let candidate = counted.await?;
    let hash = ctx.state.slow.run(move || {
        if !people::verify(&old, candidate.hash.as_deref()) {
            let wrong = "This is not your password now".into();
            return Err(Error::invalid("current_password", Problem::Said(wrong)));
        }
        people::hash_password(&new)
    });
    let hash = hash.await?;
    ctx.run(move |conn, caller| people::change_password(conn, caller, &hash, current))
        .await
}

fn said(field: &'static str, sentence: String) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.push(field, Problem::Said(sentence.into()));
    errors
}
