//! Calling numbers (contract §4).

use serde_json::json;

use crate::app::TestApp;

const LIST: &str = "/calling-numbers";

#[test]
fn a_new_account_has_one_number_to_try_with() {
    let app = TestApp::start();
    let list = app.firm("Acme").program().get(LIST).of(200);
    let numbers = list["data"].as_array().unwrap();
    assert_eq!(numbers.len(), 1);
    let facts = (&numbers[0]["phone_number"], &numbers[0]["kind"]);
    assert_eq!(facts, (&json!("+12025550100"), &json!("carrier")));
    assert_eq!(numbers[0]["active"], true);
    assert_eq!(list["meta"]["total"], 1);
}

#[test]
fn a_number_is_added_changed_and_taken_out() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let new = json!({ "phone_number": "(415) 555-0142" });
    let made = program.post(LIST, &new).of(201);
    let id = made["id"].as_str().unwrap().to_owned();
    let mut expected = json!({ "id": id, "phone_number": "+14155550142", "kind": "carrier",
        "active": true });
    assert_eq!(made, expected);
    let path = format!("{LIST}/{id}");
    program.get(&path).is(200, &expected);
    expected["active"] = json!(false);
    let off = json!({ "active": false });
    program.patch(&path, &off).is(200, &expected);
    expected["kind"] = json!("sip");
    expected["phone_number"] = json!("+442079460321");
    let other = json!({ "kind": "sip", "phone_number": "+44 20 7946 0321" });
    program.patch(&path, &other).is(200, &expected);
    let first = program.get(&format!("{LIST}?limit=1")).of(200);
    assert_eq!(first["data"].as_array().unwrap().len(), 1);
    assert!(first["meta"]["next_cursor"].is_string());
    program.delete(&path).is(200, &json!({ "success": true }));
    program.get(&path).is_error(
        404,
        "Not found",
        "Calling number not found or does not belong to your account",
    );
}

#[test]
fn a_number_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let wrong = "phone_number must be a phone number with its country, as +12025550100";
    for (body, message) in [
        (json!({}), "phone_number is required"),
        (json!({ "phone_number": " " }), "phone_number is required"),
        (json!({ "phone_number": "12ab" }), wrong),
        (json!({ "phone_number": "9.87654E+09" }), wrong),
        (
            json!({ "phone_number": "+14155550142", "kind": "pigeon" }),
            "kind must be carrier or sip",
        ),
        (
            json!({ "phone_number": "+14155550142", "active": "yes" }),
            "active must be true or false",
        ),
        (
            json!({ "phone_number": "+14155550142", "name": "Desk" }),
            "name is not a known field",
        ),
    ] {
        let answer = program.post(LIST, &body);
        answer.is_error(400, "Validation error", message);
    }
    let again = json!({ "phone_number": "+1 202 555 0100" });
    program.post(LIST, &again).is_error(
        409,
        "Conflict",
        "This number is one of your calling numbers already",
    );
    assert_eq!(program.get(LIST).of(200)["meta"]["total"], 1);
    // Another account may call from the same number.
    let other = app.firm("Zenith").program();
    let shared = json!({ "phone_number": "+14155550142" });
    program.post(LIST, &shared).of(201);
    other.post(LIST, &shared).of(201);
}
