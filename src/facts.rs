//! What is kept of a request: where it came from, and what the audit writes down.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use serde_json::{Map, Value};

use crate::caller::RequestFacts;

/// Headers whose value would let a reader of the audit act as the sender.
const SECRET: &[&str] = &[
    "authorization",
    "proxy-authorization",
    "x-api-key",
    "cookie",
    "x-csrf-token",
    "x-amz-security-token",
];
const MASKED: &str = "***";
const MOST_HEADERS: usize = 40;
const LONGEST_VALUE: usize = 500;

/// The facts of a request, secrets masked.
pub fn of(request: &HttpRequest, trust_proxy: bool) -> RequestFacts {
    RequestFacts {
        method: request.method().as_str().to_owned(),
        path: request.path().to_owned(),
        headers: headers(request.headers()),
        ip: ip(request, trust_proxy),
    }
}

/// Where a request came from: the peer, or the address the trusted proxy in front names last.
pub fn ip(request: &HttpRequest, trust_proxy: bool) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|peer| peer.ip());
    if !trust_proxy {
        return peer;
    }
    // The last hop is the one our own proxy wrote; those before it are the client's claims.
    request
        .headers()
        .get_all("x-forwarded-for")
        .last()
        .and_then(|value| value.to_str().ok())
        .and_then(|hops| hops.rsplit(',').next())
        .and_then(|hop| hop.trim().parse().ok())
        .or(peer)
}

fn headers(headers: &HeaderMap) -> Map<String, Value> {
    headers
        .iter()
        .take(MOST_HEADERS)
        .map(|(name, value)| {
            let name = name.as_str();
            let value =
                if SECRET.contains(&name) || name.contains("secret") || name.contains("token") {
                    MASKED.to_owned()
                } else {
                    String::from_utf8_lossy(value.as_bytes())
                        .chars()
                        .take(LONGEST_VALUE)
                        .collect()
                };
            (name.to_owned(), Value::String(value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn secrets_are_masked_and_the_query_is_left_out() {
        let request = TestRequest::with_uri("/leads?q=secret")
            .insert_header(("Authorization", "Bearer nxr_live_x"))
            .insert_header(("Cookie", "leadline=x"))
            .insert_header(("X-Api-Key", "nxr_live_x"))
            .insert_header(("User-Agent", "curl"))
            .to_http_request();
        let facts = of(&request, false);
        assert_eq!(facts.path, "/leads");
        for name in ["authorization", "cookie", "x-api-key"] {
            assert_eq!(facts.headers[name], MASKED);
        }
        assert_eq!(facts.headers["user-agent"], "curl");
    }

    #[test]
    fn a_proxy_is_believed_only_when_told_so_and_only_its_own_word() {
        let request = TestRequest::default()
            .peer_addr(([10, 0, 0, 1], 4000).into())
            .insert_header(("X-Forwarded-For", "6.6.6.6, 203.0.113.7"))
            .to_http_request();
        assert_eq!(ip(&request, false), Some([10, 0, 0, 1].into()));
        assert_eq!(ip(&request, true), Some([203, 0, 113, 7].into()));
    }
}
