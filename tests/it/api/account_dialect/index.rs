//! The list of leads in the account dialect.

use chrono::TimeDelta;
use leadline::caller::Role;
use serde_json::{Value, json};

use super::{lead, path, says, speaks};
use crate::app::{TestApp, WithKey};

fn listed(program: &WithKey, query: &str) -> Value {
    program.get(&format!("/leads?{query}")).of(200)
}

fn names(list: &Value) -> Vec<&str> {
    let rows = list["data"].as_array().unwrap();
    rows.iter()
        .map(|row| row["firstName"].as_str().unwrap())
        .collect()
}

#[test]
fn nothing_is_a_list_too() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let none = json!({ "data": [], "totalCount": 0, "totalPages": 0, "currentPage": 1 });
    speaks(&firm).get("/leads").is(200, &none);
}

#[test]
fn pages_follow_each_other_newest_first() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    for at in 0..12 {
        program.post("/leads", &lead(&format!("L{at}"))).of(201);
        app.wait(TimeDelta::minutes(1));
    }
    let first = listed(&program, "");
    assert_eq!(names(&first).len(), 10);
    assert_eq!(names(&first)[0], "L11");
    let told =
        |list: &Value| ["totalCount", "totalPages", "currentPage"].map(|key| list[key].clone());
    assert_eq!(told(&first), [json!(12), json!(2), json!(1)]);
    let second = listed(&program, "page=2");
    assert_eq!(names(&second), ["L1", "L0"]);
    assert_eq!(told(&second), [json!(12), json!(2), json!(2)]);
    let third = listed(&program, "page=3&pageSize=5");
    assert_eq!(names(&third), ["L1", "L0"]);
    assert_eq!(told(&third), [json!(12), json!(3), json!(3)]);
    let beyond = listed(&program, "page=9");
    assert_eq!(names(&beyond), Vec::<&str>::new());
    assert_eq!(told(&beyond), [json!(12), json!(2), json!(9)]);
    // A row is the lead as it is shown alone.
    let own = program.get(&path("/leads", &first["data"][0])).of(200);
    assert_eq!(first["data"][0], own);
}

#[test]
fn orders_go_both_ways() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    for (first, last) in [("Ann", "Zed"), ("Bob", "Young"), ("Cleo", "Adams")] {
        let new = json!({ "firstName": first, "lastName": last });
        program.post("/leads", &new).of(201);
        app.wait(TimeDelta::minutes(1));
    }
    let ann = listed(&program, "firstName=Ann")["data"][0].clone();
    let change = json!({ "company": "Reef" });
    program.patch(&path("/leads", &ann), &change).of(200);
    for (sort, expected) in [
        ("createdAt", ["Ann", "Bob", "Cleo"]),
        ("-createdAt", ["Cleo", "Bob", "Ann"]),
        ("lastName", ["Cleo", "Bob", "Ann"]),
        ("-lastName", ["Ann", "Bob", "Cleo"]),
        ("updatedAt", ["Bob", "Cleo", "Ann"]),
        ("-updatedAt", ["Ann", "Cleo", "Bob"]),
    ] {
        assert_eq!(
            names(&listed(&program, &format!("sort={sort}"))),
            expected,
            "{sort}"
        );
    }
}

#[test]
fn every_field_of_a_lead_filters() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let team = program.post("/teams", &json!({ "name": "North" })).of(201);
    let source = program
        .post("/lead-sources", &json!({ "name": "Fair" }))
        .of(201);
    let new = json!({
        "firstName": "Ann", "lastName": "Boat", "imgSrc": "https://example.com/a.png",
        "email": "ann@boats.example", "phone": "(201) 555-0123", "company": "Boats & Co",
        "jobTitle": "Skipper", "branch": "North", "source": "Fair", "position": "Lead",
        "location": "Lisbon", "productsServicesSold": "Sails", "numberOfEmployees": 12,
        "currentPaymentProcessor": "Till", "monthlyTransactionVolume": 250,
        "interestedInSwitching": true, "processStage": "Demo", "buyingRole": "Decides",
        "assignedTo": firm.email(Role::Rep), "notes": "Calls back",
        "lastContacted": "2026-11-18T07:30:00Z", "createdBy": firm.email(Role::Manager),
        "teamId": team["id"], "leadSourceId": source["id"],
    });
    let ann = program.post("/leads", &new).of(201);
    app.wait(TimeDelta::minutes(1));
    let mut other = json!({ "firstName": "Bob", "lastName": "Young" });
    other["teamId"] = program.post("/teams", &json!({ "name": "South" })).of(201)["id"].clone();
    program.post("/leads", &other).of(201);
    let encoded = |value: &Value| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        text.replace('&', "%26")
            .replace(' ', "%20")
            .replace('+', "%2B")
    };
    let mut asked = 0;
    for (field, value) in ann.as_object().unwrap() {
        if matches!(
            field.as_str(),
            "accountId" | "applicationId" | "archived" | "auditLog"
        ) {
            continue;
        }
        let found = listed(&program, &format!("{field}={}", encoded(value)));
        assert_eq!(names(&found), ["Ann"], "{field}");
        assert_eq!(found["totalCount"], 1, "{field}");
        asked += 1;
    }
    assert_eq!(asked, 27);
    // An e-mail in any case, a number in any spelling, several at once, and the account itself.
    for query in [
        "email=ANN@boats.example",
        "phone=%2B12015550123",
        "phone=201-555-0123",
        "numberOfEmployees=012&company=Boats%20%26%20Co",
        &format!("firstName=Ann&accountId={}", super::number(&firm)),
        "search=boats",
    ] {
        assert_eq!(names(&listed(&program, query)), ["Ann"], "{query}");
    }
    for query in [
        "firstName=An",
        "numberOfEmployees=13",
        "interestedInSwitching=false",
        "teamId=999999",
        "leadSourceId=999999",
        "assignedTo=nobody@acme.example",
        "createdBy=nobody@acme.example",
        "applicationId=7",
        "id=999999",
        "firstName=Ann&lastName=Young",
        "search=nowhere",
    ] {
        assert_eq!(listed(&program, query)["totalCount"], 0, "{query}");
    }
}

#[test]
fn what_is_put_away_is_asked_for() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let mut ann = lead("Ann");
    ann["email"] = json!("ann@boats.example");
    let ann = program.post("/leads", &ann).of(201);
    let bob = json!({ "firstName": "Bob", "lastName": "Boat", "email": "ann@boats.example" });
    program.post("/leads", &bob).of(201);
    let archive = format!("{}/archive", path("/leads", &ann));
    program.ask("POST", &archive, None).of(200);
    for (query, expected) in [
        ("", "Bob"),
        ("archived=false", "Bob"),
        ("archived=true", "Ann"),
        ("email=Ann@boats.example", "Bob"),
        ("email=Ann@boats.example&archived=true", "Ann"),
        ("email=ann@boats.example&search=boat", "Bob"),
    ] {
        assert_eq!(names(&listed(&program, query)), [expected], "{query}");
    }
}

#[test]
fn an_address_that_is_not_right_says_so() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let sort = "sort must be createdAt, updatedAt, lastName or nextActionAt, \
                with - before it to turn it round";
    for (query, sentence) in [
        ("page=0", "page must be a whole number from 1"),
        ("page=x", "page must be a whole number from 1"),
        (
            "page=99999",
            "page reaches too deep; filter the list until it has fewer rows",
        ),
        (
            "pageSize=0",
            "pageSize must be a whole number from 1 to 100",
        ),
        (
            "pageSize=101",
            "pageSize must be a whole number from 1 to 100",
        ),
        ("sort=email", sort),
        ("sort=created_at", sort),
        ("archived=maybe", "archived must be true or false"),
        (
            "numberOfEmployees=many",
            "numberOfEmployees must be a whole number",
        ),
        (
            "interestedInSwitching=yes",
            "interestedInSwitching must be true or false",
        ),
        ("teamId=North", "teamId must be an integer id or a UUID"),
        ("id=-1", "id must be an integer id or a UUID"),
        (
            "lastContacted=2026-11-18",
            "lastContacted must be a time such as 2026-02-10T12:00:00Z",
        ),
        (
            "accountId=999999",
            "accountId must be the account of the call",
        ),
        ("limit=5", "limit is not a known parameter"),
        ("auditLog=x", "auditLog is not a known parameter"),
    ] {
        says(&program.get(&format!("/leads?{query}")), 400, sentence);
    }
}

#[test]
fn a_list_costs_the_same_however_many_leads_it_shows() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = speaks(&firm);
    let count = || {
        let (_, statements) = app.statements(|| listed(&program, "pageSize=100"));
        statements.len()
    };
    firm.lead("Ann");
    listed(&program, "");
    let one = count();
    for at in 0..20 {
        firm.lead(&format!("L{at}"));
    }
    assert_eq!(count(), one);
}
