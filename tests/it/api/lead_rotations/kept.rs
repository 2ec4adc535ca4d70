//! A rotation is made, changed and put away.

use leadline::caller::Role;
use leadline::people;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;

const LIST: &str = "/lead-rotations";

fn path(rotation: &Value) -> String {
    format!("{LIST}/{}", rotation["id"].as_str().unwrap())
}

#[test]
fn a_rotation_is_made_changed_and_archived() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (rita, mona) = (firm.person(Role::Rep), firm.person(Role::Manager));
    let team = firm.team("North", &[rita.id]);
    let new = json!({
        "name": " Inbound ", "team_id": team, "strategy": "weighted", "fallback": mona.email,
        "members": [rita.email.to_uppercase(), { "user": mona.id, "weight": 3, "daily_cap": 20 }],
    });
    let made = program.post(LIST, &new).of(201);
    let member = |person: &leadline::caller::Person, weight: i32, cap: Option<i32>| {
        json!({
            "user_id": person.id, "email": person.email, "name": person.name,
            "weight": weight, "daily_cap": cap,
        })
    };
    let mut expected = json!({
        "id": made["id"], "number": made["number"], "name": "Inbound", "is_default": false,
        "team_id": team, "strategy": "weighted", "status": "active", "fallback_id": mona.id,
        "current_position": 0, "members": [member(rita, 1, None), member(mona, 3, Some(20))],
        "unserved": 0, "created_at": "2026-11-19T12:00:00Z",
    });
    assert_eq!(made, expected);
    let path = path(&made);
    program.get(&path).is(200, &expected);
    assert_eq!(program.get(LIST).of(200)["data"], json!([expected]));
    expected["members"] = json!([member(mona, 1, None)]);
    expected["fallback_id"] = json!(null);
    let changes = json!({ "members": [mona.email], "fallback": null });
    program.patch(&path, &changes).is(200, &expected);
    expected["status"] = json!("archived");
    let status = format!("{path}/status");
    program
        .patch(&status, &json!({ "status": "archived" }))
        .is(200, &expected);
    let said = "The rotation “Inbound” is not at work";
    program
        .get(&format!("{path}/next-user"))
        .is_error(409, "Conflict", said);
    let events = program.get("/audit?subject=rotation").of(200);
    let events: Vec<&str> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        ["rotation_updated", "rotation_updated", "rotation_created"]
    );
}

#[test]
fn a_rotation_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = firm.program();
    let rita = firm.person(Role::Rep).email.clone();
    let gone = firm.person(Role::Viewer);
    people::deactivate(&mut app.connect(), &firm.owner(), gone.id).unwrap();
    let stranger = &other.person(Role::Rep).email;
    let not_here = |who: &str| format!("{who} not found or does not belong to your account");
    for (body, message) in [
        (json!({}), "name is required".to_owned()),
        (
            json!({ "name": "A" }),
            "A rotation needs at least one person".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [] }),
            "A rotation needs at least one person".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [stranger] }),
            not_here(stranger),
        ),
        (
            json!({ "name": "A", "members": [gone.email] }),
            not_here(&gone.email),
        ),
        (
            json!({ "name": "A", "members": [7] }),
            "members must be an array of e-mails or objects".to_owned(),
        ),
        (
            json!({ "name": "A", "members": "x" }),
            "members must be an array of e-mails or objects".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [{ "weight": 2 }] }),
            "user is required".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [{ "user": rita, "weight": 11 }] }),
            "A weight is a whole number from 1 to 10".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [{ "user": rita, "daily_cap": 0 }] }),
            "A daily cap is a whole number from 1 to 10,000".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [{ "user": rita, "daily_cap": "5" }] }),
            "daily_cap must be a whole number".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [rita], "fallback": stranger }),
            not_here("fallback"),
        ),
        (
            json!({ "name": "A", "members": [rita], "team_id": other.team("South", &[]) }),
            not_here("team_id"),
        ),
        (
            json!({ "name": "A", "members": [rita], "strategy": "dice" }),
            "strategy must be round_robin, weighted, fewest_open or previous_owner".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [rita], "status": "off" }),
            "status must be active, queued or archived".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [rita], "colour": 1 }),
            "colour is not a known field".to_owned(),
        ),
    ] {
        program
            .post(LIST, &body)
            .is_error(400, "Validation error", &message);
    }
    assert_eq!(program.get(LIST).of(200)["meta"]["total"], 0);
    let nobody = format!("{LIST}/{}", Uuid::now_v7());
    let message = "Rotation not found or does not belong to your account";
    program.get(&nobody).is_error(404, "Not found", message);
}

#[test]
fn a_team_has_one_rotation_at_work_and_the_account_one_default() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let team = firm.team("North", &[]);
    firm.rotation("First", Some(team), &[Role::Rep]);
    firm.rotation("default", None, &[Role::Rep]);
    let rita = &firm.person(Role::Rep).email;
    let mut second = json!({ "name": "Second", "team_id": team, "members": [rita] });
    let said = "Another rotation is at work for this team: set that one aside first";
    program.post(LIST, &second).is_error(409, "Conflict", said);
    second["status"] = json!("queued");
    let second = program.post(LIST, &second).of(201);
    let status = format!("{}/status", path(&second));
    let active = json!({ "status": "active" });
    program
        .patch(&status, &active)
        .is_error(409, "Conflict", said);
    let said = "Another rotation of this name is at work: set that one aside first";
    let default = json!({ "name": "Default", "members": [rita] });
    program.post(LIST, &default).is_error(409, "Conflict", said);
}
