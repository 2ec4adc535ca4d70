//! Who may call (contract §1).

use chrono::TimeDelta;
use leadline::accounts::{self, NewKey};
use leadline::caller::{Role, Scope};
use serde_json::json;
use uuid::Uuid;

use super::routes::{call, calls, with};
use crate::app::{Answer, TestApp};

fn is_missing(answer: &Answer) {
    answer.is_error(
        401,
        "Missing API key",
        "Please provide your API key in the X-API-Key header",
    );
}

fn is_invalid(answer: &Answer) {
    answer.is_error(401, "Invalid API key", "The provided API key is not valid");
}

#[test]
fn no_call_is_answered_without_a_key() {
    let app = TestApp::start();
    app.firm("Acme");
    let id = Uuid::new_v4().to_string();
    for route in calls() {
        is_missing(&call(
            &app.without_key(),
            route.method,
            &with(route.path, &id),
        ));
    }
}

#[test]
fn a_key_that_was_never_made_is_not_valid_on_any_call() {
    let app = TestApp::start();
    app.firm("Acme");
    let id = Uuid::new_v4().to_string();
    for route in calls() {
        let made_up = app.with_key("nxr_live_made_up");
        is_invalid(&call(&made_up, route.method, &with(route.path, &id)));
    }
}

#[test]
fn a_key_is_given_in_either_header() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Website", &[]);
    assert_eq!(app.with_key(&key).get("/leads").status, 200);
    assert_eq!(app.with_key(&key).with_bearer().get("/leads").status, 200);
    is_invalid(&app.with_key("nope").with_bearer().get("/leads"));
    for header in ["Basic bnhyOg==", "Bearer", "Bearer ", &key] {
        is_missing(
            &app.without_key()
                .with_header("authorization", header)
                .get("/leads"),
        );
    }
}

#[test]
fn whoever_has_no_key_learns_nothing_of_a_bodys_faults() {
    let app = TestApp::start();
    app.firm("Acme");
    for body in ["{", "[]", "{\"first_name\": 7}"] {
        is_missing(&app.without_key().ask("POST", "/leads", Some(body)));
        is_invalid(&app.with_key("nxr_live_x").ask("POST", "/leads", Some(body)));
    }
}

#[test]
fn a_revoked_key_is_not_valid() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = app.with_key(&firm.key("Website", &[]));
    assert_eq!(program.get("/leads").status, 200);
    accounts::revoke_key_named(&mut app.connect(), &firm.owner(), "Website").unwrap();
    is_invalid(&program.get("/leads"));
}

#[test]
fn a_key_is_valid_until_its_end() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let input = NewKey {
        name: "Trial".to_owned(),
        scopes: Vec::new(),
        expires_at: Some(app.clock.now() + TimeDelta::days(1)),
        person: None,
    };
    let (_, key) = accounts::create_key(&mut app.connect(), &firm.owner(), input).unwrap();
    app.wait(TimeDelta::days(1) - TimeDelta::seconds(1));
    assert_eq!(app.with_key(&key).get("/leads").status, 200);
    app.wait(TimeDelta::seconds(1));
    is_invalid(&app.with_key(&key).get("/leads"));
}

#[test]
fn each_call_asks_for_its_scope() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = Uuid::new_v4().to_string();
    for &lacking in Scope::ALL {
        let others: Vec<Scope> = Scope::ALL
            .iter()
            .copied()
            .filter(|one| *one != lacking)
            .collect();
        let program = app.with_key(&firm.key(lacking.as_str(), &others));
        for route in calls() {
            let noun = route.path.split('/').nth(1).unwrap();
            // Campaigns go with leads (contract §1 names no scope of their own), and so do the leads
            // of a workflow.
            let is_of_leads = noun == "campaigns" || route.path.contains("/leads");
            let noun = match noun {
                _ if is_of_leads => "leads",
                // Who works here is known to whoever may give leads.
                "team" => "leads",
                "account" | "audit" | "calling-numbers" | "destinations" | "teams"
                | "lead-sources" | "lead-rotations" => "settings",
                noun => noun,
            };
            let verb = if route.method == "GET" {
                "read"
            } else {
                "write"
            };
            // Who is told whose turn it is has taken it for a lead.
            let (noun, verb) = match route.path.ends_with("/next-user") {
                true => ("leads", "write"),
                false => (noun, verb),
            };
            let answer = call(&program, route.method, &with(route.path, &id));
            if lacking.as_str() == format!("{noun}:{verb}") {
                answer.is_error(
                    403,
                    "Forbidden",
                    &format!("This key lacks the scope {lacking}"),
                );
            } else {
                assert_ne!(answer.status, 403, "{lacking} {answer:?}");
            }
        }
    }
}

#[test]
fn the_list_of_keys_tells_when_one_was_last_used() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = app.with_key(&firm.key("Website", &[]));
    let admin = firm.signed_in(Role::Admin);
    assert_eq!(admin.get("/settings/keys").row("Website")[3], "never");
    program.get("/leads");
    app.wait(TimeDelta::hours(3));
    assert!(admin.get("/settings/keys").row("Website")[3].contains('3'));
}

#[test]
fn a_key_belongs_to_one_account() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let created = firm
        .program()
        .post("/leads", &json!({ "first_name": "Ann" }))
        .of(201);
    let path = format!("/leads/{}", created["lead"]["id"].as_str().unwrap());
    assert_eq!(
        app.with_key(&firm.key("Second", &[])).get(&path).status,
        200
    );
    other
        .program()
        .get(&path)
        .is(404, &json!({ "error": "Lead not found" }));
}
