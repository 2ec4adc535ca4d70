//! `GET /opt-out/{token}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Fault, Visitor, filters, recipient, render};

#[derive(Template)]
#[template(path = "opt_out/show.html")]
struct Show {
    account: String,
    email: String,
    token: String,
    csrf: String,
}

/// Says who writes to whom, with a button. Opening the link alone changes nothing: mail programs
/// and virus scanners open links too.
///
/// # Errors
/// Not found when the link was not made here.
pub async fn show(visitor: Visitor, token: web::Path<String>) -> Result<HttpResponse, Fault> {
    let (caller, email) = recipient(&visitor, &token).await?;
    let page = Show {
        account: caller.account.name,
        email,
        token: token.into_inner(),
        csrf: visitor.csrf,
    };
    render(StatusCode::OK, &page)
}
