//! Half of the way in: the password was right, and a code is asked for. It waits in a sealed
//! cookie: whoever is not signed in has no session, and so no right can come of it.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Fault, Flash, Visitor, redirect};
use crate::error::Error;
use crate::people::HalfWay;
use crate::state::State;

const COOKIE: &str = "leadline_half";
const SEALED_FOR: &str = "half way in";
/// Time enough to find the phone.
const LASTS: TimeDelta = TimeDelta::minutes(10);

/// What the cookie holds.
#[derive(Serialize, Deserialize)]
struct Kept {
    account_id: Uuid,
    user_id: Uuid,
    of: [u8; 32],
    until: DateTime<Utc>,
}

/// Leads to the question for a code, and from there on to `next`.
///
/// # Errors
/// [`Error::Internal`] when the cookie can't be written.
pub fn asks(visitor: &Visitor, half: &HalfWay, next: &str) -> Result<HttpResponse, Fault> {
    let kept = Kept {
        account_id: half.account_id,
        user_id: half.user_id,
        of: half.of,
        until: visitor.now + LASTS,
    };
    let kept = serde_json::to_vec(&kept).map_err(Error::internal)?;
    let sealed = visitor.state.sealer.seal(SEALED_FOR, &kept);
    let mut answer = redirect(&with_next("/login/code", next));
    let _ = answer.add_cookie(&cookie(&visitor.state, URL_SAFE_NO_PAD.encode(sealed)));
    Ok(answer)
}

/// Whose code the request may show, while it is not too late.
pub fn of(visitor: &Visitor, request: &HttpRequest) -> Option<HalfWay> {
    let sealed = URL_SAFE_NO_PAD
        .decode(request.cookie(COOKIE)?.value())
        .ok()?;
    let kept = visitor.state.sealer.open(SEALED_FOR, &sealed)?;
    let kept: Kept = serde_json::from_slice(&kept).ok()?;
    (visitor.now < kept.until).then_some(HalfWay {
        account_id: kept.account_id,
        user_id: kept.user_id,
        of: kept.of,
    })
}

/// Back to the first step.
pub fn anew(visitor: &Visitor, next: &str) -> HttpResponse {
    let mut answer = redirect(&with_next("/login", next));
    let said = "That took too long, or something has changed since. Sign in again.";
    let _ = answer.add_cookie(&Flash::from(said).cookie(&visitor.state));
    over(visitor, answer)
}

/// Takes the cookie away.
pub fn over(visitor: &Visitor, mut answer: HttpResponse) -> HttpResponse {
    let mut cookie = cookie(&visitor.state, String::new());
    cookie.make_removal();
    let _ = answer.add_cookie(&cookie);
    answer
}

fn with_next(path: &str, next: &str) -> String {
    match next {
        "/" => path.to_owned(),
        next => format!(
            "{path}?next={}",
            utf8_percent_encode(next, NON_ALPHANUMERIC)
        ),
    }
}

fn cookie(state: &State, value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/login")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.secure_cookies)
        .max_age(Duration::seconds(LASTS.num_seconds()))
        .finish()
}
