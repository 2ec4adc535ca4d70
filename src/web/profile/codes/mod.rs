//! One's own two-factor codes: put the secret into the app, turn codes on, keep recovery codes,
//! turn codes off. Each of these asks for the password and for a code.

mod qr;
mod recovery;
mod secret;
mod show;
mod turn_off;
mod turn_on;

pub use recovery::renew;
pub use secret::begin;
pub use show::show;
pub use turn_off::turn_off;
pub use turn_on::turn_on;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use self::qr::Qr;
use super::{Ctx, Fault, Nav, Page, Problems, filters, own_password, render};
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::people::{self, Codes};
use crate::web::Form;

const PATH: &str = "/profile/codes";
const LABELS: &[(&str, &str)] = &[("password", "Password"), ("code", "Code")];

/// The page.
#[derive(Template)]
#[template(path = "profile/codes/show.html")]
struct Show {
    page: Page,
    codes: Codes,
    qr: Option<Qr>,
    problems: Problems,
}

/// The page that shows recovery codes, once.
#[derive(Template)]
#[template(path = "profile/codes/recovery.html")]
struct Recovery {
    page: Page,
    codes: Vec<String>,
    /// What has just happened.
    said: &'static str,
}

async fn page(ctx: &Ctx, status: StatusCode, problems: Problems) -> Result<HttpResponse, Fault> {
    let sealer = ctx.state.sealer.clone();
    let codes = ctx
        .run(move |conn, caller| people::codes(conn, caller, &sealer))
        .await?;
    let address = codes.new_secret.as_ref().map(|secret| &secret.address);
    let show = Show {
        page: ctx.page(Nav::Elsewhere),
        qr: address.map(|address| Qr::of(address)).transpose()?,
        codes,
        problems,
    };
    render(status, &show)
}

/// The codes are in the answer itself and nowhere else, so there is no redirect.
fn shown_once(ctx: &Ctx, codes: Vec<String>, said: &'static str) -> Result<HttpResponse, Fault> {
    let page = ctx.page(Nav::Elsewhere);
    render(StatusCode::CREATED, &Recovery { page, codes, said })
}

/// The page again, with what was wrong.
async fn again(ctx: &Ctx, error: Error) -> Result<HttpResponse, Fault> {
    match own_password::beside("code", error) {
        Error::Invalid(errors) => {
            let problems = Problems::new(&errors, LABELS);
            page(ctx, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        error => Err(error.into()),
    }
}

/// The code that was typed beside the right password.
async fn code_of(ctx: &Ctx, form: &Form) -> Result<String> {
    let mut errors = FieldErrors::default();
    for (field, _) in LABELS {
        if form.filled(field).is_none() {
            errors.push(*field, Problem::Required);
        }
    }
    errors.or(())?;
    own_password::check(ctx, "password", form.get("password")).await?;
    Ok(form.get("code").to_owned())
}
