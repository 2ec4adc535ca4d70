//! Leads go to whoever's turn it is.

use std::collections::HashMap;
use std::thread;

use leadline::caller::Role::{self, Admin, Manager, Owner, Rep};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Firm, TestApp, WithKey};

fn lead(team_id: Option<Uuid>) -> Value {
    json!({ "first_name": "Ann", "team_id": team_id })
}

/// Who owns a lead that was just made: an e-mail, or nobody.
fn owner(program: &WithKey, made: &Value) -> String {
    let lead = program.get(&format!("/leads/{}", made["lead"]["id"].as_str().unwrap()));
    lead.of(200)["owner"]["email"]
        .as_str()
        .unwrap_or("nobody")
        .to_owned()
}

fn given(program: &WithKey, lead: &Value) -> String {
    let made = program.post("/leads", lead).of(201);
    owner(program, &made)
}

fn emails(firm: &Firm<'_>, roles: &[Role]) -> Vec<String> {
    roles
        .iter()
        .map(|role| firm.email(*role).to_owned())
        .collect()
}

#[test]
fn the_named_owner_then_the_teams_rotation_then_the_default_then_nobody() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (north, south) = (firm.team("North", &[]), firm.team("South", &[]));
    assert_eq!(given(&program, &lead(Some(north))), "nobody");
    firm.rotation("Inbound", Some(north), &[Rep, Manager]);
    assert_eq!(given(&program, &lead(None)), "nobody");
    firm.rotation("default", None, &[Admin]);
    // One that is neither a team's nor the default is only there to be chosen.
    firm.rotation("Fair", None, &[Owner]);
    let teams = [Some(north), None, Some(north), Some(south), Some(north)];
    let owners: Vec<String> = teams.map(|team| given(&program, &lead(team))).into();
    assert_eq!(owners, emails(&firm, &[Rep, Admin, Manager, Admin, Rep]));
    let named = json!({ "first_name": "Ann", "team_id": north, "owner": firm.email(Owner) });
    assert_eq!(given(&program, &named), firm.email(Owner));
    assert_eq!(given(&program, &lead(Some(north))), firm.email(Manager));
}

#[test]
fn a_lead_that_is_refused_takes_nobodys_turn() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    firm.rotation("default", None, &[Rep, Manager]);
    let many: Vec<Value> = (0..40)
        .map(|at| match at % 2 {
            0 => json!({ "first_name": "Ann" }),
            _ => json!({ "first_name": "Ann", "email": "no" }),
        })
        .collect();
    let made = program.post("/leads", &json!(many)).of(201);
    let results = made["results"].as_array().unwrap().iter();
    let owners: Vec<String> = results
        .filter(|one| one["success"] == true)
        .map(|one| owner(&program, one))
        .collect();
    let one_after_another = emails(&firm, &[Rep, Manager].repeat(10));
    assert_eq!(owners, one_after_another);
    program.post("/leads", &json!({ "first_name": "" })).of(400);
    assert_eq!(given(&program, &lead(None)), firm.email(Rep));
}

#[test]
fn leads_that_come_at_once_are_shared_evenly() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.rotation("default", None, &[Rep, Manager, Admin]);
    let key = firm.key("Website", &[]);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let program = app.with_key(&key);
                for _ in 0..20 {
                    program.post("/leads", &lead(None)).of(201);
                }
            });
        }
    });
    let program = firm.program();
    let mut counts: HashMap<String, i64> = HashMap::new();
    for role in [Rep, Manager, Admin] {
        let list = program.get(&format!("/leads?owner={}&limit=1", firm.email(role)));
        let total = list.of(200)["meta"]["total"].as_i64().unwrap();
        counts.insert(firm.email(role).to_owned(), total);
    }
    assert_eq!(counts.values().sum::<i64>(), 160);
    let (least, most) = (
        counts.values().min().unwrap(),
        counts.values().max().unwrap(),
    );
    assert!(most - least <= 1, "{counts:?}");
}

#[test]
fn whoever_had_the_same_person_before_comes_first() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let ann =
        json!({ "first_name": "Ann", "phone": "+1 212 555 0143", "owner": firm.email(Manager) });
    let first = program.post("/leads", &ann).of(201);
    let archive = format!("/leads/{}/archive", first["lead"]["id"].as_str().unwrap());
    program.post(&archive, &json!({})).of(200);
    let rotation = firm.rotation("default", None, &[Rep, Manager]);
    let path = format!("/lead-rotations/{rotation}");
    program
        .patch(&path, &json!({ "strategy": "previous_owner" }))
        .of(200);
    let again = json!({ "first_name": "Ann", "phone": "(212) 555-0143" });
    let owners: Vec<String> = [&again, &lead(None), &lead(None)]
        .map(|lead| given(&program, lead))
        .into();
    // Her turn was used up by Ann.
    assert_eq!(owners, emails(&firm, &[Manager, Rep, Rep]));
    let log = program
        .get("/audit?subject=lead&event=lead_assigned")
        .of(200);
    assert_eq!(
        log["data"][2]["data"]["rotation"]["because"],
        "previous_owner"
    );
}

#[test]
fn whoever_has_the_fewest_open_leads_comes_first() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for _ in 0..2 {
        let theirs = json!({ "first_name": "Ann", "owner": firm.email(Rep) });
        program.post("/leads", &theirs).of(201);
    }
    let rotation = firm.rotation("default", None, &[Rep, Manager]);
    let path = format!("/lead-rotations/{rotation}");
    program
        .patch(&path, &json!({ "strategy": "fewest_open" }))
        .of(200);
    let owners: Vec<String> = (0..4).map(|_| given(&program, &lead(None))).collect();
    assert_eq!(owners, emails(&firm, &[Manager, Manager, Rep, Manager]));
}

#[test]
fn the_next_user_is_told_once_and_a_preview_takes_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let rotation = firm.rotation("default", None, &[Rep, Manager]);
    let path = format!("/lead-rotations/{rotation}");
    let preview = program.get(&format!("{path}/preview")).of(200);
    let ahead = preview["data"].as_array().unwrap().iter();
    let ahead: Vec<&str> = ahead
        .map(|turn| turn["user"]["email"].as_str().unwrap())
        .collect();
    assert_eq!(ahead, emails(&firm, &[Rep, Manager].repeat(5)));
    let next = || program.get(&format!("{path}/next-user")).of(200);
    assert_eq!(next()["user"]["email"], firm.email(Rep));
    assert_eq!(program.get(&path).of(200)["current_position"], 1);
    assert_eq!(next()["user"]["email"], firm.email(Manager));
    assert_eq!(given(&program, &lead(None)), firm.email(Rep));
}
