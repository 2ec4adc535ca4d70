//! `POST /settings/fields/promotion`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::index::page;
use super::{Ctx, Fault, Form, LIST, called, problems};
use crate::caller::Permission;
use crate::fields::{self, FieldInput, Kind};
use crate::leads;

/// Makes a field of a key that leads have, of the type that all of its values are of, and opens it
/// to be named.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn promote(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    // As it is: a key may have blanks around it.
    let key = form.get("key").to_owned();
    let made = ctx.run(move |conn, caller| {
        let figures = leads::key_figures(conn, caller, &[&key])?;
        let figures = figures.into_iter().find(|one| one.key == key);
        let kind = figures.map_or(Kind::Text, |one| one.kind);
        fields::create(conn, caller, &key, FieldInput::of_key(&key, kind))
    });
    match made.await {
        Ok(field) => {
            let kind = called(field.kind);
            let said = format!("“{}” is a field now, of type {kind}.", field.label);
            Ok(ctx.redirect(&format!("{LIST}/{}", field.id), said))
        }
        Err(error) => {
            let problems = problems(error)?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, problems).await
        }
    }
}
