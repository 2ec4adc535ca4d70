//! A form whose page stood open while somebody signed out and in again: what was typed must not
//! be lost, and must not be taken without asking either.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::form::Form;
use super::render::render;
use super::{csrf, filters};

/// The page that asks.
#[derive(Template)]
#[template(path = "errors/stale.html")]
struct Stale<'a> {
    action: &'a str,
    typed: Vec<&'a (String, String)>,
    csrf: &'a str,
    signed_in: bool,
}

/// A page that carries the form and can send it again with a token that is right. Only for a
/// form that the browser itself says came from a page of ours, and never one with a password.
pub fn page(
    request: &HttpRequest,
    form: &Form,
    token: &str,
    signed_in: bool,
) -> Option<HttpResponse> {
    let secret = |name: &str| name.contains("password");
    if !form.has(csrf::FIELD) || form.pairs().iter().any(|(name, _)| secret(name)) {
        return None;
    }
    let typed = form
        .pairs()
        .iter()
        .filter(|(name, _)| name != csrf::FIELD)
        .collect();
    let action = request.uri().path_and_query()?.as_str();
    let page = Stale {
        action,
        typed,
        csrf: token,
        signed_in,
    };
    render(StatusCode::FORBIDDEN, &page).ok()
}
