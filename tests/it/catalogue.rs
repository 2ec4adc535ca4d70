//! The types of the field catalogue, at every entrance for leads.

use leadline::caller::Role;
use leadline::fields::Kind;
use leadline::workflows::NodeType;
use serde_json::{Value, json};

use crate::app::{Firm, TestApp, WithKey};

fn catalogue(firm: &Firm<'_>) {
    firm.field("edad", Kind::Number, &[]);
    firm.field("vip", Kind::Boolean, &[]);
    firm.field("starts_on", Kind::Date, &[]);
    firm.field("grade", Kind::Choice, &["A", "B"]);
    firm.field("city", Kind::Text, &[]);
}

/// A value that is not as its field says, and the sentence for it.
const WRONG: [(&str, &str, &str); 6] = [
    ("edad", "\"35\"", "edad must be a number"),
    ("vip", "\"yes\"", "vip must be true or false"),
    (
        "starts_on",
        "\"1/3/2027\"",
        "starts_on must be a date as 2026-12-31",
    ),
    ("grade", "\"a\"", "grade must be one of A, B"),
    ("city", "7", "city must be a string"),
    ("grade", "true", "grade must be one of A, B"),
];

fn wrong() -> impl Iterator<Item = (&'static str, Value, &'static str)> {
    WRONG
        .into_iter()
        .map(|(key, value, said)| (key, serde_json::from_str(value).unwrap(), said))
}

fn metadata_of(program: &WithKey, name: &str) -> Value {
    let found = program.get(&format!("/leads?q={name}")).of(200);
    found["data"][0]["metadata"].clone()
}

#[test]
fn a_new_lead_keeps_to_it() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    catalogue(&firm);
    let (program, others) = (firm.program(), other.program());
    for (key, value, said) in wrong() {
        for lead in [
            json!({ "first_name": "John", key: value }),
            json!({ "first_name": "John", "metadata": { key: value } }),
        ] {
            let refused = program.post("/leads", &lead);
            refused.is_error(400, "Validation error", said);
            // Another account knows nothing of it.
            others.post("/leads", &lead).of(201);
        }
    }
    assert_eq!(program.get("/leads").of(200)["meta"]["total"], 0);
    let right = json!({ "edad": 35, "vip": false, "starts_on": "2027-03-01", "grade": "B",
                        "city": "Lima", "other": 7 });
    let lead = json!({ "first_name": "John", "metadata": right });
    let made = program.post("/leads", &lead).of(201);
    assert_eq!(made["lead"]["metadata"], right);
}

#[test]
fn of_many_leads_only_those_are_refused_that_break_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    catalogue(&firm);
    let body = firm.program().post(
        "/leads",
        &json!([
            { "first_name": "Ann", "edad": 35 },
            { "first_name": "Bea", "edad": "35" },
            { "first_name": "Cle" },
        ]),
    );
    let body = body.of(201);
    let summary = json!({ "total": 3, "created": 2, "failed": 1 });
    assert_eq!(body["summary"], summary);
    assert_eq!(body["results"][1]["error"], "edad must be a number");
}

#[test]
fn a_change_keeps_to_it_and_what_was_there_before_may_stay() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let old = json!({ "first_name": "John", "edad": "old", "vip": "perhaps" });
    let made = program.post("/leads", &old).of(201);
    let path = format!("/leads/{}", made["lead"]["id"].as_str().unwrap());
    catalogue(&firm);
    for (key, value, said) in wrong() {
        let change = json!({ "metadata": { key: value } });
        let refused = program.patch(&path, &change);
        refused.is_error(400, "Validation error", said);
    }
    let all = json!({ "metadata": { "edad": "old", "vip": null, "grade": "A" } });
    let changed = program.patch(&path, &all).of(200);
    let left = json!({ "edad": "old", "grade": "A" });
    assert_eq!(changed["lead"]["metadata"], left);
}

#[test]
fn a_lead_that_is_enrolled_by_its_number_keeps_to_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    catalogue(&firm);
    let program = firm.program();
    let workflow = firm.workflow("Messages", &[NodeType::Sms]);
    let path = format!("/workflows/{workflow}/leads");
    for (key, value, said) in wrong() {
        let lead = json!({ "phone_number": "+12125550143", key: value });
        let refused = program.post(&path, &lead);
        refused.is_error(400, "Validation error", said);
    }
    let lead = json!({ "phone_number": "+12125550143", "edad": 35 });
    assert_eq!(program.post(&path, &lead).of(201)["metadata"]["edad"], 35);
}

#[test]
fn a_file_is_read_as_it_says() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    catalogue(&firm);
    let program = firm.program();
    let workflow = firm.workflow("Messages", &[NodeType::Sms]);
    let path = format!("/workflows/{workflow}/leads?mode=lenient");
    let csv = "phone_number,name,edad,vip,starts_on,grade,city,zip\n\
               +12125550143,Ann,35,Yes,2027-3-1,b,7,007\n\
               +12125550144,Bea,\"1,234.5\",false,,,,\n\
               +12125550145,Cle,old,,,,,\n\
               +12125550146,Dan,,perhaps,,,,\n\
               +12125550147,Eve,,,1/3/2027,,,\n\
               +12125550148,Fay,,,,C,,\n";
    let answer = program.upload(&path, "leads.csv", csv.as_bytes());
    let enrolled = answer.of(201);
    assert_eq!(enrolled["leads_enrolled"], 2);
    let groups = enrolled["errors"].as_array().unwrap().iter();
    let said: Vec<&Value> = groups.map(|group| &group["message"]).collect();
    let expected = [
        "edad must be a number",
        "vip must be true or false",
        "starts_on must be a date as 2026-12-31",
        "grade must be one of A, B",
    ];
    assert_eq!(said, expected);
    let ann = json!({ "edad": 35, "vip": true, "starts_on": "2027-03-01", "grade": "B",
                      "city": "7", "zip": "007" });
    assert_eq!(metadata_of(&program, "Ann"), ann);
    let bea = json!({ "edad": 1234.5, "vip": false });
    assert_eq!(metadata_of(&program, "Bea"), bea);
    // A lead that comes in again is held to it too.
    let again = "phone_number,edad\n+12125550143,older\n+12125550144,40\n";
    let path = format!(
        "/workflows/{}/leads?mode=lenient",
        firm.workflow("More", &[NodeType::Sms])
    );
    let answer = program.upload(&path, "leads.csv", again.as_bytes());
    assert_eq!(answer.of(201)["rows_failed"], 1);
}

#[test]
fn the_form_of_a_lead_keeps_to_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    catalogue(&firm);
    let admin = firm.signed_in(Role::Admin);
    let typed = |edad: &str| {
        let form = admin.get("/leads/new").form("Add lead");
        admin.send(form.fill("First name", "Ann").fill("edad", edad))
    };
    let page = typed("old");
    assert_eq!(
        (page.status, page.problem_of("edad").as_str()),
        (422, "edad must be a number")
    );
    assert_eq!(page.field("edad").value, "old");
    admin.follow(typed(" 35 "));
    let metadata = metadata_of(&firm.program(), "Ann");
    assert_eq!(metadata, json!({ "edad": 35 }));
}
