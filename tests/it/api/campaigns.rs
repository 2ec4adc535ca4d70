//! Campaigns (contract §3).

use chrono::TimeDelta;
use serde_json::json;

use crate::app::TestApp;

#[test]
fn a_campaign_is_made_changed_and_deleted() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let made = program
        .post(
            "/campaigns",
            &json!({ "name": " Q1 Campaign ", "description": "Fair" }),
        )
        .of(201);
    let id = made["id"].as_str().unwrap().to_owned();
    let expected = json!({ "id": id, "name": "Q1 Campaign", "description": "Fair", "lead_count": 0,
        "created_at": "2026-11-19T12:00:00Z" });
    assert_eq!(made, expected);
    let path = format!("/campaigns/{id}");
    program.get(&path).is(200, &expected);
    let changed = program
        .patch(&path, &json!({ "description": null }))
        .of(200);
    assert_eq!(
        (&changed["name"], &changed["description"]),
        (&json!("Q1 Campaign"), &json!(null))
    );
    let changed = program.patch(&path, &json!({ "name": "Q2" })).of(200);
    assert_eq!(changed["name"], "Q2");
    assert!(program.delete(&path).status < 300);
    program.get(&path).is_error(
        404,
        "Not found",
        "Campaign not found or does not belong to your account",
    );
    assert_eq!(program.delete(&path).status, 404);
}

#[test]
fn the_leads_of_a_deleted_campaign_live_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let campaign = firm.campaign("Q1 Campaign").id;
    let lead = program
        .post(
            "/leads",
            &json!({ "first_name": "Ann", "campaign_id": campaign }),
        )
        .of(201);
    let lead = format!("/leads/{}", lead["lead"]["id"].as_str().unwrap());
    assert_eq!(
        program.get(&format!("/campaigns/{campaign}")).of(200)["lead_count"],
        1
    );
    assert_eq!(
        program.get(&lead).of(200)["campaign"],
        json!({ "id": campaign, "name": "Q1 Campaign" })
    );
    program.delete(&format!("/campaigns/{campaign}"));
    assert_eq!(program.get(&lead).of(200)["campaign"], json!(null));
}

#[test]
fn a_campaign_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = format!("/campaigns/{}", firm.campaign("Q1").id);
    for (body, message) in [
        (json!({}), "name is required"),
        (json!({ "name": " " }), "name is required"),
        (
            json!({ "name": "x".repeat(201) }),
            "name must be at most 200 characters long",
        ),
        (json!({ "name": 7 }), "name must be a string"),
        (
            json!({ "name": "A", "colour": "red" }),
            "colour is not a known field",
        ),
    ] {
        program
            .post("/campaigns", &body)
            .is_error(400, "Validation error", message);
        if body != json!({}) {
            program
                .patch(&path, &body)
                .is_error(400, "Validation error", message);
        }
    }
    program.patch(&path, &json!({})).of(200);
    program.patch(&path, &json!({ "name": null })).is_error(
        400,
        "Validation error",
        "name can't be null",
    );
}

#[test]
fn campaigns_are_listed_page_by_page() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for name in ["One", "Two", "Three"] {
        firm.campaign(name);
        app.wait(TimeDelta::seconds(1));
    }
    let program = firm.program();
    let first = program.get("/campaigns?limit=2").of(200);
    let names = |list: &serde_json::Value| -> Vec<String> {
        let rows = list["data"].as_array().unwrap();
        rows.iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&first), ["Three", "Two"]);
    let cursor = first["meta"]["next_cursor"].as_str().unwrap();
    let second = program
        .get(&format!("/campaigns?limit=2&cursor={cursor}"))
        .of(200);
    assert_eq!(names(&second), ["One"]);
    assert_eq!(
        second["meta"],
        json!({ "limit": 2, "next_cursor": null, "total": 3, "total_is_exact": true })
    );
}
