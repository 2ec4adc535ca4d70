//! An entry as it was written down.

use crate::audit::Entry;
use crate::web::leads::value_said;

/// Its facts.
pub fn facts(entry: &Entry) -> String {
    serde_json::to_string_pretty(&entry.data).unwrap_or_default()
}

/// The headers of its request by name, secrets masked.
pub fn headers(entry: &Entry) -> Vec<(String, String)> {
    let headers = entry.request_headers.as_ref();
    let headers = headers.and_then(|headers| headers.as_object());
    let headers = headers.into_iter().flatten();
    headers
        .map(|(name, value)| (name.clone(), value_said(value)))
        .collect()
}
