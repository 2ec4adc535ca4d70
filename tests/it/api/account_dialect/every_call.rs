//! What holds for each call of the dialect, from the list of its routes.

use leadline::api::ACCOUNT_DIALECT_ROUTES;
use leadline::caller::{Role, Scope};
use leadline::routes::Route;
use leadline::server;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{lead, number, path, says, speaks, with_account};
use crate::api::routes::{call_with, with};
use crate::app::{Answer, Firm, TestApp, WithKey};

/// Every call; paths begin after the prefix.
fn calls() -> Vec<Route> {
    let all = ACCOUNT_DIALECT_ROUTES.iter().map(|route| Route {
        path: route.path.strip_prefix("/api/public").unwrap(),
        ..*route
    });
    all.collect()
}

/// A body that suits a call. A new one has to be named here.
fn body(route: Route) -> Value {
    match (route.method, route.path.split('/').nth(1).unwrap()) {
        ("GET" | "DELETE", _) => Value::Null,
        ("PATCH", "lead-rotations") if route.path.ends_with("/status") => {
            json!({ "status": "queued" })
        }
        ("POST", "leads") => lead("Ann"),
        ("PATCH", "leads") => json!({ "company": "Reef" }),
        (_, "teams" | "lead-sources" | "lead-rotations") => json!({ "name": Uuid::now_v7() }),
        _ => panic!("say in this test what {} is sent", route.path),
    }
}

fn make(program: &WithKey, route: Route, id: &str) -> Answer {
    call_with(program, route.method, &with(route.path, id), &body(route))
}

/// A thing that a call could be about.
fn thing(firm: &Firm<'_>, program: &WithKey, route: Route) -> String {
    let list = format!("/{}", route.path.split('/').nth(1).unwrap());
    let new = match list.as_str() {
        "/leads" => {
            let path = "/leads?skipTeamAndSourceRequirement=true";
            program.post(path, &lead("Ann")).of(201)
        }
        "/lead-rotations" => {
            let people = json!([firm.email(Role::Rep)]);
            let new = json!({ "name": Uuid::now_v7(), "userRotationArray": people });
            program.post("/lead-rotations", &new).of(201)
        }
        list => program
            .post(list, &json!({ "name": Uuid::now_v7() }))
            .of(201),
    };
    path("", &new)[1..].to_owned()
}

#[test]
fn the_list_of_routes_has_every_call_of_the_dialect() {
    for route in ACCOUNT_DIALECT_ROUTES {
        assert!(server::routes().any(|one| one == route), "{route:?}");
    }
}

#[test]
fn no_call_is_answered_without_a_key() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let no_key = "Please provide your API key in the X-API-Key header";
    for route in calls() {
        let program = with_account(&firm, app.without_key());
        says(&make(&program, route, "17"), 401, no_key);
    }
}

#[test]
fn no_call_enters_another_account() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let no_access = "You do not have access to this account";
    let program = firm.program().with_header("x-account-id", &number(&other));
    for route in calls() {
        says(&make(&program, route, "17"), 403, no_access);
    }
}

#[test]
fn another_accounts_things_do_not_exist() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let (program, theirs) = (speaks(&firm), speaks(&other));
    for route in calls().into_iter().filter(|route| route.path.contains('{')) {
        let id = thing(&other, &theirs, route);
        let found = make(&program, route, &id);
        let nobodys = make(&program, route, "999999");
        assert_eq!(found.of(404), nobodys.of(404));
        let by_uuid = make(&program, route, &Uuid::now_v7().to_string());
        assert_eq!(found.of(404), by_uuid.of(404));
        let own = make(&theirs, route, &id);
        assert!(own.status < 300, "{} shows nothing: {own:?}", route.path);
    }
}

#[test]
fn each_call_asks_for_its_scope() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for &lacking in Scope::ALL {
        let others = Scope::ALL.iter().copied().filter(|one| *one != lacking);
        let key = firm.key(lacking.as_str(), &others.collect::<Vec<_>>());
        let program = with_account(&firm, app.with_key(&key));
        for route in calls() {
            let noun = match route.path.starts_with("/leads") {
                true => "leads",
                false => "settings",
            };
            let verb = match route.method {
                "GET" => "read",
                _ => "write",
            };
            // Who is told whose turn it is has taken it for a lead.
            let (noun, verb) = match route.path.ends_with("/next-user") {
                true => ("leads", "write"),
                false => (noun, verb),
            };
            let answer = make(&program, route, "999999");
            if lacking.as_str() == format!("{noun}:{verb}") {
                says(&answer, 403, &format!("This key lacks the scope {lacking}"));
            } else {
                assert_ne!(answer.status, 403, "{lacking} {answer:?}");
            }
        }
    }
}
