//! Teams (contract §5, in the words of the standard dialect).

use leadline::caller::Role;
use leadline::leads::NewLead;
use leadline::people;
use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;

const LIST: &str = "/teams";

#[test]
fn a_team_is_made_changed_and_deleted() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (rita, mona) = (firm.person(Role::Rep), firm.person(Role::Manager));
    // By e-mail in any case, by id, and somebody twice.
    let named = json!([rita.email.to_uppercase(), mona.id, rita.id]);
    let new = json!({ "name": " North ", "members": named });
    let made = program.post(LIST, &new).of(201);
    let mut expected = json!({
        "id": made["id"], "number": made["number"], "name": "North", "active": true,
        "members": [
            { "user_id": mona.id, "email": mona.email, "name": mona.name },
            { "user_id": rita.id, "email": rita.email, "name": rita.name },
        ],
        "created_at": "2026-11-19T12:00:00Z",
    });
    assert_eq!(made, expected);
    assert!(made["number"].is_i64());
    let path = format!("{LIST}/{}", made["id"].as_str().unwrap());
    program.get(&path).is(200, &expected);
    expected["name"] = json!("NORTH");
    expected["active"] = json!(false);
    let changes = json!({ "name": "NORTH", "active": false });
    program.patch(&path, &changes).is(200, &expected);
    program.patch(&path, &json!({})).is(200, &expected);
    expected["members"] = json!([expected["members"][1]]);
    let changes = json!({ "members": [rita.email] });
    program.patch(&path, &changes).is(200, &expected);
    let listed = program.get(LIST).of(200);
    assert_eq!(listed["data"], json!([expected]));
    assert_eq!(listed["meta"]["total"], 1);
    program.delete(&path).is(200, &json!({ "success": true }));
    let message = "Team not found or does not belong to your account";
    program.get(&path).is_error(404, "Not found", message);
}

#[test]
fn a_team_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = firm.program();
    let path = format!("{LIST}/{}", firm.team("South", &[]));
    let gone = firm.person(Role::Viewer);
    people::deactivate(&mut app.connect(), &firm.owner(), gone.id).unwrap();
    let stranger = other.person(Role::Rep);
    let nobody = Uuid::now_v7();
    let not_here = |who: &str| format!("{who} not found or does not belong to your account");
    for (body, message) in [
        (json!({ "name": " " }), "name is required".to_owned()),
        (json!({ "name": 7 }), "name must be a string".to_owned()),
        (
            json!({ "name": "x".repeat(201) }),
            "name must be at most 200 characters long".to_owned(),
        ),
        (
            json!({ "name": "A\u{0}B" }),
            "name must not contain NUL characters".to_owned(),
        ),
        (
            json!({ "name": "A", "active": "yes" }),
            "active must be true or false".to_owned(),
        ),
        (
            json!({ "name": "A", "members": rita() }),
            "members must be an array of strings".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [7] }),
            "members must be an array of strings".to_owned(),
        ),
        (
            json!({ "name": "A", "members": [stranger.email] }),
            not_here(&stranger.email),
        ),
        (
            json!({ "name": "A", "members": [stranger.id] }),
            not_here(&stranger.id.to_string()),
        ),
        (
            json!({ "name": "A", "members": [nobody] }),
            not_here(&nobody.to_string()),
        ),
        (
            json!({ "name": "A", "members": [gone.email] }),
            not_here(&gone.email),
        ),
        (
            json!({ "name": "A", "members": ["a\u{0}b"] }),
            not_here("ab"),
        ),
        (
            json!({ "name": "A", "leader": "Ann" }),
            "leader is not a known field".to_owned(),
        ),
    ] {
        for answer in [program.post(LIST, &body), program.patch(&path, &body)] {
            answer.is_error(400, "Validation error", &message);
        }
    }
    program
        .post(LIST, &json!({}))
        .is_error(400, "Validation error", "name is required");
    let left = program.get(LIST).of(200);
    assert_eq!(left["meta"]["total"], 1);
    assert_eq!(left["data"][0]["name"], "South");
    assert_eq!(left["data"][0]["members"], json!([]));
}

fn rita() -> &'static str {
    "rep@acme.example"
}

#[test]
fn two_teams_of_one_name_are_one_too_many() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    firm.team("Übersee", &[]);
    let path = format!("{LIST}/{}", firm.team("Inland", &[]));
    let taken = "One of your teams has this name already";
    let same = json!({ "name": "ÜBERSEE " });
    program.post(LIST, &same).is_error(409, "Conflict", taken);
    program.patch(&path, &same).is_error(409, "Conflict", taken);
    // Another account's do not matter.
    let other = app.firm("Zenith");
    other.program().post(LIST, &same).of(201);
}

#[test]
fn somebody_whose_access_was_taken_away_stays_until_taken_out() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let rep = firm.person(Role::Rep);
    let path = format!("{LIST}/{}", firm.team("North", &[rep.id]));
    people::deactivate(&mut app.connect(), &firm.owner(), rep.id).unwrap();
    let kept = program
        .patch(&path, &json!({ "name": "Far north" }))
        .of(200);
    assert_eq!(kept["members"][0]["email"], rep.email);
    let changes = json!({ "members": [] });
    assert_eq!(program.patch(&path, &changes).of(200)["members"], json!([]));
    let back = program.patch(&path, &json!({ "members": [rep.id] }));
    let message = format!("{} not found or does not belong to your account", rep.id);
    back.is_error(400, "Validation error", &message);
}

#[test]
fn a_team_that_is_in_use_is_deactivated_and_not_lost() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (north, south) = (firm.team("North", &[]), firm.team("South", &[]));
    let lead = firm.lead_with(NewLead {
        first_name: "Ann".to_owned(),
        team_id: Some(north),
        ..NewLead::default()
    });
    firm.source("Fair", Some(south));
    for (id, name) in [(north, "North"), (south, "South")] {
        let message = format!("“{name}” is in use and can’t be deleted; deactivate it instead");
        let answer = program.delete(&format!("{LIST}/{id}"));
        answer.is_error(409, "Conflict", &message);
    }
    let lead = format!("/leads/{lead}");
    let off = program.patch(&format!("{LIST}/{north}"), &json!({ "active": false }));
    assert_eq!(off.of(200)["active"], false);
    assert_eq!(program.get(&lead).of(200)["team"]["name"], "North");
    // It keeps its leads, also when they change, and takes no other.
    let same = json!({ "team_id": north, "company": "Reef" });
    program.patch(&lead, &same).of(200);
    let message = "team_id is deactivated and takes no new leads";
    let new = json!({ "first_name": "Bob", "team_id": north });
    program
        .post("/leads", &new)
        .is_error(400, "Validation error", message);
    program.patch(&lead, &json!({ "team_id": south })).of(200);
    program
        .patch(&lead, &json!({ "team_id": north }))
        .is_error(400, "Validation error", message);
    assert_eq!(program.get("/leads").of(200)["meta"]["total"], 1);
}

#[test]
fn what_becomes_of_a_team_is_told() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let made = program.post(LIST, &json!({ "name": "North" })).of(201);
    let id = made["id"].as_str().unwrap();
    let path = format!("{LIST}/{id}");
    let rep = firm.person(Role::Rep);
    let changes = json!({ "name": "South", "members": [rep.email] });
    program.patch(&path, &changes).of(200);
    // What changes nothing is not told.
    program.patch(&path, &changes).of(200);
    program.delete(&path).of(200);
    let told = program.get(&format!("/audit?subject=team&subject_id={id}"));
    let told = told.of(200);
    let entry = |at: usize| {
        (
            told["data"][at]["event"].clone(),
            told["data"][at]["data"].clone(),
        )
    };
    let south = json!({ "name": "South", "active": true, "members": [rep.email] });
    assert_eq!(entry(0), (json!("team_deleted"), south));
    let changed = json!({ "changes": {
        "name": { "from": "North", "to": "South" },
        "members": { "from": [], "to": [rep.email] },
    }});
    assert_eq!(entry(1), (json!("team_updated"), changed));
    assert_eq!(entry(2).0, "team_created");
    assert_eq!(told["meta"]["total"], 3);
}
