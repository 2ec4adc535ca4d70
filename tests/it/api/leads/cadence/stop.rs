//! A person takes a lead over, and hands it back.

use chrono::TimeDelta;
use leadline::workflows::NodeType;
use serde_json::json;

use crate::app::{Enrolled, TestApp};

/// A lead in a wait of two days, of which a day has passed.
fn waiting<'a>(
    app: &TestApp,
    program: &'a crate::app::WithKey,
    workflow: uuid::Uuid,
) -> Enrolled<'a> {
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    app.work();
    app.wait(TimeDelta::hours(24));
    app.work();
    assert_eq!(lead.step()["due_at"], "2026-11-21T12:00:00Z");
    lead
}

fn workflow(firm: &crate::app::Firm<'_>) -> uuid::Uuid {
    firm.chain(&[
        (NodeType::Time, json!({ "delay_hours": 48 })),
        (NodeType::Sms, json!({ "text": "Hi" })),
        (NodeType::Dropped, json!({})),
    ])
}

#[test]
fn what_was_left_of_a_wait_is_left_when_the_cadence_is_resumed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = workflow(&firm);
    let lead = waiting(&app, &program, workflow);
    let named = json!({ "workflow_id": workflow });
    lead.call("automation/stop", &named).is(
        200,
        &json!({ "success": true, "workflow_run_id": lead.run, "cadence_paused": true,
                 "tasks_cancelled": 1 }),
    );
    lead.call("automation/stop", &named).is(
        200,
        &json!({ "success": true, "already_stopped": true, "workflow_run_id": lead.run }),
    );
    let paused = format!("/leads/{}/is_paused", lead.lead);
    program
        .get(&paused)
        .is(200, &json!({ "success": true, "paused": true }));
    assert_eq!(lead.shown()["activeWorkflowRun"]["run_status"], "paused");
    assert_eq!(lead.shown()["next_action_at"], json!(null));
    app.work_at("2026-11-23T12:00:00Z");
    assert_eq!(lead.step()["label"], "0");
    let resume = json!({ "workflow_id": workflow, "resume_cadence": true });
    lead.call("automation/resume", &resume).is(
        200,
        &json!({ "success": true, "workflow_run_id": lead.run, "cadence_resumed": true }),
    );
    lead.call("automation/resume", &resume).is(
        200,
        &json!({ "success": true, "already_running": true, "workflow_run_id": lead.run }),
    );
    program
        .get(&paused)
        .is(200, &json!({ "success": true, "paused": false }));
    assert_eq!(lead.step()["due_at"], "2026-11-24T12:00:00Z");
    app.work_at("2026-11-24T11:59:59Z");
    assert_eq!(lead.step()["label"], "0");
    app.work_at("2026-11-24T12:00:00Z");
    assert_eq!(
        (lead.step()["label"].as_str(), lead.status()),
        (Some("1"), "waiting".into())
    );
}

#[test]
fn a_lead_that_is_handed_back_without_its_cadence_stays_until_somebody_moves_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = workflow(&firm);
    let lead = waiting(&app, &program, workflow);
    let named = json!({ "workflow_id": workflow });
    lead.call("automation/stop", &named).of(200);
    let resumed = lead.call("automation/resume", &named).of(200);
    assert_eq!(resumed["cadence_resumed"], json!(false));
    assert_eq!(lead.shown()["activeWorkflowRun"]["run_status"], "running");
    app.work_at("2026-11-26T12:00:00Z");
    assert_eq!(lead.step()["label"], "0");
    let resume = json!({ "workflow_id": workflow, "resume_cadence": true });
    let resumed = lead.call("automation/resume", &resume).of(200);
    assert_eq!(resumed["cadence_resumed"], json!(true));
    app.work_at("2026-11-27T12:00:00Z");
    assert_eq!(lead.step()["label"], "1");
}

#[test]
fn a_report_moves_a_lead_that_is_stopped_and_nothing_fires_until_it_is_resumed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms, NodeType::Time]);
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    app.work();
    let named = json!({ "workflow_id": workflow, "resume_cadence": true });
    lead.call("automation/stop", &json!({ "workflow_id": workflow }))
        .of(200);
    let reported = lead.outcome("COMPLETED");
    assert_eq!(reported["status"], "paused");
    assert_eq!(
        (&reported["next"]["label"], &reported["next"]["due_at"]),
        (&json!("TIME"), &json!(null))
    );
    app.work_at("2026-11-25T12:00:00Z");
    assert_eq!(
        (lead.step()["label"].as_str(), lead.status()),
        (Some("TIME"), "paused".into())
    );
    lead.call("automation/resume", &named).of(200);
    app.work_at("2026-11-26T12:00:00Z");
    assert_eq!(lead.status(), "converted");
}

#[test]
fn what_is_not_there_to_be_stopped_is_said() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let other = firm.workflow("Other", &[NodeType::Sms]);
    let lead = program.enrol(workflow, json!({}));
    let outside = firm.lead("Bob");
    let no_run = json!({ "error": "No active workflow run found for this lead and workflow" });
    for call in ["automation/stop", "automation/resume"] {
        lead.call(call, &json!({}))
            .is(400, &json!({ "error": "workflow_id is required" }));
        lead.call(call, &json!({ "workflow_id": null }))
            .is(400, &json!({ "error": "workflow_id is required" }));
        lead.call(call, &json!({ "workflow_id": other }))
            .is(404, &no_run);
        let path = format!("/leads/{outside}/{call}");
        program
            .post(&path, &json!({ "workflow_id": workflow }))
            .is(404, &no_run);
        let path = format!("/leads/{}/{call}", uuid::Uuid::now_v7());
        program
            .post(&path, &json!({ "workflow_id": workflow }))
            .is(404, &json!({ "error": "Lead not found" }));
    }
    let body = json!({ "workflow_id": workflow, "resume_cadence": "yes" });
    lead.call("automation/resume", &body).is(
        400,
        &json!({ "error": "resume_cadence must be true or false" }),
    );
    program
        .get(&format!("/leads/{outside}/is_paused"))
        .is(200, &json!({ "success": true, "paused": false }));
}
