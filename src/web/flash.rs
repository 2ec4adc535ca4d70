//! A sentence for the next page: "Saved.", shown once. It waits in a signed cookie, so that it
//! needs no row and nobody else can put words into our mouth.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::secrets;
use crate::state::State;

/// The cookie's name.
pub const COOKIE: &str = "leadline_flash";
const LONGEST: usize = 500;

/// What the next page says on top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The sentence.
    pub text: String,
    /// How to take it back.
    pub undo: Option<Undo>,
}

/// A button beside the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// What the button says.
    pub label: String,
    /// Where it posts to.
    pub path: String,
}

impl Flash {
    /// A sentence with a button that posts to `path`.
    pub fn with_undo(text: impl Into<String>, label: &str, path: impl Into<String>) -> Self {
        let undo = Undo {
            label: label.to_owned(),
            path: path.into(),
        };
        Self {
            undo: Some(undo),
            ..Self::from(text.into())
        }
    }

    /// The cookie that carries it to the next page.
    pub fn cookie(&self, state: &State) -> Cookie<'static> {
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default());
        let mac = secrets::sign(&state.secret, "flash", &[body.as_bytes()]);
        Cookie::build(COOKIE, format!("{body}.{mac}"))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.secure_cookies)
            .max_age(Duration::minutes(2))
            .finish()
    }

    /// The one a request brings, when we have signed it.
    pub fn of(request: &HttpRequest, state: &State) -> Option<Self> {
        let cookie = request.cookie(COOKIE)?;
        let (body, mac) = cookie.value().split_once('.')?;
        let ours = secrets::sign(&state.secret, "flash", &[body.as_bytes()]);
        if !secrets::same(mac, &ours) {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()
    }

    /// The cookie that takes it away once it was shown.
    pub fn gone(state: &State) -> Cookie<'static> {
        let mut cookie = Self::from("").cookie(state);
        cookie.make_removal();
        cookie
    }
}

impl From<String> for Flash {
    fn from(text: String) -> Self {
        // A name can be long, a cookie can't.
        let text = match text.char_indices().nth(LONGEST) {
            Some((cut, _)) => format!("{}…", &text[..cut]),
            None => text,
        };
        Self { text, undo: None }
    }
}

impl From<&str> for Flash {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}
