//! Rotations in the account dialect, and the leads they give out there.

use leadline::caller::Role;
use leadline::people;
use serde_json::{Value, json};

use super::{lead, number, path, says, speaks};
use crate::app::{Firm, TestApp, WithKey};

const LIST: &str = "/lead-rotations";

/// A rotation of these people.
fn rotation(firm: &Firm<'_>, name: &str, people: &[Role]) -> Value {
    let people: Vec<&str> = people.iter().map(|role| firm.email(*role)).collect();
    json!({ "name": name, "userRotationArray": people })
}

fn owner(program: &WithKey, new: &Value) -> Value {
    program.post("/leads", new).of(201)["assignedTo"].clone()
}

#[test]
fn a_rotation_is_made_changed_and_put_away() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let team = program.post("/teams", &json!({ "name": "North" })).of(201);
    let mut new = rotation(&firm, " Inbound ", &[Role::Rep, Role::Manager]);
    new["teamId"] = team["id"].clone();
    let made = program.post(LIST, &new).of(201);
    let mut expected = json!({
        "id": made["id"], "name": "Inbound", "accountId": number(&firm), "status": "active",
        "teamId": team["id"], "userRotationArray": new["userRotationArray"],
        "currentPosition": 0, "createdAt": "2026-11-19T12:00:00Z",
    });
    assert_eq!(made, expected);
    assert!(made["id"].is_i64());
    let own = path(LIST, &made);
    program.get(&own).is(200, &expected);
    let list = json!({ "data": [expected], "totalCount": 1, "totalPages": 1, "currentPage": 1 });
    program.get(LIST).is(200, &list);
    // By id, and as an answer of a team gives its members.
    let rita = firm.person(Role::Rep);
    for people in [
        json!([rita.id]),
        json!([{ "userId": rita.id, "email": rita.email, "name": rita.name }]),
    ] {
        let changes = json!({ "members": people, "name": "Fairs" });
        expected["name"] = json!("Fairs");
        expected["userRotationArray"] = json!([rita.email]);
        program.patch(&own, &changes).is(200, &expected);
    }
    for status in ["queued", "archived", "active"] {
        expected["status"] = json!(status);
        let changed = program.patch(&format!("{own}/status"), &json!({ "status": status }));
        changed.is(200, &expected);
    }
}

#[test]
fn next_user_tells_who_is_next_and_goes_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let new = rotation(&firm, "Inbound", &[Role::Rep, Role::Manager]);
    let own = path(LIST, &program.post(LIST, &new).of(201));
    for (role, position) in [(Role::Rep, 1), (Role::Manager, 0), (Role::Rep, 1)] {
        let person = firm.person(role);
        let next = json!({ "userId": person.id, "email": person.email, "name": person.name });
        program.get(&format!("{own}/next-user")).is(200, &next);
        assert_eq!(program.get(&own).of(200)["currentPosition"], position);
    }
    let put_away = json!({ "status": "archived" });
    program.patch(&format!("{own}/status"), &put_away).of(200);
    let over = "The rotation “Inbound” is not at work";
    says(&program.get(&format!("{own}/next-user")), 409, over);
}

#[test]
fn nobody_is_next_where_nobody_can_be() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let new = rotation(&firm, "Inbound", &[Role::Rep]);
    let own = path(LIST, &program.post(LIST, &new).of(201));
    let gone = firm.person(Role::Rep).id;
    people::deactivate(&mut app.connect(), &firm.owner(), gone).unwrap();
    let nobody = "Nobody of “Inbound” can be given a lead now";
    says(&program.get(&format!("{own}/next-user")), 409, nobody);
}

#[test]
fn a_new_lead_goes_to_whoever_is_next_unless_it_says_whose_it_is() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    // Nobody's turn, nobody's lead.
    assert_eq!(owner(&program, &lead("Ann")), Value::Null);
    let usual = rotation(&firm, "default", &[Role::Admin]);
    program.post(LIST, &usual).of(201);
    let team = |name: &str| program.post("/teams", &json!({ "name": name })).of(201)["id"].clone();
    let (north, south) = (team("North"), team("South"));
    let mut of_north = rotation(&firm, "North", &[Role::Rep, Role::Manager]);
    of_north["teamId"] = north.clone();
    program.post(LIST, &of_north).of(201);
    let of = |team: &Value| {
        let mut new = lead("Ann");
        new["teamId"] = team.clone();
        new
    };
    assert_eq!(owner(&program, &of(&north)), firm.email(Role::Rep));
    assert_eq!(owner(&program, &of(&north)), firm.email(Role::Manager));
    assert_eq!(owner(&program, &of(&south)), firm.email(Role::Admin));
    let mut named = of(&north);
    named["assignedTo"] = json!(firm.email(Role::Viewer));
    assert_eq!(owner(&program, &named), firm.email(Role::Viewer));
    // A lead that was refused took nobody's turn.
    let mut bad = of(&north);
    bad["email"] = json!("nope");
    says(
        &program.post("/leads", &bad),
        400,
        "email must look like name@example.com",
    );
    assert_eq!(owner(&program, &of(&north)), firm.email(Role::Rep));
}

#[test]
fn a_rotation_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = speaks(&firm);
    let rita = firm.email(Role::Rep);
    let stranger = other.email(Role::Rep);
    let gone = firm.person(Role::Viewer);
    people::deactivate(&mut app.connect(), &firm.owner(), gone.id).unwrap();
    let not_here = |who: &str| format!("{who} not found or does not belong to your account");
    let array = "userRotationArray must be an array of e-mails, of ids, or of members".to_owned();
    let status = "status must be active, queued or archived".to_owned();
    let of = |people: Value| json!({ "name": "A", "userRotationArray": people });
    let with = |field: &str, value: Value| {
        let mut new = of(json!([rita]));
        new[field] = value;
        new
    };
    for (body, sentence) in [
        (
            of(json!([])),
            "A rotation needs at least one person".to_owned(),
        ),
        (
            json!({ "name": "A" }),
            "A rotation needs at least one person".to_owned(),
        ),
        (of(json!([stranger])), not_here(stranger)),
        (of(json!([gone.email])), not_here(&gone.email)),
        (of(json!(rita)), array.clone()),
        (of(json!([7])), array),
        (with("name", json!("")), "name is required".to_owned()),
        (with("status", json!("resting")), status.clone()),
        (
            with("teamId", json!("7")),
            "teamId must be an integer id or a UUID".to_owned(),
        ),
        (with("teamId", json!(999_999)), not_here("teamId")),
        (
            with("colour", json!("red")),
            "colour is not a known field".to_owned(),
        ),
    ] {
        says(&program.post(LIST, &body), 400, &sentence);
    }
    assert_eq!(program.get(LIST).of(200)["totalCount"], 0);
    let own = path(LIST, &program.post(LIST, &of(json!([rita]))).of(201));
    let at = format!("{own}/status");
    says(&program.patch(&at, &json!({})), 400, "status is required");
    says(
        &program.patch(&at, &json!({ "status": 7 })),
        400,
        "status must be a string",
    );
    says(
        &program.patch(&at, &json!({ "status": "resting" })),
        400,
        &status,
    );
}
