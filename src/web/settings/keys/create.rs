//! `POST /settings/keys`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::{Form, Nav, New, Page, Problems, api, filters, people};
use crate::accounts::{self, NewKey};
use crate::caller::{Permission, Scope};
use crate::error::{Error, Problem, Result};
use crate::web::{Ctx, Fault, render};

const LABELS: &[(&str, &str)] = &[
    ("name", "Name"),
    ("expires_on", "Valid until"),
    ("scopes", "What it may do"),
    ("person", "Acts for"),
];

/// The page that shows the key, once.
#[derive(Template)]
#[template(path = "settings/keys/created.html")]
struct Created {
    page: Page,
    name: String,
    secret: String,
    api: String,
}

/// Makes a key. It is shown in the answer itself and nowhere else, so there is no redirect.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    match made(&ctx, &form).await {
        Ok((key, secret)) => {
            let page = ctx.page(Nav::Elsewhere);
            let page = Created {
                page,
                name: key.name,
                secret,
                api: api(&ctx),
            };
            render(StatusCode::CREATED, &page)
        }
        Err(Error::Invalid(mut errors)) => {
            for error in errors
                .0
                .iter_mut()
                .filter(|error| error.field == "expires_at")
            {
                error.field = "expires_on".into();
            }
            let problems = Problems::new(&errors, LABELS);
            let page = New {
                page: ctx.page(Nav::Elsewhere),
                form: &form,
                problems,
                people: people(&ctx, &form).await?,
            };
            render(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn made(ctx: &Ctx, form: &Form) -> Result<(accounts::Key, String)> {
    ctx.caller.require(Permission::WriteSettings)?;
    let scopes: Vec<Scope> = form
        .all("scopes")
        .filter_map(|word| word.parse().ok())
        .collect();
    if scopes.is_empty() {
        let nothing = "Tick at least one thing the key may do".into();
        return Err(Error::invalid("scopes", Problem::Said(nothing)));
    }
    let expires_at = match form.filled("expires_on") {
        Some(day) => Some(end_of(day, ctx.caller.account.time_zone)?),
        None => None,
    };
    let input = NewKey {
        name: form.get("name").to_owned(),
        scopes,
        expires_at,
        person: form.filled("person").map(str::to_owned),
    };
    ctx.run(move |conn, caller| accounts::create_key(conn, caller, input))
        .await
}

/// The last instant of a day in the account's zone.
fn end_of(day: &str, zone: Tz) -> Result<DateTime<Utc>> {
    let wrong = || Error::invalid("expires_on", Problem::MustBe("a date such as 2027-03-31"));
    let day: NaiveDate = day.parse().map_err(|_| wrong())?;
    let next = day
        .succ_opt()
        .and_then(|next| next.and_hms_opt(0, 0, 0))
        .ok_or_else(wrong)?;
    // Where midnight does not exist, as when clocks go forward, the day ends an hour later.
    let end = zone.from_local_datetime(&next).earliest();
    let end = end.or_else(|| {
        zone.from_local_datetime(&(next + TimeDelta::hours(1)))
            .earliest()
    });
    Ok(end.ok_or_else(wrong)?.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_valid_until_its_day_is_over_where_the_account_is() {
        let end = end_of("2027-03-31", Tz::America__Santiago).unwrap();
        assert_eq!(end.to_rfc3339(), "2027-04-01T03:00:00+00:00");
        assert!(end_of("31.3.2027", Tz::UTC).is_err());
    }

    #[test]
    fn a_day_whose_end_is_skipped_by_the_clocks_still_ends() {
        // Clocks in Santiago go forward at midnight of 6 September 2026.
        let end = end_of("2026-09-05", Tz::America__Santiago).unwrap();
        assert_eq!(end.to_rfc3339(), "2026-09-06T04:00:00+00:00");
    }
}
