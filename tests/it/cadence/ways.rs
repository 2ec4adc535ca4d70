//! Which way leads go, and leads that are put away or deleted on it.

use chrono::TimeDelta;
use leadline::connectors::{Channel, Kind, NewConnector};
use leadline::workflows::NodeType::{Conditional, Converted, Dropped, Sms, Time, VoiceCall};
use leadline::workflows::{self, WorkflowStatus};
use serde_json::json;

use crate::app::{Listener, TestApp};

#[test]
fn a_branch_looks_at_what_is_known_of_the_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let question = json!({ "conditions": [
        { "field": "metadata.budget", "operator": "greater_than", "value": 1000 }] });
    let workflow = firm.graph(
        WorkflowStatus::Active,
        &[
            (Conditional, question),
            (Converted, json!({})),
            (Dropped, json!({})),
        ],
        &[(0, 1, Some("true")), (0, 2, Some("false"))],
    );
    for (about, status) in [
        (json!({ "budget": 5000 }), "converted"),
        (json!({ "budget": "900" }), "dropped"),
        (json!({}), "dropped"),
    ] {
        let lead = program.enrol(workflow, about);
        app.work();
        assert_eq!(lead.status(), status);
    }
}

#[test]
fn a_lead_that_is_put_away_stays_where_it_is() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.chain(&[
        (Sms, json!({ "text": "Hi" })),
        (Time, json!({ "delay_hours": 1 })),
        (Dropped, json!({})),
    ]);
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    app.work();
    lead.outcome("COMPLETED");
    lead.call("archive", &json!({})).of(200);
    app.work_at("2026-11-19T14:00:00Z");
    assert_eq!(lead.status(), "paused");
    assert_eq!(lead.step()["why"], "the lead was archived");
    program
        .delete(&format!("/leads/{}/archive", lead.lead))
        .of(200);
    let resume = json!({ "workflow_id": workflow, "resume_cadence": true });
    lead.call("automation/resume", &resume).of(200);
    app.work();
    assert_eq!(lead.status(), "dropped");
}

#[test]
fn a_lead_that_is_put_away_is_nobodys_task_and_nothing_leaves_for_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let called = program.enrol(
        firm.workflow("Outreach", &[VoiceCall]),
        json!({ "phone": "+442079460321" }),
    );
    app.work();
    let conn = &mut app.connect();
    let task = workflows::next_task(conn, &firm.owner()).unwrap().unwrap();
    assert_eq!(task.lead_id.to_string(), called.lead);
    called.call("archive", &json!({})).of(200);
    app.work();
    assert_eq!(called.status(), "paused");
    assert!(workflows::next_task(conn, &firm.owner()).unwrap().is_none());

    let system = Listener::answering(&[500, 200]);
    let http = NewConnector {
        kind: Some(Kind::Http),
        url: system.url.clone(),
        ..NewConnector::default()
    };
    firm.connect_by(Channel::Sms, http);
    let texted = program.enrol(
        firm.workflow("Outreach", &[Sms]),
        json!({ "phone": "+442079460322" }),
    );
    app.work();
    texted.call("archive", &json!({})).of(200);
    app.wait(TimeDelta::hours(1));
    app.work();
    assert_eq!(system.taken().len(), 1);
    program
        .delete(&format!("/leads/{}/archive", texted.lead))
        .of(200);
    app.work();
    assert_eq!(system.taken().len(), 2);
}

#[test]
fn a_lead_may_be_deleted_wherever_it_is() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[Sms]);
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    app.work();
    lead.outcome("FAILED");
    program.delete(&format!("/leads/{}", lead.lead)).of(200);
    app.work_at("2026-11-20T12:00:00Z");
    let list = program.get(&format!("/workflows/{workflow}/leads")).of(200);
    assert_eq!(list["data"], json!([]));
}
