//! The account itself (contract §4).

use serde_json::json;

use crate::app::TestApp;

#[test]
fn the_account_is_told_and_changed_field_by_field() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let account = &firm.owner().account;
    let mut expected = json!({ "id": account.id, "number": account.number, "name": "Acme",
        "default_country": "US", "time_zone": "UTC", "duplicates_by_form": "refuse",
        "duplicates_by_api": "allow", "duplicates_by_file": "reuse" });
    program.get("/account").is(200, &expected);
    let country = json!({ "default_country": "IN" });
    expected["default_country"] = json!("IN");
    program.patch("/account", &country).is(200, &expected);
    for (rule, word) in [
        ("duplicates_by_form", "allow"),
        ("duplicates_by_api", "reuse"),
        ("duplicates_by_file", "refuse"),
    ] {
        expected[rule] = json!(word);
        program
            .patch("/account", &json!({ rule: word }))
            .is(200, &expected);
    }
    let rest = json!({ "name": " Acme India ", "time_zone": "Asia/Kolkata" });
    expected["name"] = json!("Acme India");
    expected["time_zone"] = json!("Asia/Kolkata");
    program.patch("/account", &rest).is(200, &expected);
    program.patch("/account", &json!({})).is(200, &expected);
    program.get("/account").is(200, &expected);
}

#[test]
fn the_account_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for (body, message) in [
        (json!({ "name": " " }), "name is required"),
        (json!({ "name": null }), "name can't be null"),
        (
            json!({ "default_country": "XX" }),
            "Choose a country by its two letters, as US or DE",
        ),
        (
            json!({ "time_zone": "Mars/Base" }),
            "Choose a time zone by its name, as Europe/Berlin",
        ),
        (
            json!({ "duplicates_by_api": "merge" }),
            "duplicates_by_api must be allow, reuse or refuse",
        ),
        (json!({ "number": 7 }), "number is not a known field"),
    ] {
        let answer = program.patch("/account", &body);
        answer.is_error(400, "Validation error", message);
    }
    assert_eq!(program.get("/account").of(200)["name"], "Acme");
}
