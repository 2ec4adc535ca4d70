//! Lead sources in the account dialect.

use serde_json::{Value, json};

use super::{number, path, says, speaks};
use crate::app::TestApp;

const LIST: &str = "/lead-sources";

#[test]
fn a_lead_source_is_made_changed_and_deleted() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let team = program.post("/teams", &json!({ "name": "North" })).of(201);
    let new = json!({ "name": " Boat fair ", "teamId": team["id"] });
    let made = program.post(LIST, &new).of(201);
    let mut expected = json!({
        "id": made["id"], "name": "Boat fair", "accountId": number(&firm), "teamId": team["id"],
        "active": true, "createdAt": "2026-11-19T12:00:00Z",
    });
    assert_eq!(made, expected);
    assert!(made["id"].is_i64() && made["teamId"].is_i64());
    let own = path(LIST, &made);
    program.get(&own).is(200, &expected);
    expected["name"] = json!("Boat show");
    expected["active"] = json!(false);
    let changes = json!({ "name": "Boat show", "active": false, "teamId": team["id"] });
    program.patch(&own, &changes).is(200, &expected);
    let list = json!({ "data": [expected], "totalCount": 1, "totalPages": 1, "currentPage": 1 });
    program.get(LIST).is(200, &list);
    program.delete(&own).is(200, &json!({ "success": true }));
    let gone = "Lead source not found or does not belong to your account";
    says(&program.get(&own), 404, gone);
}

#[test]
fn a_source_is_the_accounts_or_a_teams() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let own = program.post(LIST, &json!({ "name": "Web" })).of(201);
    assert_eq!(own["teamId"], Value::Null);
    let uuid = firm.team("North", &[]);
    let of_team = json!({ "name": "Web", "teamId": uuid });
    let of_team = program.post(LIST, &of_team).of(201);
    assert!(of_team["teamId"].is_i64());
    let stays = "A lead source stays with its team; make another one there instead";
    let moved = json!({ "teamId": of_team["teamId"] });
    says(&program.patch(&path(LIST, &own), &moved), 409, stays);
}

#[test]
fn a_lead_source_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = speaks(&firm);
    let theirs = speaks(&other)
        .post("/teams", &json!({ "name": "North" }))
        .of(201);
    let not_here = "teamId not found or does not belong to your account";
    for (body, sentence) in [
        (json!({}), "name is required"),
        (
            json!({ "name": "A", "teamId": "7" }),
            "teamId must be an integer id or a UUID",
        ),
        (json!({ "name": "A", "teamId": theirs["id"] }), not_here),
        (
            json!({ "name": "A", "teamId": other.team("South", &[]) }),
            not_here,
        ),
        (
            json!({ "name": "A", "active": 1 }),
            "active must be true or false",
        ),
        (
            json!({ "name": "A", "team_id": 1 }),
            "team_id is not a known field",
        ),
    ] {
        says(&program.post(LIST, &body), 400, sentence);
    }
    assert_eq!(program.get(LIST).of(200)["totalCount"], 0);
}
