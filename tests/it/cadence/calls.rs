//! Calls that a dialer makes: from which number, and whether at all.

use leadline::connectors::{Channel, Kind, NewConnector};
use leadline::workflows::NodeType::{Converted, VoiceCall};
use leadline::workflows::WorkflowStatus;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Firm, Listener, TestApp};

const PHONE: &str = "+442079460321";
const DESK: &str = "+442079460100";
const DEMO: &str = "+12025550100";

fn dial_by(firm: &Firm<'_>, dialer: &Listener) {
    let http = NewConnector {
        kind: Some(Kind::Http),
        url: dialer.url.clone(),
        ..NewConnector::default()
    };
    firm.connect_by(Channel::Call, http);
}

fn calls(firm: &Firm<'_>, from: Option<&str>) -> Uuid {
    let call = json!({ "from_phone_number": from });
    firm.chain(&[(VoiceCall, call), (Converted, json!({}))])
}

/// The number each call was to be made from.
fn callers(dialer: &Listener) -> Vec<Value> {
    let taken = dialer.taken().into_iter();
    let bodies = taken.map(|one| serde_json::from_str::<Value>(&one.body).unwrap());
    bodies
        .map(|body| body["dialer"]["from_phone_number"].clone())
        .collect()
}

#[test]
fn a_dialer_is_told_the_number_a_step_names_or_the_first_that_may_call() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let dialer = Listener::answering(&[200]);
    dial_by(&firm, &dialer);
    program
        .post("/destinations", &json!({ "country": "GB" }))
        .of(201);
    // Nobody is called from the number that is nobody's, unless a step names it.
    program.enrol(calls(&firm, None), json!({ "phone": PHONE }));
    app.work();
    assert_eq!(callers(&dialer), [json!(null)]);
    program
        .post("/calling-numbers", &json!({ "phone_number": DESK }))
        .of(201);
    program.enrol(calls(&firm, None), json!({ "phone": PHONE }));
    app.work();
    program.enrol(calls(&firm, Some(DEMO)), json!({ "phone": PHONE }));
    app.work();
    assert_eq!(callers(&dialer)[1..], [json!(DESK), json!(DEMO)]);
}

#[test]
fn a_number_that_can_not_be_called_fails_at_its_step_and_says_why() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let dialer = Listener::answering(&[200]);
    dial_by(&firm, &dialer);
    let workflow = calls(&firm, None);
    let failed = |phone: &str| {
        let lead = program.enrol(workflow, json!({ "phone": phone }));
        app.work();
        let step = lead.steps().remove(0);
        assert_eq!(step["outcome"], "FAILED");
        step["why"].as_str().unwrap().to_owned()
    };
    let country = failed(PHONE);
    assert!(
        country.contains("Calls to country GB are not enabled"),
        "{country}"
    );
    let possible = failed("+446666666666");
    assert!(possible.contains("can’t be called"), "{possible}");
    let numbers = program.get("/calling-numbers").of(200);
    let demo = numbers["data"][0]["id"].as_str().unwrap().to_owned();
    program.delete(&format!("/calling-numbers/{demo}")).of(200);
    let silent = failed("+442079460322");
    assert!(silent.contains("no active calling number"), "{silent}");
    assert_eq!(dialer.taken().len(), 0);
}

#[test]
fn a_workflow_whose_call_names_no_active_number_is_not_activated() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let call = json!({ "from_phone_number": DESK });
    let nodes = [(VoiceCall, call), (Converted, json!({}))];
    let draft = firm.graph(WorkflowStatus::Draft, &nodes, &[(0, 1, None)]);
    let activate = || program.post(&format!("/workflows/{draft}/activate"), &json!({}));
    activate().is_error(
        400,
        "Validation error",
        &format!("“0” calls from {DESK}, which is none of your active numbers"),
    );
    program
        .post("/calling-numbers", &json!({ "phone_number": DESK }))
        .of(201);
    activate().of(200);
}
