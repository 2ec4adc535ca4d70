//! Where somebody has to go first: who is not signed in, and who has to turn codes on.

use std::sync::atomic::Ordering;

use actix_web::HttpRequest;
use actix_web::http::Uri;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::render::local;
use crate::accounts;
use crate::error::Result;
use crate::state::State;

/// Whether there is an account. It is asked until the answer is yes: accounts are never deleted.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub async fn founded(state: &State) -> Result<bool> {
    if state.founded.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let any = state.db.run(accounts::any).await?;
    if any {
        state.founded.store(true, Ordering::Relaxed);
    }
    Ok(any)
}

/// Where a visitor has to go first: to set up, or to sign in.
///
/// # Errors
/// As [`founded`].
pub async fn door(state: &State, request: &HttpRequest) -> Result<String> {
    Ok(if founded(state).await? {
        login_path(request)
    } else {
        "/setup".to_owned()
    })
}

/// The sign-in page that leads back to where one was going, or to the page a form stood on.
pub fn login_path(request: &HttpRequest) -> String {
    let wanted = if request.method().is_safe() {
        request
            .uri()
            .path_and_query()
            .map(|path| path.as_str().to_owned())
    } else {
        page_before(request)
    };
    match wanted
        .as_deref()
        .and_then(local)
        .filter(|path| *path != "/")
    {
        Some(path) => format!(
            "/login?next={}",
            utf8_percent_encode(path, NON_ALPHANUMERIC)
        ),
        None => "/login".to_owned(),
    }
}

/// Whether a page is open to somebody who has to turn two-factor codes on before anything else:
/// those on which they do it, and the way out.
pub fn open_without_codes(request: &HttpRequest) -> bool {
    let open = [
        "/profile/codes",
        "/profile/codes/secret",
        "/profile/codes/activation",
        "/logout",
    ];
    let pattern = request.match_pattern();
    pattern.is_some_and(|pattern| open.contains(&pattern.as_str()))
}

fn page_before(request: &HttpRequest) -> Option<String> {
    let referer = request.headers().get("referer")?.to_str().ok()?;
    let referer: Uri = referer.parse().ok()?;
    Some(referer.path_and_query()?.as_str().to_owned())
}
