//! The fields of a lead, one by one.

use leadline::caller::Role;
use leadline::workflows::NodeType::{Email, VoiceCall};
use serde_json::{Value, json};

use crate::app::{Answer, TestApp};

fn is_invalid(answer: &Answer, message: &str) {
    answer.is_error(400, "Validation error", message);
}

#[test]
fn a_phone_comes_back_as_it_was_sent() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Sales Outreach", &[VoiceCall]);
    for phone in [
        "+1234567890",
        "(201) 555-0123",
        "12",
        "ask for Ann",
        "+56 9 1234 5678",
    ] {
        let lead = json!({ "first_name": "John", "phone": phone, "workflow_id": workflow });
        assert_eq!(
            program.post("/leads", &lead).of(201)["lead"]["phone"],
            phone
        );
    }
}

#[test]
fn an_e_mail_looks_like_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for email in [
        "john",
        "john@",
        "@example.com",
        "john@example",
        "a b@example.com",
        "john@@example.com",
    ] {
        let lead = json!({ "first_name": "John", "email": email });
        is_invalid(
            &program.post("/leads", &lead),
            "email must look like name@example.com",
        );
    }
    for absent in [json!(null), json!(""), json!(" ")] {
        let lead = json!({ "first_name": "John", "email": absent });
        assert_eq!(
            program.post("/leads", &lead).of(201)["lead"]["email"],
            Value::Null
        );
    }
}

#[test]
fn unknown_keys_move_into_metadata_and_explicit_ones_win() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let body = firm.program().post(
        "/leads",
        &json!({
            "first_name": "John",
            "edad": 35,
            "vip": true,
            "city": "Santiago",
            "nothing": null,
            "metadata": { "city": "Lima", "score": 1.5 }
        }),
    );
    let metadata = json!({ "edad": 35, "vip": true, "city": "Lima", "score": 1.5 });
    assert_eq!(body.of(201)["lead"]["metadata"], metadata);
}

#[test]
fn nested_metadata_is_refused() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for nested in [json!({ "a": 1 }), json!([1]), json!({}), json!([])] {
        for lead in [
            json!({ "first_name": "John", "metadata": { "address": nested } }),
            json!({ "first_name": "John", "address": nested }),
        ] {
            is_invalid(
                &program.post("/leads", &lead),
                "metadata.address must be a string, a number or a boolean",
            );
        }
    }
}

#[test]
fn a_first_message_needs_a_workflow() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let alone = program.post(
        "/leads",
        &json!({ "first_name": "John", "force_first_message": "Hi" }),
    );
    assert_eq!(alone.of(400)["error"], "Validation error");
    let workflow = firm.workflow("Letters", &[Email]);
    let lead =
        json!({ "first_name": "John", "force_first_message": "Hi", "workflow_id": workflow });
    let body = program.post("/leads", &lead).of(201);
    assert_eq!(body["lead"]["metadata"], json!({}), "it is no metadata");
}

#[test]
fn the_fields_beyond_the_examples_are_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let rep = firm.person(Role::Rep);
    for owner in [
        json!(rep.email),
        json!(rep.id),
        json!(rep.email.to_uppercase()),
    ] {
        let body = program.post(
            "/leads",
            &json!({
                "first_name": " Ann ", "company": "Acme", "title": "CEO", "source": "fair",
                "external_id": "crm-17", "tags": ["vip", "VIP", " warm "], "owner": owner
            }),
        );
        let body = body.of(201);
        assert_eq!(
            (&body["lead"]["first_name"], &body["lead"]["source"]),
            (&json!("Ann"), &json!("fair"))
        );
        let kept = program
            .get(&format!("/leads/{}", body["lead"]["id"].as_str().unwrap()))
            .of(200);
        assert_eq!(kept["owner"]["email"], json!(rep.email));
        assert_eq!(
            (&kept["external_id"], &kept["tags"]),
            (&json!("crm-17"), &json!(["vip", "warm"]))
        );
    }
}

#[test]
fn a_field_has_its_longest_text() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let longest = json!({ "first_name": "é".repeat(200), "company": "漢".repeat(200), "phone": "1".repeat(64) });
    program.post("/leads", &longest).of(201);
    let message = "first_name must be at most 200 characters long";
    is_invalid(
        &program.post("/leads", &json!({ "first_name": "é".repeat(201) })),
        message,
    );
}
