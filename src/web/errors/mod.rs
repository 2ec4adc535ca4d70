//! How a page says that something was not done: what happened, and what to do now.

mod dress;
mod words;

pub use dress::dress;

use actix_web::error::PathError;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use super::ctx::Ctx;
use super::render::redirect;
use crate::error::{Error, Noun};

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

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Room(error) => match error {
                Error::NotFound(_) => StatusCode::NOT_FOUND,
                Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Error::Conflict(_) | Error::Duplicate(_) => StatusCode::CONFLICT,
                Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
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
        let mut response = dress::show(self.status_code(), &words::of(self), None, "");
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
pub fn no_such_id(_: PathError, _: &HttpRequest) -> actix_web::Error {
    Fault::Room(Error::NotFound(Noun::Page)).into()
}
