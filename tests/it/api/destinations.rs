//! Destinations (contract §4).

use serde_json::json;

use crate::app::TestApp;

const LIST: &str = "/destinations";

#[test]
fn a_new_account_may_call_its_own_country() {
    let app = TestApp::start();
    let list = app.firm("Acme").program().get(LIST).of(200);
    let all = list["data"].as_array().unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(
        (&all[0]["country"], &all[0]["prefix"], &all[0]["enabled"]),
        (&json!("US"), &json!(null), &json!(true))
    );
}

#[test]
fn a_destination_is_added_changed_and_taken_out() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let new = json!({ "country": "in", "prefix": "+91 98", "enabled": false });
    let made = program.post(LIST, &new).of(201);
    let id = made["id"].as_str().unwrap().to_owned();
    let mut expected = json!({ "id": id, "country": "IN", "prefix": "+9198", "enabled": false });
    assert_eq!(made, expected);
    let path = format!("{LIST}/{id}");
    program.get(&path).is(200, &expected);
    expected["enabled"] = json!(true);
    program
        .patch(&path, &json!({ "enabled": true }))
        .is(200, &expected);
    expected["prefix"] = json!(null);
    program
        .patch(&path, &json!({ "prefix": null }))
        .is(200, &expected);
    program.delete(&path).is(200, &json!({ "success": true }));
    program.get(&path).is_error(
        404,
        "Not found",
        "Destination not found or does not belong to your account",
    );
}

#[test]
fn a_destination_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for (body, message) in [
        (json!({}), "country is required"),
        (json!({ "country": 7 }), "country must be a string"),
        (
            json!({ "country": "XX" }),
            "Choose a country by its two letters, as US or DE",
        ),
        (
            json!({ "country": "IN", "prefix": "+4420" }),
            "+4420 is no prefix of IN, where numbers begin with +91",
        ),
        (
            json!({ "country": "US", "prefix": "+1416" }),
            "Numbers that begin with +1416 are of CA, not of US",
        ),
        (
            json!({ "country": "IN", "active": true }),
            "active is not a known field",
        ),
    ] {
        let answer = program.post(LIST, &body);
        answer.is_error(400, "Validation error", message);
    }
}

#[test]
fn a_country_and_a_prefix_of_it_stand_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let taken = "This destination is one of yours already";
    let (whole, prefix) = (
        json!({ "country": "IN" }),
        json!({ "country": "IN", "prefix": "+9198" }),
    );
    let made = [&whole, &prefix].map(|one| {
        let made = program.post(LIST, one).of(201);
        program.post(LIST, one).is_error(409, "Conflict", taken);
        made
    });
    let path = format!("{LIST}/{}", made[0]["id"].as_str().unwrap());
    let answer = program.patch(&path, &json!({ "country": "US", "prefix": null }));
    answer.is_error(409, "Conflict", taken);
}
