//! Lead sources (contract §5, in the words of the standard dialect).

use leadline::leads::NewLead;
use serde_json::{Value, json};

use crate::app::TestApp;

const LIST: &str = "/lead-sources";

#[test]
fn a_lead_source_is_made_changed_and_deleted() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let team = firm.team("North", &[]);
    let new = json!({ "name": " Boat fair ", "team_id": team });
    let made = program.post(LIST, &new).of(201);
    let mut expected = json!({
        "id": made["id"], "number": made["number"], "name": "Boat fair", "team_id": team,
        "active": true, "created_at": "2026-11-19T12:00:00Z",
    });
    assert_eq!(made, expected);
    let path = format!("{LIST}/{}", made["id"].as_str().unwrap());
    program.get(&path).is(200, &expected);
    expected["name"] = json!("Boat show");
    expected["active"] = json!(false);
    // Its own team may be said again, as whoever sends back what they got does.
    let changes = json!({ "name": "Boat show", "active": false, "team_id": team });
    program.patch(&path, &changes).is(200, &expected);
    assert_eq!(program.get(LIST).of(200)["data"], json!([expected]));
    program.delete(&path).is(200, &json!({ "success": true }));
    let message = "Lead source not found or does not belong to your account";
    program.get(&path).is_error(404, "Not found", message);
}

#[test]
fn a_lead_source_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = firm.program();
    let theirs = other.team("North", &[]);
    for (body, message) in [
        (json!({}), "name is required"),
        (json!({ "name": "" }), "name is required"),
        (json!({ "name": null }), "name can't be null"),
        (
            json!({ "name": "A", "team_id": "7" }),
            "team_id must be a UUID",
        ),
        (
            json!({ "name": "A", "team_id": 7 }),
            "team_id must be a string",
        ),
        (
            json!({ "name": "A", "team_id": theirs }),
            "team_id not found or does not belong to your account",
        ),
    ] {
        let answer = program.post(LIST, &body);
        answer.is_error(400, "Validation error", message);
    }
    assert_eq!(program.get(LIST).of(200)["meta"]["total"], 0);
}

#[test]
fn a_name_stands_once_in_a_team_and_once_in_the_account() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (north, south) = (firm.team("North", &[]), firm.team("South", &[]));
    let taken = "A lead source there has this name already";
    for team in [json!(null), json!(north), json!(south)] {
        let new = |name: &str| json!({ "name": name, "team_id": team });
        program.post(LIST, &new("Web")).of(201);
        program
            .post(LIST, &new("web"))
            .is_error(409, "Conflict", taken);
    }
    let path = format!("{LIST}/{}", firm.source("Fair", None));
    program
        .patch(&path, &json!({ "name": "WEB" }))
        .is_error(409, "Conflict", taken);
    let stays = "A lead source stays with its team; make another one there instead";
    program
        .patch(&path, &json!({ "team_id": north }))
        .is_error(409, "Conflict", stays);
}

#[test]
fn a_lead_comes_from_a_source_of_its_own_team_or_of_the_account() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (north, south) = (firm.team("North", &[]), firm.team("South", &[]));
    let (web, fair) = (firm.source("Web", None), firm.source("Fair", Some(north)));
    let bad = "lead_source_id belongs to a team that the lead is not in";
    let is_bad = |answer: crate::app::Answer| answer.is_error(400, "Validation error", bad);
    let lead = |team: Value, source: Value| json!({ "first_name": "Ann", "team_id": team, "lead_source_id": source });
    is_bad(program.post("/leads", &lead(json!(south), json!(fair))));
    is_bad(program.post("/leads", &lead(json!(null), json!(fair))));
    // Of many, only the one that is wrong fails.
    let many = json!([
        lead(json!(south), json!(fair)),
        lead(json!(south), json!(web))
    ]);
    let answer = program.post("/leads", &many).of(201);
    assert_eq!(answer["results"][0]["error"], bad);
    assert_eq!(answer["summary"]["created"], 1);
    program
        .post("/leads", &lead(json!(null), json!(web)))
        .of(201);
    let made = program.post("/leads", &lead(json!(north), json!(fair)));
    let path = format!("/leads/{}", made.of(201)["lead"]["id"].as_str().unwrap());
    assert_eq!(
        program.get(&path).of(200)["lead_source"],
        json!({ "id": fair, "name": "Fair" })
    );
    // The one can't change without the other.
    is_bad(program.patch(&path, &json!({ "team_id": south })));
    is_bad(program.patch(&path, &json!({ "team_id": null })));
    program.patch(&path, &json!({ "company": "Reef" })).of(200);
    let both = json!({ "team_id": south, "lead_source_id": web });
    program.patch(&path, &both).of(200);
    is_bad(program.patch(&path, &json!({ "lead_source_id": fair })));
    let after = program.get(&path).of(200);
    assert_eq!(
        (&after["team"]["name"], &after["lead_source"]["name"]),
        (&json!("South"), &json!("Web"))
    );
}

#[test]
fn a_lead_source_that_is_in_use_is_deactivated_and_not_lost() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let fair = firm.source("Fair", None);
    firm.lead_with(NewLead {
        first_name: "Ann".to_owned(),
        lead_source_id: Some(fair),
        ..NewLead::default()
    });
    let path = format!("{LIST}/{fair}");
    let message = "“Fair” is in use and can’t be deleted; deactivate it instead";
    program.delete(&path).is_error(409, "Conflict", message);
    program.patch(&path, &json!({ "active": false })).of(200);
    let new = json!({ "first_name": "Bob", "lead_source_id": fair });
    program.post("/leads", &new).is_error(
        400,
        "Validation error",
        "lead_source_id is deactivated and takes no new leads",
    );
    assert_eq!(program.get("/leads").of(200)["meta"]["total"], 1);
}
