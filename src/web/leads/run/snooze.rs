//! `POST /leads/{id}/run/snooze`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::act;
use crate::error::{Error, Problem};
use crate::web::{Ctx, Fault, Form, Query, filters};
use crate::when;
use crate::workflows;

/// Puts the step a lead is at off, until when somebody says in their own words.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn snooze(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, form| {
        let zone = caller.account.time_zone;
        let until = when::parse(form.get("until"), caller.now, zone);
        let until = until.map_err(|said| Error::invalid("until", Problem::Said(said.into())))?;
        workflows::snooze(conn, caller, id, until)?;
        let until = filters::to_come(until, caller.now, zone);
        Ok(format!("The step waits until {until}."))
    })
    .await
}
