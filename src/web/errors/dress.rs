//! Errors in the pages' own dress.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, RETRY_AFTER, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpResponse};
use askama::Template;

use super::Fault;
use super::words::{self, Words};
use crate::error::Error;
use crate::observe::{RequestId, request_id};
use crate::web::doors::login_path;
use crate::web::filters;
use crate::web::page::Page;
use crate::web::render::{redirect, render};

/// The error page, when a person is signed in.
#[derive(Template)]
#[template(path = "errors/inside.html")]
struct Inside<'a> {
    page: &'a Page,
    status: u16,
    words: &'a Words,
    request_id: &'a str,
}

/// The error page, when nobody is.
#[derive(Template)]
#[template(path = "errors/outside.html")]
struct Outside<'a> {
    status: u16,
    words: &'a Words,
    request_id: &'a str,
}

/// An error page; with the frame when `page` is given.
pub fn show(
    status: StatusCode,
    words: &Words,
    page: Option<&Page>,
    request_id: &str,
) -> HttpResponse {
    let code = status.as_u16();
    let rendered = match page {
        Some(page) => render(
            status,
            &Inside {
                page,
                status: code,
                words,
                request_id,
            },
        ),
        None => render(
            status,
            &Outside {
                status: code,
                words,
                request_id,
            },
        ),
    };
    rendered.unwrap_or_else(|_| HttpResponse::build(status).body(words.title))
}

/// Makes a page of every failure under the pages' scope, with the navigation when somebody is
/// signed in and the request's id, and writes down what went wrong inside.
///
/// # Errors
/// When a middleware below fails without a request to answer; the error is a page too.
pub async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|_| request_id(request.request()));
    match next.call(request).await {
        Ok(answer) => Ok(dressed(answer.map_into_boxed_body())),
        Err(error) => {
            let id = id.unwrap_or_default();
            tracing::error!(id, error = %error, "a page failed");
            let words = words::by_status(StatusCode::INTERNAL_SERVER_ERROR);
            let page = show(StatusCode::INTERNAL_SERVER_ERROR, &words, None, &id);
            Err(InternalError::from_response(error.to_string(), page).into())
        }
    }
}

fn dressed(answer: ServiceResponse) -> ServiceResponse {
    let status = answer.status();
    let fault = answer
        .response()
        .error()
        .and_then(|error| error.as_error::<Fault>());
    let id = request_id(answer.request());
    let words = match fault {
        Some(Fault::Elsewhere(_)) => return answer,
        Some(Fault::Room(Error::Unauthenticated(_))) => {
            let door = redirect(&login_path(answer.request()));
            return answer.into_response(door);
        }
        Some(fault) => {
            if let Fault::Room(Error::Internal(cause)) = fault {
                tracing::error!(id, error = %cause, "a page failed");
            }
            words::of(fault)
        }
        None if answer.response().error().is_some() => words::by_status(status),
        None => return answer,
    };
    let page = answer.request().extensions().get::<Page>().cloned();
    let mut response = show(status, &words, page.as_ref(), &id);
    for name in [ALLOW, RETRY_AFTER, SET_COOKIE] {
        for value in answer.headers().get_all(&name) {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
    answer.into_response(response)
}
