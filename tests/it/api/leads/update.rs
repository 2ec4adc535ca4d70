//! Changing a lead.

use leadline::caller::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{TestApp, WithKey};

/// A lead with something in every field.
fn lead(program: &WithKey) -> String {
    let body = program.post("/leads", &json!({
        "first_name": "Carlos", "last_name": "Lopez", "email": "carlos@example.com", "phone": "+56987654321",
        "company": "Acme", "title": "Manager", "external_id": "7", "metadata": { "a": 1, "b": "two", "c": true }
    }));
    format!("/leads/{}", body.of(201)["lead"]["id"].as_str().unwrap())
}

#[test]
fn the_example_is_answered_as_written() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = lead(&program);
    let body = program
        .patch(
            &path,
            &json!({ "metadata": { "contacted_externally": true } }),
        )
        .of(200);
    assert_eq!(body["success"], true);
    let keys = [
        "id",
        "first_name",
        "last_name",
        "email",
        "phone",
        "company",
        "title",
        "source",
        "campaign_id",
        "metadata",
        "created_at",
    ];
    for key in keys {
        assert!(body["lead"].get(key).is_some(), "{key} is missing: {body}");
    }
    assert_eq!(
        body["lead"]["metadata"],
        json!({ "a": 1, "b": "two", "c": true, "contacted_externally": true })
    );
}

#[test]
fn absent_keeps_null_clears_and_text_replaces() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = lead(&program);
    let campaign = firm.campaign("Q1").id;
    let body = program.patch(
        &path,
        &json!({
            "first_name": "Carla", "last_name": null, "phone": null, "company": "Stark Industries",
            "source": "website", "campaign_id": campaign
        }),
    );
    let changed = body.of(200)["lead"].clone();
    for (key, value) in [
        ("first_name", json!("Carla")),
        ("last_name", json!(null)),
        ("email", json!("carlos@example.com")),
        ("phone", json!(null)),
        ("company", json!("Stark Industries")),
        ("title", json!("Manager")),
        ("source", json!("website")),
        ("campaign_id", json!(campaign)),
    ] {
        assert_eq!(changed.get(key), Some(&value), "{key}");
    }
    let cleared = program
        .patch(&path, &json!({ "campaign_id": null }))
        .of(200);
    assert_eq!(cleared["lead"]["campaign_id"], Value::Null);
    assert_eq!(program.get(&path).of(200)["external_id"], "7");
}

#[test]
fn metadata_is_merged_key_by_key() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = lead(&program);
    let body = program.patch(
        &path,
        &json!({ "metadata": { "a": 2, "b": null, "d": "new", "none": null } }),
    );
    assert_eq!(
        body.of(200)["lead"]["metadata"],
        json!({ "a": 2, "c": true, "d": "new" })
    );
    let nested = program.patch(&path, &json!({ "metadata": { "a": { "b": 1 } } }));
    nested.is_error(
        400,
        "Validation error",
        "metadata.a must be a string, a number or a boolean",
    );
    assert_eq!(program.get(&path).of(200)["metadata"]["a"], 2);
}

#[test]
fn what_can_not_be_cleared_or_is_not_known_is_named() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = lead(&program);
    for (body, message) in [
        (json!({ "first_name": null }), "first_name can't be null"),
        (json!({ "first_name": " " }), "first_name is required"),
        (json!({ "source": null }), "source can't be null"),
        (json!({ "edad": 35 }), "edad is not a known field"),
        (json!({ "id": "x" }), "id is not a known field"),
        (
            json!({ "created_at": "2026-01-01T00:00:00Z" }),
            "created_at is not a known field",
        ),
        (
            json!({ "workflow_id": Uuid::new_v4() }),
            "workflow_id is not a known field",
        ),
        (
            json!({ "email": "nope" }),
            "email must look like name@example.com",
        ),
        (
            json!({ "campaign_id": Uuid::new_v4() }),
            "campaign_id not found or does not belong to your account",
        ),
        (
            json!({ "company": "a\0b" }),
            "company must not contain NUL characters",
        ),
        (json!({ "company": 7 }), "company must be a string"),
    ] {
        // A good field beside a bad one is not written either.
        let mut both = body.clone();
        both["last_name"] = json!("Written");
        program
            .patch(&path, &both)
            .is_error(400, "Validation error", message);
    }
    assert_eq!(program.get(&path).of(200)["last_name"], "Lopez");
}

#[test]
fn an_owner_comes_and_goes() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = lead(&program);
    program
        .patch(&path, &json!({ "owner": firm.email(Role::Rep) }))
        .of(200);
    assert_eq!(program.get(&path).of(200)["owner"]["name"], "Rita Osei");
    program.patch(&path, &json!({ "owner": null })).of(200);
    assert_eq!(program.get(&path).of(200)["owner"], Value::Null);
}

#[test]
fn nothing_to_change_changes_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = lead(&program);
    let before = program.get(&path).of(200);
    app.wait(chrono::TimeDelta::hours(1));
    assert_eq!(program.patch(&path, &json!({})).of(200)["success"], true);
    program
        .patch(
            &path,
            &json!({ "first_name": "Carlos", "metadata": { "a": 1 } }),
        )
        .of(200);
    assert_eq!(program.get(&path).of(200), before);
    program
        .patch(&path, &json!({ "first_name": "Carla" }))
        .of(200);
    assert_eq!(
        program.get(&path).of(200)["updated_at"],
        "2026-11-19T13:00:00Z"
    );
}
