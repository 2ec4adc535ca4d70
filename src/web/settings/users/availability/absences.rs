//! `POST /settings/users/{id}/absences` and `…/{absence}/removal`

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::show::page;
use super::{Form, Problems, path};
use crate::error::Error;
use crate::people;
use crate::web::{Ctx, Fault};

const LABELS: &[(&str, &str)] = &[("starts_on", "First day"), ("ends_on", "Last day")];

/// Says that a person is away. Without a last day it is the first alone.
///
/// # Errors
/// Not found; forbidden for anybody but the person and those who may change the account's people.
pub async fn add_absence(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let id = *id;
    let day = |name: &str| form.get(name).trim().parse::<NaiveDate>();
    let Ok(starts_on) = day("starts_on") else {
        let problems = Problems::one("starts_on", "Write the first day as 2026-12-24");
        return page(&ctx, id, &form, problems).await;
    };
    let ends_on = match form.get("ends_on").trim() {
        "" => Ok(starts_on),
        _ => day("ends_on"),
    };
    let Ok(ends_on) = ends_on else {
        let problems = Problems::one("ends_on", "Write the last day as 2026-12-31");
        return page(&ctx, id, &form, problems).await;
    };
    let added =
        ctx.run(move |conn, caller| people::add_absence(conn, caller, id, starts_on, ends_on));
    match added.await {
        Ok(_) => Ok(ctx.redirect(&path(id), "Noted. Rotations pass over whoever is away.")),
        Err(Error::Invalid(errors)) => page(&ctx, id, &form, Problems::new(&errors, LABELS)).await,
        Err(Error::Conflict(sentence)) => {
            page(&ctx, id, &form, Problems::one("starts_on", sentence)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes that back.
///
/// # Errors
/// Not found; forbidden for anybody but the person and those who may change the account's people.
pub async fn remove_absence(ctx: Ctx, ids: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, Fault> {
    let (id, absence) = *ids;
    ctx.run(move |conn, caller| people::remove_absence(conn, caller, id, absence))
        .await?;
    Ok(ctx.redirect(&path(id), "Taken out."))
}
