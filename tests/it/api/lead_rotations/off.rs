//! Who is away, off work or has had enough is passed over, and the audit says so.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use leadline::caller::Role::{Admin, Manager, Rep};
use leadline::hours::ContactHours;
use leadline::people;
use serde_json::{Value, json};

use crate::app::{Firm, TestApp, WithKey};

/// Makes a lead and tells who got it, and what the audit says of it.
fn given(program: &WithKey) -> (Value, Value) {
    let made = program
        .post("/leads", &json!({ "first_name": "Ann" }))
        .of(201);
    let path = format!("/leads/{}", made["lead"]["id"].as_str().unwrap());
    let owner = program.get(&path).of(200)["owner"]["email"].clone();
    let log = program.get(&format!("{path}/audit-log")).of(200);
    let log = log["data"].as_array().unwrap().iter();
    let mut log = log.filter(|entry| entry["event"] == "lead_assigned");
    (owner, log.next().unwrap()["data"]["rotation"].clone())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn away(firm: &Firm<'_>, role: leadline::caller::Role) {
    let (conn, id) = (&mut firm.app().connect(), firm.person(role).id);
    people::add_absence(
        conn,
        &firm.owner(),
        id,
        day("2026-11-19"),
        day("2026-12-03"),
    )
    .unwrap();
}

#[test]
fn who_is_away_is_passed_over_and_comes_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.rotation("default", None, &[Rep, Manager]);
    let program = firm.program();
    away(&firm, Rep);
    let (owner, why) = given(&program);
    assert_eq!(owner, firm.email(Manager));
    let rita = firm.person(Rep);
    assert_eq!(why["because"], "turn");
    assert_eq!(
        why["passed_over"],
        json!([{ "user_id": rita.id, "name": rita.name, "why": "away", "until": "2026-12-03" }])
    );
    app.wait(TimeDelta::days(15));
    let (owner, why) = given(&program);
    assert_eq!(
        (owner, &why["passed_over"]),
        (json!(rita.email), &json!([]))
    );
}

#[test]
fn hours_are_those_of_the_persons_zone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.rotation("default", None, &[Rep, Manager]);
    // Noon of a Thursday in UTC: eleven at night in Auckland, seven in the morning in New York.
    let hours = Some(ContactHours::default());
    for (role, zone) in [(Rep, Tz::Pacific__Auckland), (Manager, Tz::Europe__Berlin)] {
        let (conn, id) = (&mut app.connect(), firm.person(role).id);
        people::set_working_hours(conn, &firm.owner(), id, hours.as_ref(), Some(zone)).unwrap();
    }
    let (owner, why) = given(&firm.program());
    assert_eq!(owner, firm.email(Manager));
    assert_eq!(why["passed_over"][0]["why"], "hours");
    assert_eq!(why["passed_over"][0]["until"], "2026-11-19T20:00:00Z");
}

#[test]
fn a_daily_cap_holds_until_the_day_is_over() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let rotation = firm.rotation("default", None, &[Rep]);
    let path = format!("/lead-rotations/{rotation}");
    let capped = json!({ "user": firm.email(Rep), "daily_cap": 2 });
    program
        .patch(&path, &json!({ "members": [capped] }))
        .of(200);
    let owners: Vec<Value> = (0..3).map(|_| given(&program).0).collect();
    assert_eq!(
        owners,
        [json!(firm.email(Rep)), json!(firm.email(Rep)), json!(null)]
    );
    app.wait(TimeDelta::days(1));
    assert_eq!(given(&program).0, firm.email(Rep));
}

#[test]
fn nobody_to_be_found_is_told_and_the_fallback_gets_the_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let rotation = firm.rotation("default", None, &[Rep]);
    let path = format!("/lead-rotations/{rotation}");
    let rita = firm.person(Rep).id;
    people::deactivate(&mut app.connect(), &firm.owner(), rita).unwrap();
    let (owner, why) = given(&program);
    assert_eq!((owner, &why["because"]), (json!(null), &json!("nobody")));
    assert_eq!(why["passed_over"][0]["why"], "deactivated");
    program
        .patch(&path, &json!({ "fallback": firm.email(Admin) }))
        .of(200);
    let (owner, why) = given(&program);
    assert_eq!(
        (owner, &why["because"]),
        (json!(firm.email(Admin)), &json!("fallback"))
    );
    assert_eq!(program.get(&path).of(200)["unserved"], 2);
    // One that was refused was no lead.
    program.post("/leads", &json!({ "first_name": "" })).of(400);
    assert_eq!(program.get(&path).of(200)["unserved"], 2);
}
