//! Errors in the API's dress: JSON of contract §1, whatever went wrong.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::PathError;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, HeaderValue, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde_json::{Value, json};

use crate::error::{Error, FieldError, Noun, Problem, Unauthenticated};
use crate::observe::request_id;

const CONFLICT: &str = "Conflict";
const NO_RUN: &str = "No active workflow run found for this lead and workflow";

/// Why a call was not answered as it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// What a room refused.
    #[error(transparent)]
    Room(#[from] Error),
    /// What a room refused, told in one sentence alone, as the automation calls do.
    #[error(transparent)]
    Said(Error),
    /// A lead that has no live run in the workflow a call names.
    #[error("the lead has no live run there")]
    NoRun,
    /// A body over the limit.
    #[error("the body is too large")]
    TooLarge,
    /// A body that says it is not JSON.
    #[error("the body is not JSON")]
    NotJson,
    /// A body whose end did not come in time.
    #[error("the body did not come in time")]
    TooSlow,
    /// A body whose end will not come.
    #[error("the body was cut off")]
    CutOff,
    /// A path that does not know the method; what it does know.
    #[error("the method is not one of {0}")]
    WrongMethod(String),
}

impl Refusal {
    /// A room's error as the automation calls of contract §2 tell it. What is wrong with the key,
    /// or inside, is told as everywhere.
    pub fn said(error: Error) -> Self {
        match error {
            Error::Unauthenticated(_) | Error::Forbidden(_) | Error::Internal(_) => {
                Self::Room(error)
            }
            error => Self::Said(error),
        }
    }

    /// The one sentence, which stands alone where there is no class.
    pub fn sentence(&self) -> String {
        let body = self.json();
        let sentence = body.get("message").or_else(|| body.get("error"));
        sentence.and_then(Value::as_str).unwrap_or_default().into()
    }

    /// The body; the class and one sentence, but for the exceptions of contract §1.
    fn json(&self) -> Value {
        let (class, message) = match self {
            Self::Room(Error::NotFound(Noun::Lead)) | Self::Said(Error::NotFound(Noun::Lead)) => {
                return json!({"error": "Lead not found"});
            }
            Self::Said(error) => return json!({"error": told(error).1}),
            Self::NoRun => return json!({"error": NO_RUN}),
            Self::Room(Error::Duplicate(there)) => {
                let (class, message) = (CONFLICT, there.to_string());
                return match there.lead_id() {
                    Some(id) => json!({"error": class, "message": message, "lead_id": id}),
                    None => json!({"error": class, "message": message}),
                };
            }
            Self::Room(error) => told(error),
            Self::TooLarge => (
                "Payload too large",
                "The body must be at most 8 MiB".to_owned(),
            ),
            Self::NotJson => (
                "Unsupported media type",
                "The body must be JSON, with Content-Type: application/json".to_owned(),
            ),
            Self::TooSlow => (
                "Request timeout",
                "Only a part of the body has reached us".to_owned(),
            ),
            Self::CutOff => (
                "Validation error",
                "The body was cut off before its end".to_owned(),
            ),
            Self::WrongMethod(allow) => {
                ("Method not allowed", format!("This path answers {allow}"))
            }
        };
        json!({"error": class, "message": message})
    }
}

/// The class of a room's error, and its sentence.
fn told(error: &Error) -> (&'static str, String) {
    match error {
        Error::NotFound(Noun::Page) => ("Not found", "There is no such path".to_owned()),
        Error::NotFound(noun) => (
            "Not found",
            format!("{noun} not found or does not belong to your account"),
        ),
        Error::Invalid(errors) => (
            "Validation error",
            errors.0.first().map_or_else(String::new, sentence),
        ),
        Error::Conflict(sentence) => (CONFLICT, sentence.clone()),
        Error::Duplicate(there) => (CONFLICT, there.to_string()),
        Error::TooLarge(sentence) => ("Payload too large", sentence.clone()),
        Error::Forbidden(sentence) => ("Forbidden", sentence.clone()),
        Error::Unauthenticated(Unauthenticated::InvalidKey) => (
            "Invalid API key",
            "The provided API key is not valid".to_owned(),
        ),
        Error::Unauthenticated(_) => (
            "Missing API key",
            "Please provide your API key in the X-API-Key header".to_owned(),
        ),
        Error::TooMany {
            retry_after_seconds,
        } => (
            "Too many requests",
            format!("Please try again in {retry_after_seconds} seconds"),
        ),
        Error::Internal(_) => (
            "Internal server error",
            "Something went wrong on our side; nothing was half written".to_owned(),
        ),
    }
}

/// A broken rule, with the field called as the API calls it.
pub fn sentence(error: &FieldError) -> String {
    error.sentence(&error.field)
}

/// The one sentence for an error in its place among others: what [`Refusal::json`] gives as its
/// message.
pub fn one_sentence(error: &Error) -> String {
    told(error).1
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Room(error) | Self::Said(error) => match error {
                Error::NotFound(_) => StatusCode::NOT_FOUND,
                Error::Invalid(_) => StatusCode::BAD_REQUEST,
                Error::Conflict(_) | Error::Duplicate(_) => StatusCode::CONFLICT,
                Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
                Error::Forbidden(_) => StatusCode::FORBIDDEN,
                Error::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
                Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::NoRun => StatusCode::NOT_FOUND,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::CutOff => StatusCode::BAD_REQUEST,
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    fn error_response(&self) -> HttpResponse {
        self.answer(&self.json())
    }
}

impl Refusal {
    /// The answer with this body, and the status and headers that go with it.
    fn answer(&self, body: &Value) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        match self {
            Self::WrongMethod(allow) => _ = answer.insert_header((ALLOW, allow.as_str())),
            Self::Room(Error::TooMany {
                retry_after_seconds,
            }) => _ = answer.insert_header((RETRY_AFTER, *retry_after_seconds)),
            _ => {}
        }
        answer.json(body)
    }
}

/// What a path that is no UUID is answered with.
pub fn no_uuid(_: PathError, _: &HttpRequest) -> actix_web::Error {
    Refusal::Room(Error::invalid("id", Problem::MustBe("a UUID"))).into()
}

/// What an address that is none is answered with.
///
/// # Errors
/// Always.
pub async fn no_path() -> Result<HttpResponse, Refusal> {
    Err(Error::NotFound(Noun::Page).into())
}

/// What a method the address does not know is answered with.
///
/// # Errors
/// Always.
pub fn wrong_method(allow: String) -> Result<HttpResponse, Refusal> {
    Err(Refusal::WrongMethod(allow))
}

/// Keeps answers out of caches, writes down what went wrong inside, and gives that answer the
/// request's id to be found by.
///
/// # Errors
/// None of its own.
pub async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    dress_as(request, next, |_, refusal| refusal.json()).await
}

/// The same where refusals have a body of another form.
///
/// # Errors
/// None of its own.
pub async fn dress_as(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    body: fn(&HttpRequest, &Refusal) -> Value,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut answer = next.call(request).await?.map_into_boxed_body();
    let error = answer.response().error();
    if let Some(refusal) = error.and_then(|error| error.as_error::<Refusal>()) {
        let mut body = body(answer.request(), refusal);
        if let Refusal::Room(Error::Internal(cause)) = refusal {
            let id = request_id(answer.request());
            tracing::error!(id, error = %cause, "a call failed");
            body["request_id"] = Value::String(id);
        }
        let dressed = refusal.answer(&body);
        answer = answer.into_response(dressed);
    }
    // What a key may see is nobody else's to keep.
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
