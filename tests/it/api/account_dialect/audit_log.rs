//! What happened to a lead, as the account dialect tells it.

use leadline::caller::Role;
use leadline::workflows::NodeType;
use serde_json::json;

use super::{lead, number, path, speaks, with_account};
use crate::app::TestApp;

#[test]
fn an_entry_tells_who_did_what_by_which_request() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Website", &[]);
    let program = with_account(&firm, app.with_key(&key).with_bearer());
    let program = program.with_header("cookie", "session=secret");
    let made = program.post("/leads", &lead("Ann")).of(201);
    let entry = &made["auditLog"][0];
    let headers = &entry["requestHeaders"];
    assert_eq!(headers["authorization"], "***");
    assert_eq!(headers["cookie"], "***");
    assert_eq!(headers["x-account-id"], number(&firm));
    assert!(!made.to_string().contains(&key));
    assert!(entry["id"].is_i64());
    let expected = json!({
        "id": entry["id"], "event": "lead_created", "user": firm.email(Role::Owner),
        "apiKey": "Website", "created": "2026-11-19T12:00:00Z", "requestMethod": "POST",
        "requestPath": "/api/public/leads", "requestHeaders": headers,
        "requestIpAddress": "127.0.0.1", "account_id": number(&firm),
        "data": { "lead": { "first_name": "Ann", "last_name": "Boat", "source": "api" } },
    });
    assert_eq!(*entry, expected);
}

#[test]
fn what_a_person_did_names_no_key() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.lead("Ann");
    let shown = speaks(&firm).get(&format!("/leads/{id}")).of(200);
    let entry = &shown["auditLog"][0];
    assert_eq!(entry["apiKey"], json!(null));
    assert_eq!(entry["user"], firm.email(Role::Owner));
    assert_eq!(entry["requestHeaders"], json!({}));
}

#[test]
fn the_whole_log_is_a_list_newest_first() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let own = path("/leads", &program.post("/leads", &lead("Ann")).of(201));
    for at in 0..3 {
        let change = json!({ "company": format!("Reef {at}") });
        program.patch(&own, &change).of(200);
    }
    let log = program.get(&format!("{own}/audit-log?pageSize=3")).of(200);
    assert_eq!(
        (&log["totalCount"], &log["totalPages"]),
        (&json!(4), &json!(2))
    );
    let lead = program.get(&own).of(200);
    let newest = lead["auditLog"].as_array().unwrap().last();
    assert_eq!(log["data"].as_array().unwrap().first(), newest);
    let last = program
        .get(&format!("{own}/audit-log?pageSize=3&page=2"))
        .of(200);
    assert_eq!(last["data"], json!([lead["auditLog"][0]]));
}

#[test]
fn a_lead_tells_its_newest_entries_and_a_list_fewer() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let own = path("/leads", &program.post("/leads", &lead("Ann")).of(201));
    for at in 0..110 {
        let change = json!({ "company": format!("Reef {at}") });
        program.patch(&own, &change).of(200);
    }
    let shown = program.get(&own).of(200);
    let log = shown["auditLog"].as_array().unwrap();
    assert_eq!(log.len(), 100);
    assert_eq!(log[99]["data"]["changes"]["company"]["to"], "Reef 109");
    let row = program.get("/leads").of(200)["data"][0].clone();
    assert_eq!(row["auditLog"].as_array().unwrap(), &log[80..]);
}

#[test]
fn a_lead_of_a_file_was_imported() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let path = format!("/workflows/{workflow}/leads");
    let csv = "phone_number,first_name\n+12125550143,Ann\n";
    let enrolled = program.upload(&path, "leads.csv", csv.as_bytes());
    assert_eq!(enrolled.of(201)["leads_enrolled"], 1);
    let events = |name: &str| {
        let found = program.get(&format!("/leads?firstName={name}")).of(200);
        let log = found["data"][0]["auditLog"].as_array().unwrap().clone();
        let events = log.iter().map(|one| one["event"].clone());
        events.collect::<Vec<_>>()
    };
    assert_eq!(events("Ann"), ["lead_imported", "lead_enrolled"]);
    // One by its number is no file.
    let one = json!({ "phone_number": "+12125550144", "first_name": "Bob" });
    program.post(&path, &one).of(201);
    assert_eq!(events("Bob"), ["lead_created", "lead_enrolled"]);
    let owner = firm.signed_in(Role::Owner);
    let audit = owner.get("/audit?event=lead_imported");
    assert!(audit.says("brought this lead in with a file"), "{audit:?}");
}

#[test]
fn a_person_reads_what_a_program_said_of_a_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let id = firm.lead("Ann");
    let change = json!({
        "createdBy": firm.email(Role::Rep), "lastContacted": "2026-11-18T07:30:00Z",
    });
    program.patch(&format!("/leads/{id}"), &change).of(200);
    let page = firm.signed_in(Role::Owner).get(&format!("/leads/{id}"));
    assert!(page.says("the creator"), "{page:?}");
    assert!(page.says("the last contact"), "{page:?}");
    assert!(page.says("Rita Osei"), "{page:?}");
}
