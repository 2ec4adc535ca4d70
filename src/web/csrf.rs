//! The guard before every page: a form is only read when the page it stands on came from here.
//!
//! Each browser holds a random cookie, and each form a hidden field with a signature of that
//! cookie and of the session. Another site can send neither together. The guard reads every
//! posted form itself, so that no handler can forget to ask.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_session::SessionExt as _;
use actix_web::body::MessageBody;
use actix_web::cookie::time;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderName};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpResponse, web};
use futures_util::StreamExt as _;

use super::errors::Fault;
use super::flash::{self, Flash};
use super::form::{Form, LIMIT};
use super::received::Received;
use super::{routes, session, stale};
use crate::state::State;
use crate::{secrets, upload};

/// The name of the hidden field.
pub const FIELD: &str = "csrf";
const COOKIE: &str = "leadline_csrf";
/// Characters of the cookie's value: 256 bits.
const VALUE: usize = 43;
/// Mail programs post here without having seen a page (RFC 8058); what is changed, the token of the
/// link says, and no cookie.
const OPT_OUT: &str = "/opt-out/{token}";
/// Where the one form goes that brings a file.
const WITH_FILE: &str = "/imports";
/// A form of 1 MiB on a bad line takes less than this.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The token that this request's page puts into its forms.
#[derive(Clone, Debug)]
pub struct Token(pub String);

/// Reads forms and checks their token; gives every page the token for its own forms; takes the
/// flash away once it was shown.
///
/// # Errors
/// Those of the request. A refusal is an answer, not an error.
pub async fn guard(
    state: web::Data<State>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let known = request
        .cookie(COOKIE)
        .map(|cookie| cookie.value().to_owned());
    let known = known.filter(|value| value.len() == VALUE && value.is_ascii());
    let browser = known.clone().unwrap_or_else(|| secrets::random(VALUE));
    let session = session::id(&request.get_session());
    let token = token(&state, &browser, &session);

    let flashed = request.cookie(flash::COOKIE).is_some();
    let refused = match changes(&request) {
        true => refusal(&state, &mut request, &token, !session.is_empty()).await,
        false => None,
    };
    request.extensions_mut().insert(Token(token));
    let mut answer = match refused {
        Some(refused) => request.into_response(refused),
        None => next.call(request).await?.map_into_boxed_body(),
    };
    let response = answer.response_mut();
    if known.is_none() && !sets(response, COOKIE) {
        let _ = response.add_cookie(&cookie(&state, browser));
    }
    if flashed && response.status() == StatusCode::OK {
        let _ = response.add_cookie(&Flash::gone(&state));
    }
    Ok(answer)
}

/// A fresh cookie: after signing in and out, forms from before are of no use.
pub fn renew(state: &State) -> Cookie<'static> {
    cookie(state, secrets::random(VALUE))
}

/// Whether the request may change something of the one who is signed in. A path that takes no form
/// is left to say so itself.
fn changes(request: &ServiceRequest) -> bool {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return false;
    }
    let Some(pattern) = request.match_pattern() else {
        return false;
    };
    if pattern == OPT_OUT {
        return false;
    }
    let method = request.method().as_str();
    let mut known = routes::ROUTES
        .iter()
        .filter(|route| route.path == pattern)
        .peekable();
    known.peek().is_none() || known.any(|route| route.method == method)
}

fn token(state: &State, browser: &str, session: &str) -> String {
    secrets::sign(
        &state.secret,
        "form",
        &[browser.as_bytes(), session.as_bytes()],
    )
}

/// Reads the form and keeps it for the handler, or says why not.
async fn refusal(
    state: &State,
    request: &mut ServiceRequest,
    token: &str,
    signed_in: bool,
) -> Option<HttpResponse> {
    let from = request
        .headers()
        .get(FETCH_SITE)
        .map(|site| site.as_bytes().to_owned());
    if from.as_deref() == Some(b"cross-site") {
        return Some(HttpResponse::from_error(Fault::StaleForm));
    }
    if brings_file(request) {
        return with_file(state, request, token, signed_in).await;
    }
    let form = match read(request).await {
        Ok(form) => form,
        Err(fault) => return Some(HttpResponse::from_error(fault)),
    };
    if secrets::same(form.get(FIELD), token) {
        request.extensions_mut().insert(form);
        return None;
    }
    let page = match from.as_deref() {
        Some(b"same-origin") => stale::page(request.request(), &form, token, signed_in),
        _ => None,
    };
    Some(page.unwrap_or_else(|| HttpResponse::from_error(Fault::StaleForm)))
}

fn brings_file(request: &ServiceRequest) -> bool {
    let is_there = request
        .match_pattern()
        .is_some_and(|path| path == WITH_FILE);
    is_there && kind(request).is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/form-data"))
}

/// The same for a form that brings a file. Its token comes first, and nothing of the file is taken
/// before that was found right and somebody is signed in.
async fn with_file(
    state: &State,
    request: &mut ServiceRequest,
    token: &str,
    signed_in: bool,
) -> Option<HttpResponse> {
    let payload = request.take_payload();
    let mut parts = Multipart::new(request.headers(), payload);
    let form = match upload::first(&mut parts).await {
        Ok(Some((name, value))) => Form::filled_with(&[(&name, &value)]),
        Ok(None) => Form::default(),
        Err(trouble) => return Some(HttpResponse::from_error(Fault::from(trouble))),
    };
    if !secrets::same(form.get(FIELD), token) {
        return Some(HttpResponse::from_error(Fault::StaleForm));
    }
    request.extensions_mut().insert(form);
    if signed_in {
        let received = Received::new(parts, &state.uploads).await;
        request.extensions_mut().insert(received);
    }
    None
}

/// What kind of body the request says it has.
fn kind(request: &ServiceRequest) -> Option<&str> {
    let kind = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    Some(kind.split(';').next().unwrap_or_default().trim())
}

async fn read(request: &mut ServiceRequest) -> Result<Form, Fault> {
    if kind(request)
        .is_some_and(|kind| !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
    {
        return Err(Fault::NotAForm);
    }
    Form::parse(&in_time(request.take_payload()).await?)
}

async fn in_time(payload: Payload) -> Result<Vec<u8>, Fault> {
    tokio::time::timeout(BODY_TIMEOUT, body(payload))
        .await
        .map_err(|_| Fault::TooSlow)?
}

async fn body(mut payload: Payload) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Fault::Malformed)?;
        if body.len() + chunk.len() > LIMIT {
            return Err(Fault::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn sets(response: &HttpResponse, name: &str) -> bool {
    response.cookies().any(|cookie| cookie.name() == name)
}

// Lax, not Strict: a link in an e-mail must find the browser's cookie too, or the page it opens
// would replace it and make every form that stands open elsewhere useless.
fn cookie(state: &State, value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.secure_cookies)
        .max_age(time::Duration::days(365))
        .finish()
}
