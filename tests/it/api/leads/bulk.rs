//! Many new leads at once.

use leadline::do_not_contact::{self, Kind, NewEntry, Source};
use leadline::workflows::NodeType::{Email, VoiceCall};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{TestApp, WithKey};

fn total(program: &WithKey) -> Value {
    program.get("/leads").of(200)["meta"]["total"].clone()
}

#[test]
fn the_example_of_two_is_answered_as_written() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Sales Outreach", &[VoiceCall, Email]);
    let campaign = firm.campaign("Q1 Campaign").id;
    let body = firm.program().post("/leads", &json!([
        { "first_name": "John", "last_name": "Doe", "email": "john@example.com", "phone": "+1234567890",
          "workflow_id": workflow, "campaign_id": campaign,
          "metadata": { "edad": 28, "rango_sueldo": "$3000-$5000", "broker_asociado": "Carlos Lopez" } },
        { "first_name": "Jane", "last_name": "Smith", "email": "jane@example.com", "phone": "+0987654321",
          "workflow_id": workflow, "campaign_id": campaign,
          "metadata": { "edad": 35, "rango_sueldo": "$2000-$4000", "broker_asociado": "Juan Perez" } }
    ]));
    let body = body.of(201);
    assert_eq!(body["success"], true);
    assert_eq!(
        body["summary"],
        json!({ "total": 2, "created": 2, "failed": 0 })
    );
    let rows = body["results"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(
            (&row["success"], &row["index"]),
            (&json!(true), &json!(index))
        );
        assert_eq!(row["workflow_run"]["workflow"]["name"], "Sales Outreach");
    }
    assert_eq!(rows[1]["lead"]["first_name"], "Jane");
    assert_eq!(rows[1]["lead"]["phone"], "+0987654321");
    assert_eq!(rows[1]["lead"]["metadata"]["edad"], 35);
}

#[test]
fn a_bad_row_never_undoes_a_good_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let body = program.post(
        "/leads",
        &json!([{ "first_name": "John", "last_name": "Doe" }, { "last_name": "Nobody" }]),
    );
    let body = body.of(201);
    assert_eq!(body["success"], false);
    assert_eq!(body["results"][0]["lead"]["first_name"], "John");
    assert_eq!(
        body["results"][1],
        json!({ "success": false, "error": "first_name is required", "index": 1 })
    );
    assert_eq!(
        body["summary"],
        json!({ "total": 2, "created": 1, "failed": 1 })
    );
    assert_eq!(total(&program), 1);
}

#[test]
fn each_row_says_what_the_single_form_says() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let calls = firm.workflow("Sales Outreach", &[VoiceCall]);
    let broken = [
        json!({}),
        json!({ "first_name": 7 }),
        json!({ "first_name": "A", "email": "nope" }),
        json!({ "first_name": "A", "workflow_id": calls }),
        json!({ "first_name": "A", "workflow_id": Uuid::new_v4() }),
        json!({ "first_name": "A", "workflow_id": "x" }),
        json!({ "first_name": "A", "campaign_id": Uuid::new_v4() }),
        json!({ "first_name": "A", "owner": "nobody@acme.example" }),
        json!({ "first_name": "A", "metadata": { "a": [] } }),
        json!({ "first_name": "a\0b" }),
        json!({ "first_name": "A", "force_first_message": "Hi" }),
    ];
    let rows: Vec<Value> = broken
        .iter()
        .flat_map(|bad| [bad.clone(), json!({ "first_name": "Good" })])
        .collect();
    let body = program.post("/leads", &json!(rows)).of(201);
    for (at, bad) in broken.iter().enumerate() {
        let single = program.post("/leads", bad);
        assert!(matches!(single.status, 400 | 404), "{single:?}");
        let row = &body["results"][at * 2];
        assert_eq!(row["error"], single.json()["message"], "{bad}");
        assert_eq!(
            (&row["success"], &row["index"]),
            (&json!(false), &json!(at * 2))
        );
        assert_eq!(body["results"][at * 2 + 1]["success"], true);
    }
    assert_eq!(total(&program), broken.len());
}

#[test]
fn when_all_fail_it_is_still_an_answer() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let body = program
        .post("/leads", &json!([{}, 7, null, "x", []]))
        .of(201);
    assert_eq!(body["success"], false);
    assert_eq!(
        body["summary"],
        json!({ "total": 5, "created": 0, "failed": 5 })
    );
    let rows = body["results"].as_array().unwrap();
    assert!(
        rows.iter()
            .all(|row| row["error"].is_string() && row.get("lead").is_none()),
        "{body}"
    );
    assert_eq!(total(&program), 0);
}

#[test]
fn no_row_is_a_mistake() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let answer = firm.program().post("/leads", &json!([]));
    assert_eq!(answer.of(400)["error"], "Validation error");
}

#[test]
fn a_thousand_rows_are_taken_and_one_more_is_too_many() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Sales Outreach", &[VoiceCall]);
    let rows = |count: usize| -> Value {
        let row = |n| json!({ "first_name": format!("Ann {n}"), "phone": "1", "workflow_id": workflow, "n": n });
        (0..count).map(row).collect()
    };
    let too_many = program.post("/leads", &rows(1001));
    assert_eq!(too_many.of(400)["error"], "Validation error");
    assert_eq!(total(&program), 0);
    let (body, asked) = app.statements(|| program.post("/leads", &rows(1000)));
    let body = body.of(201);
    assert_eq!(
        body["summary"],
        json!({ "total": 1000, "created": 1000, "failed": 0 })
    );
    assert_eq!(body["results"][999]["lead"]["metadata"]["n"], 999);
    assert!(asked.len() <= 12, "{} statements: {asked:#?}", asked.len());
    assert_eq!(total(&program), 1000);
}

#[test]
fn who_is_on_the_do_not_contact_list_is_not_enrolled_and_the_others_are() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (program, workflow) = (firm.program(), firm.workflow("Sales Outreach", &[Email]));
    let entry = NewEntry {
        kind: Kind::Phone,
        value: "(415) 555-0142".to_owned(),
        reason: "asked not to be called".to_owned(),
    };
    let mut conn = app.connect();
    do_not_contact::add(&mut conn, &firm.owner(), vec![entry], Source::Person).unwrap();
    let lead = |phone: &str, workflow: Option<Uuid>| json!({"first_name": "Ann", "phone": phone, "workflow_id": workflow});
    let (blocked, free) = ("+1 415 555 0142", "+1 415 555 0143");
    let sentence = "Phone number on the do-not-contact list since 19 Nov 2026: \
                    asked not to be called (by Olga Brandt)";

    let alone = program.post("/leads", &lead(blocked, Some(workflow)));
    assert_eq!(
        alone.of(409),
        json!({"error": "Conflict", "message": sentence})
    );
    let rows = json!([
        lead(blocked, Some(workflow)),
        lead(free, Some(workflow)),
        lead(blocked, None)
    ]);
    let body = program.post("/leads", &rows).of(201);
    assert_eq!(
        body["summary"],
        json!({"total": 3, "created": 2, "failed": 1})
    );
    assert_eq!(body["results"][0]["error"], sentence);
    assert_eq!(total(&program), 2);
}

#[test]
fn the_list_is_read_once_for_all_who_are_enrolled_and_not_at_all_for_the_others() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (program, workflow) = (firm.program(), firm.workflow("Sales Outreach", &[Email]));
    let rows = |workflow: Option<Uuid>| -> Value {
        let lead = |_| json!({"first_name": "Ann", "workflow_id": workflow});
        (0..50).map(lead).collect()
    };
    for (workflow, times) in [(None, 0), (Some(workflow), 1)] {
        let (body, asked) = app.statements(|| program.post("/leads", &rows(workflow)));
        assert_eq!(body.of(201)["summary"]["created"], 50);
        let of_list = |sql: &&String| sql.contains("do_not_contact_entries");
        assert_eq!(asked.iter().filter(of_list).count(), times, "{asked:#?}");
    }
}
