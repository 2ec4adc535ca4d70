//! One's own page: the password, two-factor codes, and the browsers that are signed in.

pub mod codes;
mod own_password;
mod password;
mod revoke;
mod show;

pub use password::update as change_password;
pub use revoke::{revoke, revoke_others};
pub use show::show;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Ctx, Fault, Nav, Page, Problems, filters, render};
use crate::people::{self, Codes, Session};

/// The page.
#[derive(Template)]
#[template(path = "profile/show.html")]
struct Profile {
    page: Page,
    codes: Codes,
    sessions: Vec<Session>,
    problems: Problems,
}

async fn page(ctx: &Ctx, status: StatusCode, problems: Problems) -> Result<HttpResponse, Fault> {
    let (sealer, current) = (ctx.state.sealer.clone(), Some(ctx.signed_in.id));
    let asked = ctx.run(move |conn, caller| {
        let codes = people::codes(conn, caller, &sealer)?;
        Ok((codes, people::sessions(conn, caller, current)?))
    });
    let (codes, sessions) = asked.await?;
    render(
        status,
        &Profile {
            page: ctx.page(Nav::Elsewhere),
            codes,
            sessions,
            problems,
        },
    )
}
