//! What every answer carries.

use leadline::caller::Role;

use super::routes::{is_open, pages, with};
use crate::app::{Page, TestApp};

fn check(page: &Page) {
    let policy = page.header("content-security-policy").unwrap_or_default();
    for rule in [
        "default-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(rule), "{rule}: {page:?}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(
        page.header("x-content-type-options"),
        Some("nosniff"),
        "{page:?}"
    );
    assert_eq!(page.header("x-frame-options"), Some("DENY"), "{page:?}");
    assert_eq!(
        page.header("referrer-policy"),
        Some("same-origin"),
        "{page:?}"
    );
    assert!(
        page.header("x-request-id").is_some_and(|id| !id.is_empty()),
        "{page:?}"
    );
    assert_eq!(page.header("server"), None);
}

#[test]
fn every_page_says_how_little_a_browser_may_do_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (owner, viewer, visitor) = (
        firm.signed_in(Role::Owner),
        firm.signed_in(Role::Viewer),
        app.visitor(),
    );
    for route in pages().filter(|route| route.method == "GET") {
        for browser in [&owner, &viewer, &visitor] {
            let page = browser.get(&with(route.path, "made-up"));
            check(&page);
            assert_eq!(page.header("cache-control"), Some("no-store"), "{page:?}");
        }
    }
    for path in [
        "/healthz",
        "/metrics",
        "/static/app.css",
        "/static/none",
        "/no/such/page",
    ] {
        check(&visitor.get(path));
    }
    check(&visitor.post_body("/login", "application/x-www-form-urlencoded", "x=1"));
    check(&visitor.ask("PUT", "/login", None));
}

#[test]
fn a_visitor_leaves_no_session_behind() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor();
    for route in pages().filter(|route| is_open(route.path) && route.method == "GET") {
        let page = visitor.get(&with(route.path, "x"));
        let session = page
            .headers("set-cookie")
            .into_iter()
            .find(|one| one.starts_with("leadline="));
        assert_eq!(session, None);
    }
}

#[test]
fn each_answer_has_a_request_id_of_its_own() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor();
    let (one, other) = (visitor.get("/login"), visitor.get("/login"));
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
}

#[test]
fn a_page_is_sent_small_to_those_who_can_unpack_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let cookie = firm.signed_in(Role::Owner).cookie("leadline").unwrap();
    let request = format!(
        "GET /settings/account HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Accept-Encoding: gzip\r\nCookie: leadline={cookie}\r\n\r\n"
    );
    let answer = app.raw(request.as_bytes());
    assert_eq!(answer.status, 200);
    assert!(
        answer.head.contains("content-encoding: gzip"),
        "{}",
        answer.head
    );
    assert!(answer.size < 16_000, "{} bytes", answer.size);
}
