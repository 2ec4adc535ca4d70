//! Where teams are, a new lead says whose it is.

use leadline::leads::NewLead;
use serde_json::{Value, json};

use super::{lead, path, says, speaks, total};
use crate::app::{TestApp, WithKey};

const NO_TEAM: &str = "team ID is required when teams exist in the account";
const NO_SOURCE: &str = "lead source ID is required when lead sources exist for the team";
const SKIPS: &str = "/leads?skipTeamAndSourceRequirement=true";

fn made(program: &WithKey, list: &str, new: &Value) -> Value {
    program.post(list, new).of(201)
}

fn placed(team: &Value, source: &Value) -> Value {
    let mut new = lead("Ann");
    new["teamId"] = team.clone();
    new["leadSourceId"] = source.clone();
    new
}

#[test]
fn a_team_is_asked_for_once_there_are_teams() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = speaks(&firm);
    // Another account's teams ask nothing of this one.
    other.team("Theirs", &[]);
    made(&program, "/leads", &lead("Ann"));
    let team = made(&program, "/teams", &json!({ "name": "North" }));
    says(&program.post("/leads", &lead("Bob")), 400, NO_TEAM);
    let no = "/leads?skipTeamAndSourceRequirement=false";
    says(&program.post(no, &lead("Bob")), 400, NO_TEAM);
    assert_eq!(total(&program), 1);
    made(&program, "/leads", &placed(&team["id"], &Value::Null));
    made(&program, SKIPS, &lead("Bob"));
    assert_eq!(total(&program), 3);
}

#[test]
fn a_source_is_asked_for_where_the_team_has_some() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let team = |name: &str| made(&program, "/teams", &json!({ "name": name }))["id"].clone();
    let (north, south) = (team("North"), team("South"));
    let fair = json!({ "name": "Fair", "teamId": north });
    let fair = made(&program, "/lead-sources", &fair)["id"].clone();
    let web = made(&program, "/lead-sources", &json!({ "name": "Web" }))["id"].clone();
    let alone = placed(&north, &Value::Null);
    says(&program.post("/leads", &alone), 400, NO_SOURCE);
    assert_eq!(total(&program), 0);
    made(&program, SKIPS, &alone);
    made(&program, "/leads", &placed(&north, &fair));
    // One of the account's says where it came from as well.
    made(&program, "/leads", &placed(&north, &web));
    // The other team has none to ask for.
    made(&program, "/leads", &placed(&south, &Value::Null));
    // A source of the account is nobody's team.
    says(
        &program.post("/leads", &placed(&Value::Null, &web)),
        400,
        NO_TEAM,
    );
}

#[test]
fn what_takes_no_leads_is_not_asked_for() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let team = made(&program, "/teams", &json!({ "name": "North" }));
    let fair = json!({ "name": "Fair", "teamId": team["id"] });
    let fair = made(&program, "/lead-sources", &fair);
    let off = json!({ "active": false });
    program.patch(&path("/lead-sources", &fair), &off).of(200);
    made(&program, "/leads", &placed(&team["id"], &Value::Null));
    program.patch(&path("/teams", &team), &off).of(200);
    made(&program, "/leads", &lead("Bob"));
}

#[test]
fn the_flag_waives_nothing_else() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let no_truth = "skipTeamAndSourceRequirement must be true or false";
    for word in ["yes", "1", ""] {
        let path = format!("/leads?skipTeamAndSourceRequirement={word}");
        says(&program.post(&path, &lead("Ann")), 400, no_truth);
    }
    let unknown = "colour is not a known parameter";
    says(
        &program.post("/leads?colour=red", &lead("Ann")),
        400,
        unknown,
    );
    let mut bad = lead("Ann");
    bad["teamId"] = json!(999_999);
    let not_here = "teamId not found or does not belong to your account";
    says(&program.post(SKIPS, &bad), 400, not_here);
    assert_eq!(total(&program), 0);
}

#[test]
fn elsewhere_a_lead_without_a_team_is_no_error() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Website", &[]);
    firm.source("Fair", Some(firm.team("North", &[])));
    let standard = app.with_key(&key);
    standard
        .post("/leads", &json!({ "first_name": "Ann" }))
        .of(201);
    firm.lead_with(NewLead {
        first_name: "Bob".to_owned(),
        ..NewLead::default()
    });
    // And whoever is there may change without being asked where they belong.
    let program = super::with_account(&firm, app.with_key(&key));
    let there = program.get("/leads").of(200)["data"][0].clone();
    let change = json!({ "company": "Reef" });
    program.patch(&path("/leads", &there), &change).of(200);
}
