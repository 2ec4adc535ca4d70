//! A new lead in the account dialect.

use leadline::caller::{Role, Scope};
use serde_json::{Value, json};

use super::{lead, number, path, says, speaks, total, with_account};
use crate::app::TestApp;

#[test]
fn a_lead_comes_back_with_every_field_in_its_type() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let full = json!({
        "firstName": " Ann ", "lastName": "Boat", "imgSrc": "https://example.com/ann.png",
        "email": "ann@boats.example", "phone": "(201) 555-0123", "company": "Boats Ltd",
        "jobTitle": "Skipper", "branch": "North", "source": "Fair", "position": "Lead",
        "location": "Lisbon", "productsServicesSold": "Sails", "numberOfEmployees": 12,
        "currentPaymentProcessor": "Till", "monthlyTransactionVolume": 250_000,
        "interestedInSwitching": true, "processStage": "Demo", "buyingRole": "Decides",
        "assignedTo": firm.email(Role::Rep).to_uppercase(), "notes": "Calls back",
        "lastContacted": "2026-11-18T09:30:00+02:00", "archived": false,
        "createdBy": firm.email(Role::Manager),
    });
    let made = program.post("/leads", &full).of(201);
    let mut expected = full.clone();
    for (field, value) in [
        ("id", made["id"].clone()),
        ("accountId", json!(number(&firm))),
        ("teamId", Value::Null),
        ("leadSourceId", Value::Null),
        ("applicationId", Value::Null),
        ("firstName", json!("Ann")),
        ("assignedTo", json!(firm.email(Role::Rep))),
        ("lastContacted", json!("2026-11-18T07:30:00Z")),
        ("createdAt", json!("2026-11-19T12:00:00Z")),
        ("updatedAt", json!("2026-11-19T12:00:00Z")),
        ("auditLog", made["auditLog"].clone()),
    ] {
        expected[field] = value;
    }
    assert_eq!(made, expected);
    assert!(made["id"].is_i64());
    program.get(&path("/leads", &made)).is(200, &expected);
}

#[test]
fn what_lives_in_metadata_has_its_own_names_there() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Website", &[]);
    let program = with_account(&firm, app.with_key(&key));
    let mut body = lead("Ann");
    body["numberOfEmployees"] = json!(12);
    body["interestedInSwitching"] = json!(false);
    body["imgSrc"] = json!("https://example.com/a.png");
    program.post("/leads", &body).of(201);
    let standard = app.with_key(&key).get("/leads").of(200);
    let lead = &standard["data"][0];
    let metadata = json!({
        "number_of_employees": 12, "interested_in_switching": false,
        "img_src": "https://example.com/a.png",
    });
    assert_eq!(lead["metadata"], metadata);
    assert_eq!(lead["source"], "api");
}

#[test]
fn who_made_it_is_the_keys_owner_unless_somebody_is_named() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let made = program.post("/leads", &lead("Ann")).of(201);
    assert_eq!(made["createdBy"], firm.email(Role::Owner));
    assert_eq!(made["auditLog"][0]["user"], firm.email(Role::Owner));
    let mut named = lead("Bob");
    named["createdBy"] = json!(firm.email(Role::Rep));
    let made = program.post("/leads", &named).of(201);
    assert_eq!(made["createdBy"], firm.email(Role::Rep));
    // Those that came in elsewhere tell it too.
    let by_hand = firm.lead("Cleo");
    let shown = program.get(&format!("/leads/{by_hand}")).of(200);
    assert_eq!(shown["createdBy"], firm.email(Role::Owner));
}

#[test]
fn nulls_say_nothing_of_a_new_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let mut body = lead("Ann");
    for field in [
        "id",
        "teamId",
        "leadSourceId",
        "email",
        "source",
        "numberOfEmployees",
        "archived",
        "assignedTo",
        "createdBy",
        "lastContacted",
    ] {
        body[field] = Value::Null;
    }
    let made = program.post("/leads", &body).of(201);
    assert_eq!(made["source"], "api");
    assert_eq!(made["archived"], false);
    assert_eq!(made["numberOfEmployees"], Value::Null);
}

#[test]
fn a_lead_may_come_in_put_away() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let mut body = lead("Ann");
    body["archived"] = json!(true);
    let made = program.post("/leads", &body).of(201);
    assert_eq!(made["archived"], true);
    assert_eq!(made["auditLog"][0]["data"]["lead"]["archived"], true);
    assert_eq!(total(&program), 0);
    assert_eq!(program.get("/leads?archived=true").of(200)["totalCount"], 1);
}

#[test]
fn a_key_that_only_writes_gets_its_lead_too() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let writer = firm.key("Writer", &[Scope::LeadsWrite]);
    let writer = with_account(&firm, app.with_key(&writer));
    let made = writer.post("/leads", &lead("Ann")).of(201);
    assert_eq!(made["firstName"], "Ann");
    let changed = json!({ "company": "Reef" });
    writer.patch(&path("/leads", &made), &changed).of(200);
    let lacks = "This key lacks the scope leads:read";
    says(&writer.get(&path("/leads", &made)), 403, lacks);
    let reader = firm.key("Reader", &[Scope::LeadsRead]);
    let reader = with_account(&firm, app.with_key(&reader));
    let lacks = "This key lacks the scope leads:write";
    says(&reader.post("/leads", &lead("Bob")), 403, lacks);
    // Whoever may not write learns nothing of what there is.
    let mut body = lead("Bob");
    body["teamId"] = json!(999_999);
    says(&reader.post("/leads", &body), 403, lacks);
}

#[test]
fn the_accounts_rule_about_duplicates_holds() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Website", &[]);
    let program = with_account(&firm, app.with_key(&key));
    let mut body = lead("Ann");
    body["email"] = json!("ann@boats.example");
    let made = program.post("/leads", &body).of(201);
    let standard = app.with_key(&key);
    let rule = |rule: &str| {
        let rule = json!({ "duplicates_by_api": rule });
        standard.patch("/account", &rule).of(200);
    };
    rule("refuse");
    let there = "There is already a lead with this e-mail: Ann Boat";
    says(&program.post("/leads", &body), 409, there);
    rule("reuse");
    let again = program.post("/leads", &body).of(200);
    assert_eq!(again["id"], made["id"]);
    assert_eq!(total(&program), 1);
}
