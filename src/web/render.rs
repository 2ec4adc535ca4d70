//! From a template to an answer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ContentType, LOCATION};
use askama::Template;

use super::errors::Fault;
use crate::error::Error;

/// A page. Nothing keeps a copy of it: it may show what the next person at this browser must not
/// see.
///
/// # Errors
/// [`Error::Internal`] when the template can't be rendered.
pub fn render(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Fault> {
    let body = page.render().map_err(Error::internal)?;
    Ok(HttpResponse::build(status)
        .insert_header(ContentType::html())
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(body))
}

/// To another page, which is then asked for with GET.
pub fn redirect(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, path))
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish()
}

/// A path of ours that a link may lead to, when it is one: not another site's, however it is
/// written, and not a door.
pub fn local(path: &str) -> Option<&str> {
    let plain = path
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let rooted = path.starts_with('/') && !path.starts_with("//");
    let door = ["/login", "/logout", "/setup"]
        .iter()
        .any(|door| path.starts_with(door));
    (plain && rooted && !door).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_a_path_of_ours_is_followed() {
        for path in ["/leads", "/leads?q=a%20b&page=2", "/", "/a//b"] {
            assert_eq!(local(path), Some(path));
        }
        for path in [
            "",
            "leads",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "/leads\r\nSet-Cookie: a=b",
            "/señor",
            "javascript:alert(1)",
            "/login?next=/leads",
            "/logout",
            " /leads",
        ] {
            assert_eq!(local(path), None, "{path:?}");
        }
    }
}
