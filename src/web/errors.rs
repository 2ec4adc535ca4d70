//! How a page says that something was not done: what happened, and what to do now.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::ctx::{self, Ctx, Page};
use super::filters;
use super::render::{redirect, render};
use crate::error::{Error, Noun};
use crate::observe::{RequestId, request_id};

/// Why a page is not the one that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// What a room refused.
    #[error(transparent)]
    Room(#[from] Error),
    /// Another page comes first: signing in, or setting up.
    #[error("first {0}")]
    Elsewhere(String),
    /// A form without the token of this browser and session.
    #[error("the form's token is missing or out of date")]
    StaleForm,
    /// A form that can't be read.
    #[error("the form or the address can't be read")]
    Malformed,
    /// A body that is not a form's.
    #[error("the body is not a form's")]
    NotAForm,
    /// A form over the limit.
    #[error("the form is too large")]
    TooLarge,
    /// A form whose end did not come in time.
    #[error("the form did not come in time")]
    TooSlow,
    /// A path that does not know the method; what it does know.
    #[error("the method is not one of {0}")]
    NotAllowed(String),
}

/// What an error page says.
struct Words {
    title: &'static str,
    sentence: String,
    advice: &'static str,
}

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

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Room(error) => match error {
                Error::NotFound(_) => StatusCode::NOT_FOUND,
                Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Error::Conflict(_) => StatusCode::CONFLICT,
                Error::Forbidden(_) => StatusCode::FORBIDDEN,
                Error::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
                Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Elsewhere(_) => StatusCode::SEE_OTHER,
            Self::StaleForm => StatusCode::FORBIDDEN,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Elsewhere(path) = self {
            return redirect(path);
        }
        let mut response = show(self.status_code(), &self.words(), None, "");
        match self {
            Self::NotAllowed(allow) => {
                if let Ok(allow) = HeaderValue::from_str(allow) {
                    response.headers_mut().insert(ALLOW, allow);
                }
            }
            Self::Room(Error::TooMany {
                retry_after_seconds,
            }) => {
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, (*retry_after_seconds).into());
            }
            _ => {}
        }
        response
    }
}

impl Fault {
    fn words(&self) -> Words {
        let (title, sentence, advice) = match self {
            Self::Room(error) => return of_room(error),
            Self::Elsewhere(_) => ("One thing first", String::new(), ""),
            Self::StaleForm => (
                "This form is out of date",
                "Nothing was changed. The page stood open for too long, you have signed in or \
                 out in the meantime, or the form came from another site."
                    .to_owned(),
                "Go back, copy what you typed if it was long, reload the page and send it again.",
            ),
            Self::Malformed => (
                "We could not read that",
                "What your browser sent is damaged or not in UTF-8. Nothing was changed."
                    .to_owned(),
                "Go back and try again, or start from the list.",
            ),
            Self::NotAForm => (
                "We could not read that",
                "Pages here take forms only. Nothing was changed.".to_owned(),
                "For programs there is the API under /api/public.",
            ),
            Self::TooLarge => (
                "That is too much at once",
                "A form can carry 1 MiB at most. Nothing was changed.".to_owned(),
                "Go back and shorten the longest text.",
            ),
            Self::TooSlow => (
                "That took too long",
                "Only a part of what you sent has reached us. Nothing was changed.".to_owned(),
                "Go back and send it again when the connection is better.",
            ),
            Self::NotAllowed(_) => (
                "This address can’t be used that way",
                "The page exists, but not for what your browser asked.".to_owned(),
                "Go back and use the buttons of the page.",
            ),
        };
        Words {
            title,
            sentence,
            advice,
        }
    }
}

fn of_room(error: &Error) -> Words {
    let (title, sentence, advice) = match error {
        Error::NotFound(Noun::Page) => (
            "There is no such page",
            "The address may be mistyped, or the page has moved.".to_owned(),
            "Go back, or start from the list of leads.",
        ),
        Error::NotFound(noun) => (
            "It is not here",
            format!("{noun} not found. It may have been deleted, or the link is not complete."),
            "Go back to the list and look for it there.",
        ),
        Error::Invalid(errors) => (
            "Not saved",
            errors
                .0
                .iter()
                .map(|one| one.sentence(&one.field) + ".")
                .collect::<Vec<_>>()
                .join(" "),
            "Go back and put it right; what you typed is still there.",
        ),
        Error::Conflict(sentence) => (
            "That can’t be done now",
            sentence.clone(),
            "Reload the page to see how things stand.",
        ),
        Error::Forbidden(sentence) => ("That is not yours to do", sentence.clone(), ""),
        Error::Unauthenticated(_) => (
            "Please sign in",
            "You are not signed in any more.".to_owned(),
            "",
        ),
        Error::TooMany {
            retry_after_seconds,
        } => (
            "Too many tries",
            format!(
                "Please wait {}, then try again.",
                filters::span(*retry_after_seconds)
            ),
            "",
        ),
        Error::Internal(_) => (
            "Something went wrong on our side",
            "It is not your fault, and it has been written down. Nothing was half saved."
                .to_owned(),
            "Try again in a minute. If it stays, give your admin the number below.",
        ),
    };
    Words {
        title,
        sentence,
        advice,
    }
}

fn show(status: StatusCode, words: &Words, page: Option<&Page>, request_id: &str) -> HttpResponse {
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
            let words = of_room(&Error::internal("below the pages"));
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
            let door = redirect(&ctx::login_path(answer.request()));
            return answer.into_response(door);
        }
        Some(fault) => {
            if let Fault::Room(Error::Internal(cause)) = fault {
                tracing::error!(id, error = %cause, "a page failed");
            }
            fault.words()
        }
        None if answer.response().error().is_some() => by_status(status),
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

/// Words for what the framework itself refuses, as a path that is no id.
fn by_status(status: StatusCode) -> Words {
    match status {
        StatusCode::NOT_FOUND => of_room(&Error::NotFound(Noun::Page)),
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.words(),
        status if status.is_client_error() => Fault::Malformed.words(),
        _ => of_room(&Error::internal("in the framework")),
    }
}

/// The page for an address that is none.
///
/// # Errors
/// Always.
pub async fn missing(_: Option<Ctx>) -> Result<HttpResponse, Fault> {
    Err(Fault::Room(Error::NotFound(Noun::Page)))
}

/// The page for a method the address does not know.
///
/// # Errors
/// Always.
pub fn refuse(allow: String) -> Result<HttpResponse, Fault> {
    Err(Fault::NotAllowed(allow))
}

/// What a path that is no id is answered with: such a thing does not exist.
pub fn no_such_id(_: actix_web::error::PathError, _: &HttpRequest) -> actix_web::Error {
    Fault::Room(Error::NotFound(Noun::Page)).into()
}
