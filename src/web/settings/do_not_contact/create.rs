//! `POST /settings/do-not-contact`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::index::page;
use super::{Ctx, Fault, Form, Problems};
use crate::caller::Permission;
use crate::do_not_contact::{self, Kind, NewEntry, Source};
use crate::error::Error;

const LABELS: &[(&str, &str)] = &[
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("reason", "Reason"),
];

/// Puts a number, an address or both on the list.
///
/// # Errors
/// Forbidden without the right to write leads.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let reason = form.get("reason").to_owned();
    let named = [("phone", Kind::Phone), ("email", Kind::Email)];
    let named = named
        .into_iter()
        .filter_map(|(field, kind)| Some((kind, form.filled(field)?.to_owned())));
    let new: Vec<NewEntry> = named
        .map(|(kind, value)| NewEntry {
            kind,
            value,
            reason: reason.clone(),
        })
        .collect();
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if new.is_empty() {
        let problems = Problems::one("phone", "Give a phone number, an e-mail address, or both");
        return page(&ctx, status, &Form::default(), &form, problems).await;
    }
    let wanted = new.len();
    let added = ctx.run(move |conn, caller| do_not_contact::add(conn, caller, new, Source::Person));
    match added.await {
        Ok(added) => {
            let said = match added.len() {
                0 => "That was on the list already.",
                added if added < wanted => "Added; the other was on the list already.",
                _ => "Added. Nobody is called or written to there any more.",
            };
            Ok(ctx.redirect("/settings/do-not-contact", said))
        }
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            page(&ctx, status, &Form::default(), &form, problems).await
        }
        Err(error) => Err(error.into()),
    }
}
