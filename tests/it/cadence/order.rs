//! Steps that a run passes at one instant.

use leadline::connectors::Channel;
use leadline::error::Error;
use leadline::workflows::NodeType::{Application, Conditional, Converted, Dropped, VoiceCall};
use leadline::workflows::{self, Report, WorkflowStatus};
use serde_json::json;

use crate::app::TestApp;

#[test]
fn a_way_is_told_in_the_order_it_was_gone_however_fast() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    firm.keep_messages(Channel::Application);
    let steps = [
        Conditional,
        Application,
        Conditional,
        Application,
        Conditional,
    ];
    let mut nodes: Vec<_> = steps
        .into_iter()
        .map(|node_type| (node_type, json!({ "condition_field": "status" })))
        .collect();
    for node in nodes.iter_mut().filter(|node| node.0 == Application) {
        node.1 = json!({});
    }
    nodes.push((Converted, json!({})));
    let workflow = firm.chain(&nodes);
    // Ids of one instant are in no order: by chance they would be right once in 720 times.
    let leads: Vec<_> = (0..3).map(|_| program.enrol(workflow, json!({}))).collect();
    app.work();
    for lead in &leads {
        let labels: Vec<String> = lead.way().into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["0", "1", "2", "3", "4", "5"]);
    }
}

#[test]
fn what_has_followed_at_the_same_instant_has_followed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.graph(
        WorkflowStatus::Active,
        &[
            (VoiceCall, json!({})),
            (Conditional, json!({ "condition_field": "last_outcome" })),
            (Dropped, json!({})),
        ],
        &[
            (0, 2, Some("NOT_INTERESTED")),
            (0, 1, None),
            (1, 2, Some("never")),
        ],
    );
    let conn = &mut app.connect();
    let mut reported = |phone: &str, outcome: &str| {
        let lead = program.enrol(workflow, json!({ "phone": phone }));
        app.work();
        let report = Report {
            outcome: outcome.to_owned(),
            ..Report::default()
        };
        let run = lead.run.parse().unwrap();
        let report = workflows::report(conn, &firm.owner(), workflow, run, report).unwrap();
        (lead, report.attempt_id)
    };
    // The worker has asked the question, and the run was over with it.
    let (asked, attempt) = reported("+442079460321", "INTERESTED");
    app.work();
    assert_eq!(asked.status(), "completed");
    let late = workflows::undo(&mut app.connect(), &firm.owner(), attempt);
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    // An end comes with its outcome, and goes with it.
    let (ended, attempt) = reported("+442079460322", "NOT_INTERESTED");
    assert_eq!(ended.status(), "dropped");
    workflows::undo(&mut app.connect(), &firm.owner(), attempt).unwrap();
    assert_eq!((ended.status(), ended.steps().len()), ("waiting".into(), 1));
}

#[test]
fn an_outcome_is_not_taken_back_once_the_lead_has_been_elsewhere() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[VoiceCall]);
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    app.work();
    let conn = &mut app.connect();
    let report = Report {
        outcome: "INTERESTED".to_owned(),
        ..Report::default()
    };
    let run = lead.run.parse().unwrap();
    let reported = workflows::report(conn, &firm.owner(), workflow, run, report).unwrap();
    assert_eq!(lead.status(), "converted");
    app.wait(chrono::TimeDelta::minutes(1));
    let (id, other) = (
        lead.lead.parse().unwrap(),
        firm.workflow("Other", &[VoiceCall]),
    );
    workflows::assign(conn, &firm.owner(), id, other, None).unwrap();
    workflows::remove(conn, &firm.owner(), id, None).unwrap();
    let late = workflows::undo(conn, &firm.owner(), reported.attempt_id);
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(lead.status(), "converted");
}
