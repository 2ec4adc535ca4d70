//! The pages of workflows.

use leadline::caller::Role;
use leadline::workflows::NodeType::{Email, VoiceCall};
use serde_json::json;

use crate::app::TestApp;

#[test]
fn workflows_are_listed_with_their_steps_and_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let viewer = firm.signed_in(Role::Viewer);
    assert!(viewer.get("/workflows").says("No workflows yet"));
    let workflow = firm.workflow("Sales Outreach", &[VoiceCall, Email]);
    firm.program()
        .post(
            "/leads",
            &json!({ "first_name": "Ann", "phone": "1", "workflow_id": workflow }),
        )
        .of(201);
    let row = viewer.get("/workflows").row("Sales Outreach");
    assert_eq!(row[1..5], ["Active", "An appointment", "2", "1"]);
}

#[test]
fn a_workflow_says_what_it_does_with_a_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.workflow("Sales Outreach", &[VoiceCall, Email]);
    let viewer = firm.signed_in(Role::Viewer);
    let page = viewer.get(&viewer.get("/workflows").link("Sales Outreach"));
    assert_eq!(page.heading(), "Sales Outreach");
    for fact in [
        "Active",
        "Hello {{first_name}}",
        "Ends: CONVERTED",
        "“EMAIL” has no sender",
    ] {
        assert!(page.says(fact), "{fact}: {page:?}");
    }
}

#[test]
fn many_workflows_cost_no_more_questions_than_few() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.workflow("One", &[Email]);
    let viewer = firm.signed_in(Role::Viewer);
    let (_, few) = app.statements(|| viewer.get("/workflows"));
    for number in 0..10 {
        firm.workflow(&format!("Number {number}"), &[Email]);
    }
    let (page, many) = app.statements(|| viewer.get("/workflows"));
    assert_eq!(
        (page.rows().len(), many.len()),
        (11, few.len()),
        "{many:#?}"
    );
}
