//! One's own page: the password, and the browsers that are signed in.

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
use crate::people::{self, Session};

/// The page.
#[derive(Template)]
#[template(path = "profile/show.html")]
struct Profile {
    page: Page,
    sessions: Vec<Session>,
    problems: Problems,
}

async fn page(ctx: &Ctx, status: StatusCode, problems: Problems) -> Result<HttpResponse, Fault> {
    let current = Some(ctx.signed_in.id);
    let sessions = ctx
        .run(move |conn, caller| people::sessions(conn, caller, current))
        .await?;
    render(
        status,
        &Profile {
            page: ctx.page(Nav::Elsewhere),
            sessions,
            problems,
        },
    )
}
