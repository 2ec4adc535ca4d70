//! `GET /login`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::SignIn;
use crate::web::render::local;
use crate::web::{Fault, Query, Visitor, redirect, render};

/// The sign-in page; those who are signed in go on to where they were going.
///
/// # Errors
/// When it can't be rendered.
pub async fn new(visitor: Visitor, Query(query): Query) -> Result<HttpResponse, Fault> {
    let next = local(query.get("next")).unwrap_or("/");
    if visitor.signed_in.is_some() {
        return Ok(redirect(next));
    }
    let problem = String::new();
    render(
        StatusCode::OK,
        &SignIn {
            visitor: &visitor,
            email: "",
            next,
            problem,
        },
    )
}
