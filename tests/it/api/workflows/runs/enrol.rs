//! Enrolling the leads of a file, and one lead by its number (contract §4).

use std::thread;

use diesel::prelude::*;
use leadline::db::schema::{import_rows, imports};
use leadline::do_not_contact::{self, Kind, NewEntry, Source};
use leadline::workflows::{NodeType, WorkflowStatus};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Answer, Firm, TestApp, WithKey, text};

/// A workflow whose leads need a possible number only.
pub fn messages(firm: &Firm<'_>) -> Uuid {
    firm.workflow("Messages", &[NodeType::Sms])
}

pub fn send(program: &WithKey, workflow: Uuid, csv: &str) -> Answer {
    let path = format!("/workflows/{workflow}/leads");
    program.upload(&path, "leads.csv", csv.as_bytes())
}

pub fn send_leniently(program: &WithKey, workflow: Uuid, csv: &str) -> Answer {
    let path = format!("/workflows/{workflow}/leads?mode=lenient");
    program.upload(&path, "leads.csv", csv.as_bytes())
}

fn leads(program: &WithKey) -> Vec<Value> {
    let list = program.get("/leads?limit=200").of(200);
    list["data"].as_array().unwrap().clone()
}

#[test]
fn each_row_becomes_a_lead_in_the_workflow() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = messages(&firm);
    let csv = "Phone Number,name,city,E-Mail\n\
               +91 98765 43210,Priya Sharma,Mumbai,priya@example.com\n\
               (212) 555-0143,,Delhi,\n";
    let answer = send(&program, workflow, csv);
    let enrolled = answer.of(201);
    assert_eq!(enrolled["workflow_id"], json!(workflow));
    assert_eq!(enrolled["leads_enrolled"], 2);
    assert_eq!(enrolled["message"], "2 leads enrolled in the workflow.");
    assert_eq!(enrolled["leads_skipped"], 0);
    let runs = program.get(&format!("/workflows/{workflow}/leads")).of(200);
    assert_eq!(runs["meta"]["total"], 2);
    let priya = program.get("/leads?q=priya").of(200)["data"][0].clone();
    assert_eq!(priya["first_name"], "Priya");
    assert_eq!(priya["last_name"], "Sharma");
    assert_eq!(priya["phone"], "+919876543210");
    assert_eq!(priya["email"], "priya@example.com");
    assert_eq!(priya["source"], "import");
    assert_eq!(priya["metadata"], json!({ "city": "Mumbai" }));
    // Who has no name is called by the number.
    let other = program.get("/leads?q=2125550143").of(200)["data"][0].clone();
    assert_eq!(other["first_name"], "+12125550143");
    assert_eq!(other["metadata"], json!({ "city": "Delhi" }));
}

#[test]
fn the_same_file_again_enrols_nobody_twice() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = messages(&firm);
    let csv =
        "phone_number;city\n+442079460321;Leeds\n\n+442079460322;York\n+44 20 7946 0321;Bath\n";
    let first = send(&program, workflow, csv).of(201);
    assert_eq!(first["leads_enrolled"], 2);
    assert_eq!(first["leads_skipped"], 1);
    assert_eq!(first["rows_read"], 3);
    let skipped = &first["skipped"][0];
    assert_eq!(skipped["code"], "duplicate_in_file");
    assert_eq!(skipped["count"], 1);
    // The blank line counts in a spreadsheet.
    assert_eq!(skipped["rows"], json!([5]));
    let again = send(&program, workflow, csv).of(201);
    assert_eq!(again["leads_enrolled"], 0);
    assert_eq!(again["message"], "0 leads enrolled in the workflow.");
    let codes: Vec<(String, i64)> = again["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| (text(&group["code"]), group["count"].as_i64().unwrap()))
        .collect();
    assert_eq!(
        codes,
        [
            ("already_enrolled".to_owned(), 2),
            ("duplicate_in_file".to_owned(), 1)
        ]
    );
    assert_eq!(leads(&program).len(), 2);
}

#[test]
fn two_files_at_once_make_one_lead_of_each_number() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = messages(&firm);
    let rows: String = (0..300).map(|at| format!("+4420794{at:05}\n")).collect();
    let csv = format!("phone_number\n{rows}");
    let key = firm.key("Files", &[]);
    let enrolled: i64 = thread::scope(|scope| {
        let sent: Vec<_> = (0..2)
            .map(|_| scope.spawn(|| send(&app.with_key(&key), workflow, &csv).of(201)))
            .collect();
        let answers = sent.into_iter().map(|sent| sent.join().unwrap());
        answers
            .map(|answer| answer["leads_enrolled"].as_i64().unwrap())
            .sum()
    });
    assert_eq!(enrolled, 300);
    assert_eq!(program.get("/leads?limit=1").of(200)["meta"]["total"], 300);
}

#[test]
fn a_lead_that_is_there_already_is_enrolled_and_its_metadata_merged() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = messages(&firm);
    let lead = json!({"first_name": "Ann", "phone": "+44 20 7946 0321",
        "metadata": {"city": "Leeds", "seats": 4}});
    let made = program.post("/leads", &lead).of(201)["lead"].clone();
    let csv = "phone_number,name,city,plan\n+442079460321,Somebody Else,York,Gold\n";
    assert_eq!(send(&program, workflow, csv).of(201)["leads_enrolled"], 1);
    let all = leads(&program);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["id"], made["id"]);
    assert_eq!(all[0]["first_name"], "Ann");
    assert_eq!(
        all[0]["metadata"],
        json!({"city": "York", "seats": 4, "plan": "Gold"})
    );
    let path = format!("/leads/{}", text(&made["id"]));
    let shown = program.get(&path).of(200);
    assert_eq!(shown["workflow"]["id"], json!(workflow));
    let log = program.get(&format!("{path}/audit-log")).of(200);
    for told in ["lead_updated", "lead_enrolled", "metadata.city"] {
        assert!(log.to_string().contains(told), "{log}");
    }
}

#[test]
fn one_row_that_is_not_right_keeps_everything_from_being_written() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = messages(&firm);
    let csv = "phone_number,email,city\n\
               +442079460321,ann@example.com,Leeds\n\
               12ab,,\n\
               ,,Bath\n\
               9.87654E+09,,\n\
               +442079460322,not an address,\n\
               +442079460323,,York,more\n";
    let refused = send(&program, workflow, csv).of(400);
    assert_eq!(refused["error"], "Validation error");
    assert_eq!(
        refused["message"],
        "5 of 6 rows cannot be enrolled; nothing was enrolled"
    );
    assert_eq!(refused["rows_read"], 6);
    assert_eq!(refused["rows_failed"], 5);
    let group = |code: &str| -> Value {
        let groups = refused["errors"].as_array().unwrap().iter();
        let mut found = groups.filter(|group| group["code"] == code);
        found
            .next()
            .unwrap_or_else(|| panic!("{code}: {refused}"))
            .clone()
    };
    let invalid = group("invalid_phone_number");
    assert_eq!(
        invalid["message"],
        "phone_number is not a valid phone number"
    );
    assert_eq!(invalid["rows"], json!([3, 5]));
    assert_eq!(
        invalid["samples"],
        json!([{"row": 3, "value": "12ab"}, {"row": 5, "value": "9.87654E+09"}])
    );
    assert_eq!(group("missing_phone_number")["rows"], json!([4]));
    assert_eq!(
        group("invalid_email")["samples"],
        json!([{"row": 6, "value": "not an address"}])
    );
    assert_eq!(group("too_many_columns")["samples"][0]["value"], "more");
    assert_eq!(leads(&program), Vec::<Value>::new());

    let lenient = send_leniently(&program, workflow, csv).of(201);
    assert_eq!(lenient["leads_enrolled"], 1);
    assert_eq!(lenient["rows_failed"], 5);
    assert_eq!(lenient["errors"], refused["errors"]);
    assert_eq!(leads(&program).len(), 1);
}

#[test]
fn who_is_to_be_left_alone_is_passed_over() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = messages(&firm);
    let entry = NewEntry {
        kind: Kind::Phone,
        value: "+442079460321".to_owned(),
        reason: "asked".to_owned(),
    };
    let mut conn = app.connect();
    do_not_contact::add(&mut conn, &firm.owner(), vec![entry], Source::Person).unwrap();
    let csv = "phone_number\n+442079460321\n+442079460322\n";
    let enrolled = send(&program, workflow, csv).of(201);
    assert_eq!(enrolled["leads_enrolled"], 1);
    assert_eq!(enrolled["skipped"][0]["code"], "do_not_contact");
    assert_eq!(enrolled["skipped"][0]["rows"], json!([2]));
    assert_eq!(leads(&program).len(), 1);
}

#[test]
fn leads_wait_for_a_draft_and_a_workflow_that_is_over_takes_none() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let csv = "phone_number\n+442079460321\n";
    let draft = firm.graph(
        WorkflowStatus::Draft,
        &[(NodeType::Sms, json!({"text": "Hi"}))],
        &[],
    );
    assert_eq!(send(&program, draft, csv).of(201)["leads_enrolled"], 1);
    let runs = program.get(&format!("/workflows/{draft}/leads")).of(200);
    assert_eq!(runs["data"][0]["status"], "pending");
    let over = firm.workflow("Over", &[NodeType::Sms]);
    program
        .post(&format!("/workflows/{over}/cancel"), &json!({}))
        .of(200);
    assert_eq!(send(&program, over, csv).status, 409);
    assert_eq!(send(&program, Uuid::nil(), csv).status, 404);
}

#[test]
fn every_row_is_accounted_for_in_the_database() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = messages(&firm);
    program
        .post(
            "/leads",
            &json!({"first_name": "Ann", "phone": "+442079460322"}),
        )
        .of(201);
    let csv = "phone_number\n+442079460321\n+442079460322\n+442079460321\n12ab\n";
    send_leniently(&program, workflow, csv).of(201);
    let mut conn = app.connect();
    let rows: Vec<(i32, String)> = import_rows::table
        .order(import_rows::row_number)
        .select((import_rows::row_number, import_rows::verdict))
        .load(&mut conn)
        .unwrap();
    let expected = [
        (2, "created"),
        (3, "updated"),
        (4, "skipped"),
        (5, "failed"),
    ];
    assert_eq!(
        rows,
        expected.map(|(row, verdict)| (row, verdict.to_owned()))
    );
    let counts: (i32, i32, i32, i32, i32) = imports::table
        .select((
            imports::rows_read,
            imports::created,
            imports::updated,
            imports::skipped,
            imports::failed,
        ))
        .first(&mut conn)
        .unwrap();
    assert_eq!(counts, (4, 1, 1, 1, 1));
}
