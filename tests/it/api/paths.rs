//! Addresses and methods that are none, and what every answer carries (contract §1).

use diesel::connection::SimpleConnection;
use serde_json::json;
use uuid::Uuid;

use super::routes::{call, calls, with};
use crate::app::TestApp;

#[test]
fn an_address_that_is_none_is_not_found_in_json() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for path in [
        "",
        "/",
        "/nothing",
        "/leads/a/b/c",
        "/leads/",
        "//leads",
        "/Leads",
        "/leads/%2e%2e",
    ] {
        for method in ["GET", "POST", "PATCH", "DELETE"] {
            let body = matches!(method, "POST" | "PATCH").then_some("{}");
            let answer = program.ask(method, path, body);
            let class = &answer.json()["error"];
            assert!(matches!(answer.status, 400 | 404 | 405), "{answer:?}");
            assert!(class.is_string(), "{answer:?}");
        }
    }
    program
        .get("/nothing")
        .is_error(404, "Not found", "There is no such path");
}

#[test]
fn a_wrong_method_names_the_right_ones() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let id = Uuid::new_v4();
    for (method, path, allow) in [
        ("PUT", "/leads".to_owned(), "GET, HEAD, POST"),
        ("DELETE", "/leads".to_owned(), "GET, HEAD, POST"),
        ("POST", format!("/leads/{id}"), "GET, HEAD, PATCH, DELETE"),
        ("GET", format!("/leads/{id}/archive"), "POST, DELETE"),
        ("PATCH", "/campaigns".to_owned(), "GET, HEAD, POST"),
        ("DELETE", "/workflows".to_owned(), "GET, HEAD, POST"),
    ] {
        let body = matches!(method, "POST" | "PATCH" | "PUT").then_some("{}");
        let answer = program.ask(method, &path, body);
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some(allow)),
            "{answer:?}"
        );
        assert!(answer.json()["message"].is_string(), "{answer:?}");
    }
}

#[test]
fn an_id_that_is_none_is_a_validation_error() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for route in calls()
        .into_iter()
        .filter(|route| route.path.contains("{id}"))
    {
        for id in [
            "17",
            "not-a-uuid",
            "%00",
            "%FF",
            "123e4567-e89b-12d3-a456-42661417400",
            "'%20OR%201=1",
        ] {
            let answer = call(&program, route.method, &with(route.path, id));
            assert_eq!(answer.of(400)["error"], "Validation error", "{answer:?}");
        }
    }
}

#[test]
fn every_answer_carries_a_request_id_and_is_kept_by_nobody() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let id = Uuid::new_v4().to_string();
    for route in calls() {
        let answer = call(&program, route.method, &with(route.path, &id));
        assert!(
            answer
                .header("x-request-id")
                .is_some_and(|id| !id.is_empty()),
            "{answer:?}"
        );
        assert_eq!(
            answer.header("cache-control"),
            Some("no-store"),
            "{answer:?}"
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{answer:?}"
        );
        answer.json();
    }
    assert!(program.get("/nothing").header("x-request-id").is_some());
    assert!(
        app.without_key()
            .get("/leads")
            .header("x-request-id")
            .is_some()
    );
}

#[test]
fn a_call_that_fails_inside_says_nothing_of_the_cause() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    app.connect()
        .batch_execute("ALTER TABLE leads RENAME TO leads_moved")
        .unwrap();
    let answer = program.get("/leads");
    let body = answer.of(500);
    assert_eq!(body["error"], "Internal server error");
    assert_eq!(body["request_id"].as_str(), answer.header("x-request-id"));
    for cause in ["relation", "moved", "SELECT", "diesel"] {
        assert!(!answer.text.contains(cause), "{answer:?}");
    }
}

#[test]
fn a_parameter_that_is_wrong_is_named() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for (query, named) in [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=many", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("cursor=made-up", "cursor"),
        ("cursor=%F0%9F%92%A9", "cursor"),
        ("colour=red", "colour"),
    ] {
        for list in ["/leads", "/campaigns", "/workflows"] {
            let answer = program.get(&format!("{list}?{query}"));
            let body = answer.of(400);
            assert_eq!(body["error"], "Validation error", "{answer:?}");
            assert!(
                body["message"].as_str().unwrap().contains(named),
                "{answer:?}"
            );
        }
    }
    for broken in [
        "q=%FF",
        "q=%ED%A0%80",
        "%C3=x",
        "q=%00",
        "%00=x",
        "owner=a%00b",
        "metadata.a%00=1",
    ] {
        assert_eq!(
            program.get(&format!("/leads?{broken}")).of(400)["error"],
            "Validation error"
        );
    }
}

#[test]
fn a_head_is_answered_like_a_get_without_its_body() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let answer = firm.program().ask("HEAD", "/leads", None);
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
}

#[test]
fn api_and_pages_do_not_take_each_others_tickets() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let browser = firm.signed_in(leadline::caller::Role::Owner);
    let answer = browser.get("/api/public/leads");
    assert_eq!(answer.status, 401);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&answer.body).unwrap()["error"],
        json!("Missing API key")
    );
    let key = firm.key("Website", &[]);
    let page = app.visitor().with_header("x-api-key", &key).get("/leads");
    assert_eq!(page.status, 303);
}
