//! What makes a call one of the account dialect, and whose account it may name.

use diesel::connection::SimpleConnection;
use leadline::caller::Scope;
use serde_json::json;
use uuid::Uuid;

use super::{lead, number, says, speaks, total};
use crate::app::TestApp;

const NO_ACCESS: &str = "You do not have access to this account";

#[test]
fn the_account_is_named_by_its_number_or_its_uuid_and_told_in_the_same_words() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let uuid = firm.owner().account.id.to_string();
    let key = firm.key("Website", &[]);
    for named in [number(&firm), uuid] {
        let program = app.with_key(&key).with_header("x-account-id", &named);
        let made = program.post("/leads", &lead("Ann")).of(201);
        assert_eq!(made["accountId"], named);
        assert_eq!(made["auditLog"][0]["account_id"], named);
    }
    let bearer = app.with_key(&key).with_bearer();
    let bearer = bearer.with_header("x-account-id", &number(&firm));
    assert_eq!(bearer.get("/leads").of(200)["totalCount"], 2);
}

#[test]
fn without_the_header_nothing_is_other_than_it_was() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let made = program.post("/leads", &json!({ "first_name": "Ann" }));
    assert_eq!(made.of(201)["success"], true);
    assert!(program.get("/leads").of(200)["meta"].is_object());
    program
        .get("/nothing")
        .is_error(404, "Not found", "There is no such path");
}

#[test]
fn an_account_that_is_not_the_keys_is_nobodys_to_enter() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let key = firm.key("Website", &[]);
    let theirs = other.owner().account;
    for named in [
        theirs.number.to_string(),
        theirs.id.to_string(),
        "999999".to_owned(),
        Uuid::nil().to_string(),
        String::new(),
        "Acme".to_owned(),
        format!("-{}", number(&firm)),
        format!("{}.0", number(&firm)),
        "99999999999999999999".to_owned(),
    ] {
        let program = app.with_key(&key).with_header("x-account-id", &named);
        says(&program.get("/leads"), 403, NO_ACCESS);
        says(&program.post("/leads", &lead("Ann")), 403, NO_ACCESS);
        says(&program.get("/workflows"), 403, NO_ACCESS);
        // A body is not even read, so that nothing is learnt of it.
        says(&program.ask("POST", "/leads", Some("{")), 403, NO_ACCESS);
    }
    for one in [&firm, &other] {
        let program = one.program();
        assert_eq!(program.get("/leads").of(200)["meta"]["total"], 0);
    }
}

#[test]
fn whatever_goes_wrong_is_one_sentence_alone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let account = number(&firm);
    let nobody = app.without_key().with_header("x-account-id", &account);
    let no_key = "Please provide your API key in the X-API-Key header";
    says(&nobody.get("/leads"), 401, no_key);
    let stranger = app.with_key("nxr_live_x");
    let stranger = stranger.with_header("x-account-id", &account);
    says(
        &stranger.get("/leads"),
        401,
        "The provided API key is not valid",
    );
    says(&program.get("/nothing"), 404, "There is no such path");
    says(&program.get("/leads/17"), 404, "Lead not found");
    says(
        &program.post("/nothing", &json!({})),
        404,
        "There is no such path",
    );
    let id = "id must be an integer id or a UUID";
    for bad in ["x", "-1", "1.5", "%00", "%FF", "99999999999999999999"] {
        says(&program.get(&format!("/leads/{bad}")), 400, id);
    }
    let wrong = program.ask("PUT", "/leads", Some("{}"));
    says(&wrong, 405, "This path answers GET, HEAD, POST");
    assert_eq!(wrong.header("allow"), Some("GET, HEAD, POST"));
    let kind = Some(("text/plain", b"{}".to_vec()));
    let sentence = "The body must be JSON, with Content-Type: application/json";
    says(&program.ask_with("POST", "/leads", kind), 415, sentence);
    let large = format!("{{\"firstName\":\"{}\"}}", "x".repeat(8 * 1024 * 1024));
    let answer = program.ask("POST", "/leads", Some(&large));
    says(&answer, 413, "The body must be at most 8 MiB");
    for body in ["", "{", "nope", "[]", "7", "[{}]"] {
        let answer = program.ask("POST", "/leads", Some(body)).of(400);
        assert!(answer["error"].as_str().unwrap().starts_with("The body"));
        assert_eq!(answer.as_object().unwrap().len(), 1, "{answer}");
    }
    assert_eq!(total(&program), 0);
}

#[test]
fn a_call_that_fails_inside_says_nothing_of_the_cause() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    app.connect()
        .batch_execute("ALTER TABLE leads RENAME TO leads_moved")
        .unwrap();
    let answer = program.get("/leads");
    let sentence = "Something went wrong on our side; nothing was half written";
    let id = answer.header("x-request-id");
    answer.is(500, &json!({ "error": sentence, "request_id": id }));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[test]
fn each_answer_is_kept_by_nobody_and_can_be_found_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    for answer in [program.get("/leads"), program.get("/nothing")] {
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.header("x-request-id").is_some());
    }
}

#[test]
fn calls_that_the_dialect_does_not_have_are_answered_as_everywhere() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let made = program.post("/campaigns", &json!({ "name": "Spring" }));
    assert_eq!(made.of(201)["lead_count"], 0);
    assert_eq!(program.get("/campaigns").of(200)["meta"]["total"], 1);
    // Their fields are called as their bodies call them; only the form is this dialect's.
    let answer = program.post("/workflows", &json!({ "goal_type": "x", "name": "A" }));
    let sentence = answer.of(400)["error"].clone();
    assert!(
        sentence.as_str().unwrap().starts_with("goal_type"),
        "{sentence}"
    );
    let few = firm.key("Few", &[Scope::LeadsRead]);
    let few = super::with_account(&firm, app.with_key(&few));
    let lacks = "This key lacks the scope workflows:read";
    says(&few.get("/workflows"), 403, lacks);
}
