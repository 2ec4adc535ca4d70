//! Fields that are not what they should be: the sentence, and nothing written.

use leadline::caller::Role;
use leadline::fields::Kind;
use leadline::people;
use serde_json::{Value, json};

use super::{lead, path, says, speaks, total};
use crate::app::TestApp;

/// What is wrong with a field at every entrance.
fn wrong(app: &TestApp, firm: &crate::app::Firm<'_>) -> Vec<(&'static str, Value, String)> {
    let gone = firm.person(Role::Viewer);
    people::deactivate(&mut app.connect(), &firm.owner(), gone.id).unwrap();
    let not_here = |field: &str| format!("{field} not found or does not belong to your account");
    let mut all = Vec::new();
    for field in [
        "id",
        "accountId",
        "applicationId",
        "createdAt",
        "updatedAt",
        "auditLog",
    ] {
        all.push((
            field,
            json!("x"),
            format!("{field} is not accepted on input"),
        ));
    }
    for field in ["numberOfEmployees", "monthlyTransactionVolume"] {
        for value in [json!("12"), json!(12.5), json!(true), json!([12])] {
            all.push((field, value, format!("{field} must be a whole number")));
        }
    }
    for field in ["interestedInSwitching", "archived"] {
        for value in [json!("true"), json!(1), json!({})] {
            all.push((field, value, format!("{field} must be true or false")));
        }
    }
    for field in [
        "firstName",
        "lastName",
        "email",
        "phone",
        "company",
        "jobTitle",
        "source",
        "imgSrc",
        "branch",
        "position",
        "location",
        "productsServicesSold",
        "currentPaymentProcessor",
        "processStage",
        "buyingRole",
        "notes",
        "assignedTo",
        "createdBy",
    ] {
        all.push((field, json!(7), format!("{field} must be a string")));
    }
    let when = "lastContacted must be a time such as 2026-02-10T12:00:00Z";
    for value in [
        json!("2026-11-18T09:30:00"),
        json!("2026-11-18"),
        json!("yesterday"),
        json!(1_700_000_000),
    ] {
        all.push(("lastContacted", value, when.to_owned()));
    }
    for field in ["teamId", "leadSourceId"] {
        for value in [json!("7"), json!("x"), json!(-1), json!(1.5), json!(true)] {
            let sentence = format!("{field} must be an integer id or a UUID");
            all.push((field, value, sentence));
        }
        for value in [json!(999_999), json!(uuid::Uuid::now_v7())] {
            all.push((field, value, not_here(field)));
        }
    }
    for field in ["assignedTo", "createdBy"] {
        for email in [gone.email.as_str(), "nobody@acme.example", "a\0b"] {
            all.push((field, json!(email), not_here(field)));
        }
    }
    for field in ["firstName", "lastName"] {
        all.push((field, json!("  "), format!("{field} is required")));
    }
    all.push((
        "email",
        json!("nope"),
        "email must look like name@example.com".into(),
    ));
    all.push((
        "notes",
        json!("a\0b"),
        "notes must not contain NUL characters".into(),
    ));
    let long = json!("x".repeat(201));
    all.push((
        "jobTitle",
        long,
        "jobTitle must be at most 200 characters long".into(),
    ));
    let long = json!("x".repeat(10_001));
    all.push((
        "notes",
        long,
        "notes must be at most 10000 characters long".into(),
    ));
    all.push(("colour", json!("red"), "colour is not a known field".into()));
    all.push((
        "first_name",
        json!("Ann"),
        "first_name is not a known field".into(),
    ));
    all
}

#[test]
fn what_is_wrong_with_a_field_is_said_and_nothing_is_written() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let made = program.post("/leads", &lead("Ann")).of(201);
    let own = path("/leads", &made);
    for (field, value, sentence) in wrong(&app, &firm) {
        let mut new = lead("Bob");
        new[field] = value.clone();
        says(&program.post("/leads", &new), 400, &sentence);
        let change = json!({ "company": "Reef", field: value });
        says(&program.patch(&own, &change), 400, &sentence);
    }
    assert_eq!(total(&program), 1);
    program.get(&own).is(200, &made);
}

#[test]
fn a_new_lead_has_both_its_names() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    for (body, sentence) in [
        (json!({}), "firstName is required"),
        (json!({ "lastName": "Boat" }), "firstName is required"),
        (json!({ "firstName": "Ann" }), "lastName is required"),
        (
            json!({ "firstName": "Ann", "lastName": null }),
            "lastName is required",
        ),
    ] {
        says(&program.post("/leads", &body), 400, sentence);
    }
    assert_eq!(total(&program), 0);
}

#[test]
fn things_of_another_account_do_not_exist() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let (program, theirs) = (speaks(&firm), speaks(&other));
    let team = theirs.post("/teams", &json!({ "name": "North" })).of(201);
    let source = theirs
        .post("/lead-sources", &json!({ "name": "Fair" }))
        .of(201);
    let not_here = |field: &str| format!("{field} not found or does not belong to your account");
    for (field, value) in [
        ("teamId", team["id"].clone()),
        ("leadSourceId", source["id"].clone()),
        ("assignedTo", json!(other.email(Role::Rep))),
        ("createdBy", json!(other.email(Role::Rep))),
    ] {
        let mut new = lead("Bob");
        new[field] = value;
        says(&program.post("/leads", &new), 400, &not_here(field));
    }
    assert_eq!(total(&program), 0);
}

#[test]
fn a_source_is_of_the_leads_own_team_and_takes_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let team = |name: &str| program.post("/teams", &json!({ "name": name })).of(201)["id"].clone();
    let (north, south) = (team("North"), team("South"));
    let fair = json!({ "name": "Fair", "teamId": north });
    let fair = program.post("/lead-sources", &fair).of(201);
    let of = |team: &Value| {
        let mut new = lead("Ann");
        new["teamId"] = team.clone();
        new["leadSourceId"] = fair["id"].clone();
        new
    };
    let bad = "leadSourceId belongs to a team that the lead is not in";
    says(&program.post("/leads", &of(&south)), 400, bad);
    let made = program.post("/leads", &of(&north)).of(201);
    assert_eq!(
        (&made["teamId"], &made["leadSourceId"]),
        (&north, &fair["id"])
    );
    let moved = json!({ "teamId": south });
    says(&program.patch(&path("/leads", &made), &moved), 400, bad);
    program
        .patch(&path("/lead-sources", &fair), &json!({ "active": false }))
        .of(200);
    let over = "leadSourceId is deactivated and takes no new leads";
    says(&program.post("/leads", &of(&north)), 400, over);
    assert_eq!(total(&program), 1);
}

#[test]
fn what_others_wrote_into_metadata_comes_back_in_its_type() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Website", &[]);
    let standard = app.with_key(&key);
    let written = json!({
        "first_name": "Ann", "number_of_employees": "12", "interested_in_switching": "true",
        "monthly_transaction_volume": "a lot", "notes": 7,
    });
    standard.post("/leads", &written).of(201);
    let program = super::with_account(&firm, app.with_key(&key));
    let lead = program.get("/leads").of(200)["data"][0].clone();
    assert_eq!(lead["numberOfEmployees"], 12);
    assert_eq!(lead["interestedInSwitching"], true);
    assert_eq!(lead["monthlyTransactionVolume"], Value::Null);
    assert_eq!(lead["notes"], "7");
    assert_eq!(lead["lastName"], Value::Null);
}

#[test]
fn what_the_catalogue_says_of_a_field_holds_here_too() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.field("process_stage", Kind::Choice, &["Open", "Signed"]);
    let program = speaks(&firm);
    let mut new = lead("Ann");
    new["processStage"] = json!("open");
    let why = "processStage must be one of Open, Signed";
    says(&program.post("/leads", &new), 400, why);
    new["processStage"] = json!("Open");
    let made = program.post("/leads", &new).of(201);
    let own = path("/leads", &made);
    let change = json!({ "processStage": "Lost" });
    says(&program.patch(&own, &change), 400, why);
    assert_eq!(program.get(&own).of(200)["processStage"], "Open");
}
