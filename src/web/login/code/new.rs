//! `GET /login/code`

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::{AskForCode, Fault, Query, Visitor, half, render};
use crate::web::redirect;
use crate::web::render::local;

/// The question; those who are signed in go on to where they were going, and those whose password
/// is not known back to where it is asked.
///
/// # Errors
/// When it can't be rendered.
pub async fn new(
    visitor: Visitor,
    request: HttpRequest,
    Query(query): Query,
) -> Result<HttpResponse, Fault> {
    let next = local(query.get("next")).unwrap_or("/");
    if visitor.signed_in.is_some() {
        return Ok(redirect(next));
    }
    if half::of(&visitor, &request).is_none() {
        return Ok(half::anew(&visitor, next));
    }
    let page = AskForCode {
        visitor: &visitor,
        next,
        problem: String::new(),
    };
    render(StatusCode::OK, &page)
}
