//! `POST /settings/users/{id}/availability`

use actix_web::{HttpResponse, web};
use chrono_tz::Tz;
use uuid::Uuid;

use super::show::page;
use super::{Form, Problems, path};
use crate::people;
use crate::web::hours::Hours;
use crate::web::{Ctx, Fault};

/// Says when a person works.
///
/// # Errors
/// Not found; forbidden for anybody but the person and those who may change the account's people.
pub async fn set_hours(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let id = *id;
    let hours = match form.get("hours") {
        "these" => match Hours::typed(&form).read() {
            Ok(hours) => Some(hours),
            Err(problems) => return page(&ctx, id, &form, problems).await,
        },
        _ => None,
    };
    let zone: Option<Tz> = match form.get("time_zone") {
        "" => None,
        zone => match zone.parse() {
            Ok(zone) => Some(zone),
            Err(_) => {
                let problems = Problems::one("time_zone", "Choose a time zone");
                return page(&ctx, id, &form, problems).await;
            }
        },
    };
    ctx.run(move |conn, caller| people::set_working_hours(conn, caller, id, hours.as_ref(), zone))
        .await?;
    Ok(ctx.redirect(&path(id), "Saved."))
}
