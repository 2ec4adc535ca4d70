//! Changing, putting away and deleting a lead in the account dialect.

use leadline::caller::Role;
use serde_json::{Value, json};

use super::{lead, path, says, speaks, total};
use crate::app::TestApp;

fn events(lead: &Value) -> Vec<&str> {
    let log = lead["auditLog"].as_array().unwrap();
    log.iter()
        .map(|one| one["event"].as_str().unwrap())
        .collect()
}

#[test]
fn absent_keeps_and_null_clears() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let mut new = lead("Ann");
    for (field, value) in [
        ("company", json!("Reef")),
        ("jobTitle", json!("Skipper")),
        ("numberOfEmployees", json!(12)),
        ("interestedInSwitching", json!(true)),
        ("notes", json!("Calls back")),
        ("assignedTo", json!(firm.email(Role::Rep))),
        ("lastContacted", json!("2026-11-18T07:30:00Z")),
    ] {
        new[field] = value;
    }
    let made = program.post("/leads", &new).of(201);
    let own = path("/leads", &made);
    app.wait(chrono::TimeDelta::minutes(1));
    let changes = json!({
        "company": null, "numberOfEmployees": null, "interestedInSwitching": false,
        "assignedTo": null, "lastContacted": null, "email": "ann@boats.example",
        "createdBy": firm.email(Role::Manager),
    });
    let changed = program.patch(&own, &changes).of(200);
    let mut expected = made.clone();
    for (field, value) in changes.as_object().unwrap() {
        expected[field] = value.clone();
    }
    expected["updatedAt"] = json!("2026-11-19T12:01:00Z");
    expected["auditLog"] = changed["auditLog"].clone();
    assert_eq!(changed, expected);
    assert_eq!(
        events(&changed),
        ["lead_created", "lead_updated", "lead_assigned"]
    );
    program.get(&own).is(200, &expected);
    // What changes nothing is not told.
    program.patch(&own, &json!({})).is(200, &expected);
    program.patch(&own, &changes).is(200, &expected);
}

#[test]
fn what_a_lead_must_have_can_not_be_cleared() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let own = path("/leads", &program.post("/leads", &lead("Ann")).of(201));
    for field in ["firstName", "lastName", "source"] {
        let sentence = format!("{field} can't be null");
        says(
            &program.patch(&own, &json!({ field: null })),
            400,
            &sentence,
        );
    }
    let sentence = "archived must be true or false";
    says(
        &program.patch(&own, &json!({ "archived": null })),
        400,
        sentence,
    );
}

#[test]
fn a_lead_is_called_by_its_number_or_its_uuid() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let uuid = firm.lead("Ann");
    let shown = program.get(&format!("/leads/{uuid}")).of(200);
    program.get(&path("/leads", &shown)).is(200, &shown);
    let changed = program.patch(&format!("/leads/{uuid}"), &json!({ "company": "Reef" }));
    assert_eq!(changed.of(200)["id"], shown["id"]);
}

#[test]
fn a_lead_is_put_away_and_brought_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let own = path("/leads", &program.post("/leads", &lead("Ann")).of(201));
    let archive = format!("{own}/archive");
    for _ in 0..2 {
        let away = program.ask("POST", &archive, None).of(200);
        assert_eq!(away["archived"], true);
        assert_eq!(events(&away), ["lead_created", "lead_archived"]);
    }
    assert_eq!(total(&program), 0);
    let back = program.delete(&archive).of(200);
    assert_eq!(back["archived"], false);
    assert_eq!(total(&program), 1);
    // The same by a change, together with others.
    let change = json!({ "archived": true, "company": "Reef" });
    let away = program.patch(&own, &change).of(200);
    assert_eq!(
        (&away["archived"], &away["company"]),
        (&json!(true), &json!("Reef"))
    );
    let told = [
        "lead_created",
        "lead_archived",
        "lead_unarchived",
        "lead_updated",
        "lead_archived",
    ];
    assert_eq!(events(&away), told);
    let back = program.patch(&own, &json!({ "archived": false })).of(200);
    assert_eq!(events(&back).last(), Some(&"lead_unarchived"));
}

#[test]
fn a_deleted_lead_is_gone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let own = path("/leads", &program.post("/leads", &lead("Ann")).of(201));
    program.delete(&own).is(200, &json!({ "success": true }));
    let gone = "Lead not found";
    says(&program.get(&own), 404, gone);
    says(&program.delete(&own), 404, gone);
    says(&program.patch(&own, &json!({})), 404, gone);
    says(
        &program.ask("POST", &format!("{own}/archive"), None),
        404,
        gone,
    );
    says(&program.get(&format!("{own}/audit-log")), 404, gone);
}
