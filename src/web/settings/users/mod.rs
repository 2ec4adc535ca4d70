//! The people of the account: who is here, inviting, roles, and closing the door behind somebody.

pub mod availability;
mod codes;
mod create;
mod handover;
mod index;
mod invitation;
mod new;
mod standing;

pub use codes::reset as reset_codes;
pub use create::create;
pub use handover::{hand_over, handover};
pub use index::index;
pub use invitation::create as invite_again;
pub use new::new;
pub use standing::{change_role, deactivate, reactivate};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use uuid::Uuid;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::caller::{Caller, Role};
use crate::db::PgConnection;
use crate::error::{Error, Noun, Result};
use crate::people::{self, User};

/// The form.
#[derive(Template)]
#[template(path = "settings/users/new.html")]
struct New<'a> {
    page: Page,
    form: &'a Form,
    problems: Problems,
}

impl New<'_> {
    /// Every role one may give, and whether it is chosen.
    fn roles(&self) -> Vec<(Role, bool)> {
        let chosen = self.form.filled("role").unwrap_or(Role::Rep.as_str());
        grantable(&self.page)
            .map(|role| (role, role.as_str() == chosen))
            .collect()
    }
}

/// One of them.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings; [`Error::NotFound`].
fn find(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<User> {
    let users = people::users(conn, caller)?;
    let user = users.into_iter().find(|user| user.id == id);
    user.ok_or(Error::NotFound(Noun::User))
}

/// The page that shows an invitation's link, once.
#[derive(Template)]
#[template(path = "settings/users/invited.html")]
struct Invited {
    page: Page,
    user: User,
    link: String,
}

/// The link is in the answer itself and nowhere else, so there is no redirect.
fn invited(ctx: &Ctx, user: User, token: &str) -> Result<HttpResponse, Fault> {
    let link = format!("{}/invitations/{token}", ctx.state.public_url);
    render(
        StatusCode::CREATED,
        &Invited {
            page: ctx.page(Nav::Elsewhere),
            user,
            link,
        },
    )
}

/// The roles this person may give others: only an owner makes an owner.
fn grantable(page: &Page) -> impl Iterator<Item = Role> {
    let owner = page.person.role == Role::Owner;
    Role::ALL
        .iter()
        .copied()
        .filter(move |role| owner || *role != Role::Owner)
}
