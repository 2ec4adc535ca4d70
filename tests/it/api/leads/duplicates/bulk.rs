//! Many leads in one call.

use std::cell::Cell;

use leadline::caller::Duplicates::{self, Refuse, Reuse};
use leadline::enrolment::{self, Arrival, Intake};
use leadline::error::Error;
use leadline::leads::{NewLead, Patience};
use leadline::workflows::NodeType::Email;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{program, total};
use crate::app::{Firm, TestApp};

#[test]
fn each_row_has_its_own_answer_and_the_first_of_its_kind_comes_in() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = program(&firm, "reuse");
    let there = program.post(
        "/leads",
        &json!({ "first_name": "Ann", "external_id": "crm-7" }),
    );
    let there = there.of(201)["lead"].clone();
    let rows = json!([
        { "first_name": "Bob", "phone": "+12015550123" },
        { "first_name": "Eve", "external_id": "crm-7" },
        { "first_name": "Bobby", "phone": "(201) 555-0123" },
        { "phone": "+12015550123" },
    ]);
    let body = program.post("/leads", &rows).of(201);
    let bob = body["results"][0]["lead"].clone();
    assert_eq!(
        body,
        json!({ "success": false,
            "results": [
                { "success": true, "lead": bob, "index": 0 },
                { "success": true, "lead": there, "reused": true, "index": 1 },
                { "success": true, "lead": bob, "reused": true, "index": 2 },
                { "success": false, "error": "first_name is required", "index": 3 },
            ],
            "summary": { "total": 4, "created": 1, "reused": 2, "failed": 1 } })
    );
    assert_eq!(bob["first_name"], "Bob");
    assert_eq!(total(&program), 2);
}

#[test]
fn a_row_that_is_refused_says_who_is_there_and_undoes_no_other() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = program(&firm, "refuse");
    let rows = json!([
        { "first_name": "Bob", "last_name": "Roe", "email": "bob@boats.example" },
        { "first_name": "Eve", "email": "BOB@boats.example" },
        { "first_name": "Joe", "email": "joe@boats.example" },
    ]);
    let body = program.post("/leads", &rows).of(201);
    let refused = json!({ "success": false, "index": 1,
        "error": "There is already a lead with this e-mail: Bob Roe",
        "lead_id": body["results"][0]["lead"]["id"] });
    assert_eq!(body["results"][1], refused);
    assert_eq!(
        body["summary"],
        json!({ "total": 3, "created": 2, "failed": 1 })
    );
    assert_eq!(total(&program), 2);
}

#[test]
fn a_thousand_that_are_there_are_found_in_a_few_statements() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Letters", &[Email]);
    let program = program(&firm, "reuse");
    let rows = |workflow: Option<Uuid>| -> Value {
        let row = |n: usize| {
            json!({ "first_name": "Ann", "email": format!("a{n}@boats.example"),
            "external_id": n.to_string(), "workflow_id": workflow })
        };
        (0..1000).map(row).collect()
    };
    let body = program.post("/leads", &rows(None)).of(201);
    assert_eq!(body["summary"]["created"], 1000);
    let (body, asked) = app.statements(|| program.post("/leads", &rows(Some(workflow))));
    let body = body.of(201);
    assert_eq!(
        body["summary"],
        json!({ "total": 1000, "created": 0, "reused": 1000, "failed": 0 })
    );
    assert_eq!(
        body["results"][999]["workflow_run"]["workflow"]["name"],
        "Letters"
    );
    assert!(asked.len() <= 18, "{} statements: {asked:#?}", asked.len());
    assert_eq!(total(&program), 1000);
}

#[test]
fn a_later_row_of_the_same_lead_can_not_send_it_elsewhere() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Letters", &[Email]);
    let program = program(&firm, "reuse");
    let row = |id: &str, workflow: Option<Uuid>| json!({ "first_name": "Ann", "email": "a@boats.example", "external_id": id, "workflow_id": workflow });
    let rows = json!([
        { "first_name": "Bob", "external_id": "b", "workflow_id": workflow },
        { "first_name": "Bob", "external_id": "b", "workflow_id": workflow },
        row("a", None),
        row("a", Some(workflow)),
    ]);
    let body = program.post("/leads", &rows).of(201);
    assert!(body["results"][0]["workflow_run"].is_object());
    assert!(body["results"][1].get("workflow_run").is_none());
    assert_eq!(
        body["results"][3]["error"],
        "An earlier lead of this call has the same e-mail and no workflow: name the workflow there"
    );
}

/// Which of the leads so far each row became, in the order they came in; nothing where it was
/// turned away.
fn became(firm: &Firm<'_>, rule: Duplicates, calls: Vec<Vec<NewLead>>) -> Vec<Option<usize>> {
    let mut conn = firm.app().connect();
    let mut known: Vec<Uuid> = Vec::new();
    let mut all = Vec::new();
    for leads in calls {
        firm.app().wait(chrono::TimeDelta::seconds(1));
        let intakes = leads.into_iter().map(|lead| Intake {
            lead,
            ..Intake::default()
        });
        let (caller, waits) = (firm.owner(), Patience::Waits);
        let arrivals =
            enrolment::take_in_once(&mut conn, &caller, intakes.collect(), rule, waits).unwrap();
        for arrival in arrivals.unwrap() {
            let id = match arrival {
                Ok(Arrival::New(taken)) => {
                    known.push(taken.lead.id);
                    Some(taken.lead.id)
                }
                Ok(Arrival::Earlier(taken)) => Some(taken.lead.id),
                Ok(Arrival::There { lead, .. }) => Some(lead.id),
                Err(Error::Duplicate(_)) => None,
                Err(error) => panic!("{error}"),
            };
            all.push(id.and_then(|id| known.iter().position(|one| *one == id)));
        }
    }
    all
}

/// Few values, so that rows meet by chance.
fn lead() -> impl Strategy<Value = NewLead> {
    let key = || prop::option::of(0u8..4);
    (key(), key(), key()).prop_map(|(phone, email, id)| NewLead {
        first_name: "Ann".to_owned(),
        source: "api".to_owned(),
        phone: phone.map(|n| format!("+1201555012{n}")),
        email: email.map(|n| format!("a{n}@boats.example")),
        external_id: id.map(|n| n.to_string()),
        ..NewLead::default()
    })
}

#[test]
fn those_of_one_call_are_as_those_of_many_one_after_another() {
    let app = TestApp::start();
    let config = Config {
        cases: 40,
        failure_persistence: None,
        ..Config::default()
    };
    let number = Cell::new(0);
    let rows = (
        prop::collection::vec(lead(), 1..12),
        0usize..6,
        any::<bool>(),
    );
    let run = TestRunner::new(config).run(&rows, |(rows, first, refuses)| {
        let rule = if refuses { Refuse } else { Reuse };
        number.set(number.get() + 2);
        let numbers = [number.get(), number.get() + 1];
        let [one, other] = numbers.map(|n| app.firm(&format!("Acme {n}")));
        let (first, then) = rows.split_at(first.min(rows.len()));
        let together = vec![first.to_vec(), then.to_vec()];
        let apart = rows.iter().map(|row| vec![row.clone()]).collect();
        prop_assert_eq!(became(&one, rule, together), became(&other, rule, apart));
        Ok(())
    });
    run.unwrap();
}
