//! The account's audit.

use leadline::caller::{Role, Scope};
use serde_json::{Value, json};

use crate::app::TestApp;

fn events(list: &Value) -> Vec<&str> {
    let data = list["data"].as_array().unwrap();
    data.iter()
        .map(|entry| entry["event"].as_str().unwrap())
        .collect()
}

#[test]
fn a_program_reads_what_happened_newest_first() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = program
        .post("/leads", &json!({ "first_name": "Ann" }))
        .of(201);
    let id = lead["lead"]["id"].as_str().unwrap();
    program
        .patch(&format!("/leads/{id}"), &json!({ "first_name": "Bea" }))
        .of(200);
    let list = program.get(&format!("/audit?subject_id={id}")).of(200);
    assert_eq!(events(&list), ["lead_updated", "lead_created"]);
    assert_eq!(list["meta"]["total"], 2);
    let entry = &list["data"][0];
    assert_eq!(entry["requestMethod"], "PATCH");
    assert_eq!(entry["requestHeaders"]["x-api-key"], "***");
    assert_eq!(entry["account_id"], firm.owner().account.id.to_string());
    let key = entry["apiKey"].as_str().unwrap();
    let by_key = program
        .get(&format!("/audit?who=key:{}", key.replace(' ', "+")))
        .of(200);
    assert_eq!(events(&by_key), ["lead_updated", "lead_created"]);
    let made = program
        .get("/audit?event=lead_created&subject=lead")
        .of(200);
    assert_eq!(events(&made), ["lead_created"]);
    let later = app.clock.now() + chrono::TimeDelta::seconds(1);
    let none = program
        .get(&format!("/audit?created_after={}", later.format("%FT%TZ")))
        .of(200);
    assert!(events(&none).is_empty(), "{none}");
}

#[test]
fn its_pages_follow_each_other() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for name in ["Ann", "Bea", "Cleo"] {
        firm.lead(name);
    }
    let program = firm.program();
    let all = program.get("/audit?event=lead_created").of(200);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = program
            .get(&format!("/audit?event=lead_created&limit=1{cursor}"))
            .of(200);
        seen.push(page["data"][0].clone());
        let Some(next) = page["meta"]["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(Value::Array(seen), all["data"]);
    let second = program
        .get("/audit?event=lead_created&limit=1&page=2")
        .of(200);
    assert_eq!(second["data"][0], all["data"][1]);
    assert_eq!(second["meta"]["totalPages"], 3);
}

#[test]
fn what_it_does_not_know_is_said() {
    let app = TestApp::start();
    let program = app.firm("Acme").program();
    for query in [
        "event=money",
        "subject=money",
        "who=nobody",
        "subject_id=7",
        "color=red",
    ] {
        let answer = program.get(&format!("/audit?{query}"));
        assert_eq!(answer.status, 400, "{query}: {answer:?}");
    }
}

#[test]
fn it_is_the_accounts_own_and_for_keys_that_read_settings() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let theirs = other.lead("Zoe");
    let program = firm.program();
    let list = program.get(&format!("/audit?subject_id={theirs}")).of(200);
    assert!(events(&list).is_empty(), "{list}");
    let who = other.person(Role::Owner).id;
    let list = program.get(&format!("/audit?who={who}")).of(200);
    assert!(events(&list).is_empty(), "{list}");
    let key = firm.key("Leads only", &[Scope::LeadsRead, Scope::LeadsWrite]);
    let refused = app.with_key(&key).get("/audit");
    refused.is_error(403, "Forbidden", "This key lacks the scope settings:read");
}
