//! A workflow is activated, held and given up, and its leads follow.

use chrono::TimeDelta;
use leadline::workflows::{self, Moves, NodeType, WorkflowStatus};
use serde_json::json;

use crate::app::TestApp;

#[test]
fn leads_follow_the_moves_of_their_workflow() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let copy = workflows::duplicate(&mut app.connect(), &firm.owner(), id).unwrap();
    let id = copy.row.id;
    let lead = json!({ "first_name": "Ann", "phone": "+12025550143", "workflow_id": id });
    let made = program.post("/leads", &lead).of(201);
    let lead = format!("/leads/{}", made["lead"]["id"].as_str().unwrap());
    let stands = || {
        app.work();
        let lead = program.get(&lead).of(200);
        lead["activeWorkflowRun"]["run_status"].clone()
    };
    let conn = &mut app.connect();
    let waiting = stands();
    workflows::activate(conn, &firm.owner(), id, Moves::Stay).unwrap();
    let row = workflows::find(conn, &firm.owner(), id).unwrap().row;
    assert_eq!(
        (row.status, row.enrolled_leads),
        (WorkflowStatus::Active, 1)
    );
    assert_eq!((waiting, stands()), (json!("running"), json!("running")));
    workflows::pause(conn, &firm.owner(), id).unwrap();
    stands();
    workflows::resume(conn, &firm.owner(), id).unwrap();
    stands();
    workflows::cancel(conn, &firm.owner(), id).unwrap();
    assert_eq!(stands(), json!(null));
    let row = workflows::find(conn, &firm.owner(), id).unwrap().row;
    assert_eq!(row.enrolled_leads, 0);
    // What it went through goes with the workflow.
    workflows::delete(conn, &firm.owner(), id).unwrap();
    assert_eq!(program.get(&lead).of(200)["workflow"], json!(null));
}

#[test]
fn a_lead_that_was_stopped_before_its_workflow_ran_begins_when_it_is_handed_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let conn = &mut app.connect();
    let copy = workflows::duplicate(conn, &firm.owner(), id).unwrap();
    let draft = copy.row.id;
    let lead = program.enrol(draft, json!({ "phone": "+442079460321" }));
    let named = json!({ "workflow_id": draft, "resume_cadence": true });
    lead.call("automation/stop", &json!({ "workflow_id": draft }))
        .of(200);
    workflows::activate(conn, &firm.owner(), draft, Moves::Stay).unwrap();
    app.work();
    // The worker looks after a move no longer.
    app.wait(TimeDelta::minutes(11));
    app.work();
    assert_eq!(lead.status(), "paused");
    lead.call("automation/resume", &named).of(200);
    app.work();
    assert_eq!(lead.status(), "waiting");
    assert_eq!(lead.step()["label"], "SMS");
}

#[test]
fn each_lead_of_a_workflow_that_ends_is_told_of_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for (ends, status, why) in [
        (
            workflows::cancel as fn(&mut _, &_, _) -> _,
            "removed",
            "the workflow was cancelled",
        ),
        (
            workflows::complete,
            "completed",
            "the workflow was completed",
        ),
    ] {
        let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
        let leads = [(); 3].map(|()| program.enrol(workflow, json!({ "phone": "+442079460321" })));
        app.work();
        ends(&mut app.connect(), &firm.owner(), workflow).unwrap();
        app.work();
        for lead in &leads {
            assert_eq!(lead.status(), status);
            let path = format!("/leads/{}/history", lead.lead);
            let history = program.get(&path).of(200)["history"].clone();
            let told: Vec<_> = history
                .as_array()
                .unwrap()
                .iter()
                .filter(|entry| entry["event"] == "run_ended")
                .collect();
            assert_eq!(told.len(), 1, "{history}");
            assert_eq!(told[0]["text"], why);
            assert_eq!(told[0]["data"]["run_id"], json!(lead.run));
            let page = firm.signed_in(leadline::caller::Role::Viewer);
            assert!(page.get(&format!("/leads/{}", lead.lead)).says(why));
        }
    }
}
