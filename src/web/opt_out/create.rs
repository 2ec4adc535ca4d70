//! `POST /opt-out/{token}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Fault, Visitor, filters, recipient, render};
use crate::do_not_contact;

#[derive(Template)]
#[template(path = "opt_out/create.html")]
struct Done {
    account: String,
    email: String,
}

/// Writes to this address no more. Mail programs post here too, by RFC 8058 and without having
/// seen the page, so that the link's own token is all that is asked for; again changes nothing.
///
/// # Errors
/// Not found when the link was not made here.
pub async fn create(visitor: Visitor, token: web::Path<String>) -> Result<HttpResponse, Fault> {
    let (caller, email) = recipient(&visitor, &token).await?;
    let (account, address) = (caller.account.name.clone(), email.clone());
    visitor
        .state
        .db
        .run(move |conn| do_not_contact::opt_out(conn, &caller, &address))
        .await?;
    render(StatusCode::OK, &Done { account, email })
}
