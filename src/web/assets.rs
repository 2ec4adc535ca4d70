//! The style sheet, the script and the icons, out of the binary. Their address carries a hash of
//! what they hold, so a browser keeps them for good and an upgrade is seen at once.

use actix_web::http::header::Header as _;
use actix_web::http::header::{self, CacheControl, CacheDirective, ETag, EntityTag, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{Embed, EmbeddedFile};

use super::errors::{self, Fault};
use crate::error::{Error, Noun};
use crate::routes::routes;

routes! {
    under: "";
    refuse: errors::refuse;
    "/static/{name}" { GET => show }
}

#[derive(Embed)]
#[folder = "static/"]
struct Static;

/// The address of a file in `static/`, with its hash.
pub fn asset(name: &str) -> String {
    match Static::get(name) {
        Some(file) => format!("/static/{name}?v={}", hash(&file)),
        None => format!("/static/{name}"),
    }
}

/// `GET /static/{name}`
async fn show(request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, Fault> {
    let file = Static::get(&name).ok_or(Error::NotFound(Noun::Page))?;
    let tag = EntityTag::new_strong(hash(&file));
    let mut answer = HttpResponse::Ok();
    if request.query_string().starts_with("v=") {
        answer.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    } else {
        answer.insert_header(CacheControl(vec![CacheDirective::NoCache]));
    }
    answer.insert_header(ETag(tag.clone()));
    answer.insert_header((header::CONTENT_TYPE, content_type(&name)));
    if IfNoneMatch::parse(&request).is_ok_and(|given| matches(&given, &tag)) {
        return Ok(answer
            .status(actix_web::http::StatusCode::NOT_MODIFIED)
            .finish());
    }
    Ok(answer.body(file.data.into_owned()))
}

fn matches(given: &IfNoneMatch, tag: &EntityTag) -> bool {
    match given {
        IfNoneMatch::Any => true,
        IfNoneMatch::Items(tags) => tags.iter().any(|one| one.weak_eq(tag)),
    }
}

fn hash(file: &EmbeddedFile) -> String {
    file.metadata
        .sha256_hash()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("csv") => "text/csv; charset=utf-8",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_changes_with_what_the_file_holds() {
        let address = asset("app.css");
        assert!(address.starts_with("/static/app.css?v="), "{address}");
        assert_eq!(address.len(), "/static/app.css?v=".len() + 16);
    }
}
