//! A lead's status, set by hand.

use leadline::workflows::NodeType;
use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;

#[test]
fn a_status_on_the_way_changes_the_status_alone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    let body = json!({ "status_key": "engaged", "reason": "called us", "workflow_id": workflow });
    lead.call("status", &body).is(
        200,
        &json!({
            "success": true, "changed": true, "previous_status": "new", "new_status": "engaged",
            "workflow_run": { "id": lead.run, "workflow_id": workflow },
        }),
    );
    let again = lead
        .call("status", &json!({ "status_key": "engaged" }))
        .of(200);
    assert_eq!(again["changed"], json!(false));
    assert_eq!(again["note"], "The lead had this status already");
    assert_eq!(lead.status(), "in_progress");
    assert_eq!(lead.shown()["currentStatus"]["key"], "engaged");
}

#[test]
fn a_status_that_ends_runs_ends_it_and_calls_off_what_is_pending() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    for (key, status) in [("converted", "converted"), ("lost", "dropped")] {
        let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
        app.work();
        assert_eq!(lead.step()["status"], "task");
        let answer = lead.call("status", &json!({ "status_key": key })).of(200);
        assert!(answer["note"].is_string(), "{answer}");
        assert_eq!(lead.status(), status);
        let step = lead.step();
        assert_eq!(
            (&step["status"], &step["outcome"]),
            (&json!("done"), &json!(null))
        );
        let shown = lead.shown();
        assert_eq!(shown["currentStatus"]["key"], key);
        assert_eq!(shown["next_action_at"], json!(null));
        assert_eq!(lead.report(&json!({ "outcome": "COMPLETED" })).status, 409);
        // The status of a run that is over can still be set right.
        let back = lead
            .call("status", &json!({ "status_key": "expired" }))
            .of(200);
        assert_eq!(back["changed"], json!(true));
        assert_eq!(lead.status(), status);
    }
}

#[test]
fn what_is_wrong_is_said_in_one_sentence() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let lead = program.enrol(workflow, json!({}));
    lead.call("status", &json!({}))
        .is(400, &json!({ "error": "status_key is required" }));
    lead.call("status", &json!({ "status_key": "great" })).is(
        400,
        &json!({ "error": "status_key must be one of new, contacted, engaged, qualified, \
                 converted, lost, expired" }),
    );
    let no_run = json!({ "error": "No active workflow run found for this lead and workflow" });
    let elsewhere = json!({ "status_key": "engaged", "workflow_id": Uuid::now_v7() });
    lead.call("status", &elsewhere).is(404, &no_run);
    let never = format!("/leads/{}/status", firm.lead("Bob"));
    program
        .post(&never, &json!({ "status_key": "engaged" }))
        .is(404, &no_run);
}

#[test]
fn a_reason_is_a_text_of_at_most_500_characters() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    let asked = |reason: &str| {
        let body = json!({ "status_key": "engaged", "reason": reason });
        lead.call("status", &body)
    };
    for wrong in ["a\0b".to_owned(), "é".repeat(501)] {
        let answer = asked(&wrong);
        assert_eq!(answer.status, 400, "{answer:?}");
        assert!(answer.text.contains("reason must"), "{answer:?}");
    }
    assert_eq!(asked(&"é".repeat(500)).of(200)["changed"], json!(true));
}
