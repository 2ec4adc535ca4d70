//! Nobody gets in, whatever the page.

use leadline::caller::Role;
use uuid::Uuid;

use super::routes::{is_open, pages, with};
use crate::app::TestApp;

#[test]
fn every_page_leads_to_the_door() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor();
    let id = Uuid::new_v4().to_string();
    for route in pages().filter(|route| !is_open(route.path)) {
        let path = with(route.path, &id);
        let answer = match route.method {
            "GET" => visitor.get(&path),
            _ => visitor.post(&path, &[]),
        };
        let door = answer.location().unwrap_or_else(|| panic!("{answer:?}"));
        assert_eq!(answer.status, 303, "{answer:?}");
        let back = match (route.method, route.path) {
            ("GET", path) if path != "/" => format!("/login?next={}", path_back(&with(path, &id))),
            _ => "/login".to_owned(),
        };
        assert_eq!(door, back, "{answer:?}");
    }
}

fn path_back(path: &str) -> String {
    path.replace('/', "%2F").replace('-', "%2D")
}

#[test]
fn an_open_page_shows_nothing_of_the_account() {
    let app = TestApp::start();
    let firm = app.firm("Barracuda Imports");
    let visitor = app.visitor();
    for route in pages().filter(|route| is_open(route.path) && route.method == "GET") {
        let page = visitor.get(&with(route.path, "made-up"));
        for secret in [firm.name.as_str(), firm.email(Role::Owner), "Olga Brandt"] {
            assert!(!page.body.contains(secret), "{secret}: {page:?}");
        }
    }
}

#[test]
fn an_address_that_is_none_is_not_found_signed_in_or_not() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let outside = app.visitor().get("/no/such/page");
    assert_eq!(
        (outside.status, outside.heading().as_str()),
        (404, "There is no such page")
    );
    let inside = firm.signed_in(Role::Rep).get("/no/such/page");
    assert_eq!(
        (inside.status, inside.heading().as_str()),
        (404, "There is no such page")
    );
    assert!(inside.has_button("Sign out") && !outside.has_button("Sign out"));
}
