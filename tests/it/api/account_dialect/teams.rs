//! Teams in the account dialect.

use leadline::caller::{Role, Scope};
use serde_json::json;

use super::{number, path, says, speaks, with_account};
use crate::app::TestApp;

const LIST: &str = "/teams";

#[test]
fn a_team_is_made_changed_and_deleted() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let (rita, mona) = (firm.person(Role::Rep), firm.person(Role::Manager));
    let new = json!({ "name": " North ", "members": [rita.email.to_uppercase(), mona.id] });
    let made = program.post(LIST, &new).of(201);
    let mut expected = json!({
        "id": made["id"], "accountId": number(&firm), "name": "North", "active": true,
        "members": [
            { "userId": mona.id, "email": mona.email, "name": mona.name },
            { "userId": rita.id, "email": rita.email, "name": rita.name },
        ],
        "createdAt": "2026-11-19T12:00:00Z",
    });
    assert_eq!(made, expected);
    assert!(made["id"].is_i64());
    let own = path(LIST, &made);
    program.get(&own).is(200, &expected);
    // What was read can be sent back.
    let back = json!({ "members": made["members"], "active": false });
    expected["active"] = json!(false);
    program.patch(&own, &back).is(200, &expected);
    expected["members"] = json!([expected["members"][1]]);
    let one = json!({ "members": [{ "email": rita.email }] });
    program.patch(&own, &one).is(200, &expected);
    let list = json!({ "data": [expected], "totalCount": 1, "totalPages": 1, "currentPage": 1 });
    program.get(LIST).is(200, &list);
    program.delete(&own).is(200, &json!({ "success": true }));
    let gone = "Team not found or does not belong to your account";
    says(&program.get(&own), 404, gone);
}

#[test]
fn a_team_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = speaks(&firm);
    let own = path(
        LIST,
        &program.post(LIST, &json!({ "name": "South" })).of(201),
    );
    let stranger = other.email(Role::Rep);
    let people = "members must be an array of e-mails, of ids, or of members".to_owned();
    for (body, sentence) in [
        (json!({ "name": " " }), "name is required".to_owned()),
        (json!({ "name": null }), "name can't be null".to_owned()),
        (
            json!({ "name": "A", "active": "yes" }),
            "active must be true or false".to_owned(),
        ),
        (json!({ "name": "A", "members": "rita" }), people.clone()),
        (json!({ "name": "A", "members": [7] }), people.clone()),
        (json!({ "name": "A", "members": [{}] }), people.clone()),
        (
            json!({ "name": "A", "members": null }),
            "members can't be null".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [stranger] }),
            format!("{stranger} not found or does not belong to your account"),
        ),
        (
            json!({ "name": "A", "id": 7 }),
            "id is not a known field".to_owned(),
        ),
    ] {
        says(&program.post(LIST, &body), 400, &sentence);
        says(&program.patch(&own, &body), 400, &sentence);
    }
    let taken = "One of your teams has this name already";
    says(&program.post(LIST, &json!({ "name": "SOUTH" })), 409, taken);
    assert_eq!(program.get(LIST).of(200)["totalCount"], 1);
}

#[test]
fn teams_are_settings() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Leads", &[Scope::LeadsRead, Scope::LeadsWrite]);
    let program = with_account(&firm, app.with_key(&key));
    let lacks = "This key lacks the scope settings:read";
    says(&program.get(LIST), 403, lacks);
    let lacks = "This key lacks the scope settings:write";
    says(&program.post(LIST, &json!({ "name": "North" })), 403, lacks);
}
