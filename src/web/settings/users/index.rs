//! `GET /settings/users`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Nav, Page, filters, grantable};
use crate::caller::{Permission, Role};
use crate::people::{self, User};
use crate::web::{Ctx, Fault, render};

#[derive(Template)]
#[template(path = "settings/users/index.html")]
struct Index {
    page: Page,
    users: Vec<User>,
    may_write: bool,
}

impl Index {
    /// Whether this person may change the other's standing; the room has the last word.
    fn may_change(&self, user: &User) -> bool {
        self.may_write
            && user.id != self.page.person.id
            && grantable(&self.page).any(|r| r == user.role)
    }

    /// The other roles the person could have.
    fn other_roles(&self, user: &User) -> Vec<Role> {
        grantable(&self.page)
            .filter(|role| *role != user.role)
            .collect()
    }
}

/// Everybody of the account.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let users = ctx.run(people::users).await?;
    let may_write = ctx.may(Permission::WriteSettings);
    render(
        StatusCode::OK,
        &Index {
            page: ctx.page(Nav::Elsewhere),
            users,
            may_write,
        },
    )
}
