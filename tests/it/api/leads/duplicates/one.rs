//! One lead by one.

use leadline::do_not_contact::{self, Kind, NewEntry, Source};
use leadline::workflows::NodeType::{Email, VoiceCall};
use serde_json::json;

use super::{choose, id, keys, program, total};
use crate::app::TestApp;

#[test]
fn without_a_rule_each_is_a_lead_and_nobody_looks() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = json!({ "first_name": "Ann", "phone": "+12015550123" });
    let first = program.post("/leads", &lead);
    first.of(201);
    let (second, asked) = app.statements(|| program.post("/leads", &lead));
    second.of(201);
    assert_ne!(id(&first), id(&second));
    assert_eq!(total(&program), 2);
    let looks = |sql: &&String| sql.contains("advisory") || sql.contains("phone_e164\" = ANY");
    assert_eq!(asked.iter().filter(looks).count(), 0, "{asked:#?}");
}

#[test]
fn the_one_that_is_there_is_answered_unchanged_by_each_of_its_keys() {
    let app = TestApp::start();
    for (field, there, same) in keys() {
        let firm = app.firm(&field.replace('_', " "));
        let program = program(&firm, "reuse");
        let lead = json!({ "first_name": "Ann", "company": "Boats", field: there });
        let first = program.post("/leads", &lead);
        let first = first.of(201);
        let again = json!({ "first_name": "Eve", "company": "Cars", "title": "Boss", field: same });
        program.post("/leads", &again).is(200, &first);
        assert_eq!(total(&program), 1, "{field}");
    }
}

#[test]
fn who_is_there_stands_in_the_way_by_name() {
    let app = TestApp::start();
    let words = ["phone number", "e-mail", "external id"];
    for ((field, there, same), words) in keys().into_iter().zip(words) {
        let firm = app.firm(&field.replace('_', " "));
        let program = program(&firm, "refuse");
        let lead = json!({ "first_name": "Anna", "last_name": "Ruiz", field: there });
        let first = program.post("/leads", &lead);
        first.of(201);
        let again = json!({ "first_name": "Eve", field: same });
        let message = format!("There is already a lead with this {words}: Anna Ruiz");
        let refused = json!({ "error": "Conflict", "message": message, "lead_id": id(&first) });
        program.post("/leads", &again).is(409, &refused);
        assert_eq!(total(&program), 1, "{field}");
    }
}

#[test]
fn empty_keys_never_match() {
    let app = TestApp::start();
    for rule in ["reuse", "refuse"] {
        let firm = app.firm(rule);
        let program = program(&firm, rule);
        for lead in [
            json!({ "first_name": "Ann" }),
            json!({ "first_name": "Ann", "phone": "", "email": "", "external_id": "" }),
            json!({ "first_name": "Ann", "phone": " ", "email": null, "external_id": " " }),
            json!({ "first_name": "Ann", "phone": "call me" }),
            json!({ "first_name": "Ann", "phone": "call me" }),
        ] {
            program.post("/leads", &lead).of(201);
        }
        assert_eq!(total(&program), 5, "{rule}");
    }
}

#[test]
fn another_accounts_lead_and_an_archived_one_are_nobodys_twin() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let lead = json!({ "first_name": "Ann", "phone": "+12015550123",
        "email": "ann@boats.example", "external_id": "crm-7" });
    let theirs = other.program().post("/leads", &lead);
    theirs.of(201);
    let program = firm.program();
    for rule in ["reuse", "refuse"] {
        choose(&program, rule);
        let own = program.post("/leads", &lead);
        own.of(201);
        assert_ne!(id(&own), id(&theirs));
        let away = format!("/leads/{}/archive", id(&own));
        assert_eq!(program.post(&away, &json!({})).status, 200);
    }
}

#[test]
fn who_is_there_goes_into_the_workflow_unless_it_is_in_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (letters, others) = (
        firm.workflow("Letters", &[Email]),
        firm.workflow("Others", &[Email]),
    );
    let program = program(&firm, "reuse");
    let lead = |workflow| json!({ "first_name": "Ann", "email": "ann@boats.example", "workflow_id": workflow });
    let first = program.post("/leads", &lead(None));
    assert!(first.of(201).get("workflow_run").is_none());
    let enrolled = program.post("/leads", &lead(Some(letters))).of(200);
    assert_eq!(enrolled["workflow_run"]["workflow"]["name"], "Letters");
    let path = format!("/leads/{}", id(&first));
    let shown = program.get(&path).of(200);
    assert_eq!(
        shown["activeWorkflowRun"]["id"],
        enrolled["workflow_run"]["id"]
    );
    assert_eq!(shown["workflow"]["name"], "Letters");
    let events = program.get(&format!("{path}/audit-log")).of(200);
    assert_eq!(events["data"][0]["event"], "lead_enrolled");

    let stays = program.post("/leads", &lead(Some(others))).of(200);
    assert!(stays.get("workflow_run").is_none(), "{stays}");
    assert_eq!(program.get(&path).of(200)["workflow"]["name"], "Letters");
    assert_eq!(total(&program), 1);
}

#[test]
fn who_is_there_and_can_not_be_reached_goes_into_no_workflow() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (calls, letters) = (
        firm.workflow("Calls", &[VoiceCall]),
        firm.workflow("Letters", &[Email]),
    );
    let program = program(&firm, "reuse");
    let first = program.post(
        "/leads",
        &json!({ "first_name": "Ann", "email": "ann@boats.example" }),
    );
    first.of(201);
    let called = json!({ "first_name": "Ann", "email": "ann@boats.example",
        "phone": "+12015550123", "workflow_id": calls });
    program.post("/leads", &called).is_error(
        409,
        "Conflict",
        "Ann is there already, without the phone number that “Calls” calls",
    );
    let entry = NewEntry {
        kind: Kind::Email,
        value: "ann@boats.example".to_owned(),
        reason: "asked".to_owned(),
    };
    do_not_contact::add(
        &mut app.connect(),
        &firm.owner(),
        vec![entry],
        Source::Person,
    )
    .unwrap();
    let written =
        json!({ "first_name": "Ann", "email": "ann@boats.example", "workflow_id": letters });
    let refused = program.post("/leads", &written).of(409);
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("do-not-contact"), "{message}");
    let path = format!("/leads/{}", id(&first));
    assert_eq!(program.get(&path).of(200)["activeWorkflowRun"], json!(null));
}

#[test]
fn what_breaks_a_rule_is_told_before_who_is_there() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for rule in ["reuse", "refuse"] {
        choose(&program, rule);
        program.post(
            "/leads",
            &json!({ "first_name": "Ann", "external_id": rule }),
        );
        let nameless = json!({ "external_id": rule });
        let answer = program.post("/leads", &nameless);
        answer.is_error(400, "Validation error", "first_name is required");
    }
}
