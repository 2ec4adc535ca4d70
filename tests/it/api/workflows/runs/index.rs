//! Who is in a workflow, and taking them out.

use chrono::TimeDelta;
use leadline::workflows::NodeType;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;

#[test]
fn the_leads_of_a_workflow_are_listed_from_the_latest_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::VoiceCall]);
    let other = firm.workflow("Other", &[NodeType::Sms]);
    program.enrol(other, json!({}));
    let phones = ["+442079460321", "+442079460322", "(212) 555-0143", "none"];
    let leads: Vec<_> = phones
        .iter()
        .map(|phone| {
            app.wait(TimeDelta::minutes(1));
            program.enrol(workflow, json!({ "phone": phone }))
        })
        .collect();
    app.work();
    let path = format!("/workflows/{workflow}/leads");
    let list = program.get(&path).of(200);
    let of = |key: &str| -> Vec<Value> {
        let rows = list["data"].as_array().unwrap().iter();
        rows.map(|row| row[key].clone()).collect()
    };
    let runs: Vec<_> = leads.iter().rev().map(|lead| json!(lead.run)).collect();
    assert_eq!(of("id"), runs);
    assert_eq!(
        of("phone_number"),
        ["none", "+12125550143", "+442079460322", "+442079460321"]
    );
    // Who has no number is past the call, and in New York it is seven in the morning.
    assert_eq!(
        of("status"),
        ["converted", "in_progress", "waiting", "waiting"]
    );
    assert_eq!(of("enrolled_at")[3], "2026-11-19T12:01:00Z");
    assert_eq!(of("workflow_id"), vec![json!(workflow); 4]);
    assert!(of("current_node_id").iter().all(Value::is_string));
    assert_eq!(of("lead_id")[0], json!(leads[3].lead));
    assert_eq!(list["meta"]["total"], 4);
    let waiting = program
        .get(&format!("{path}?status=waiting&limit=1"))
        .of(200);
    assert_eq!(waiting["meta"]["total"], 2);
    let cursor = waiting["meta"]["next_cursor"].as_str().unwrap();
    let rest = program
        .get(&format!("{path}?status=waiting&limit=1&cursor={cursor}"))
        .of(200);
    assert_eq!(rest["data"][0]["id"], json!(leads[0].run));
    assert_eq!(rest["meta"]["next_cursor"], json!(null));
    let page = program.get(&format!("{path}?limit=3&page=2")).of(200);
    assert_eq!(page["data"][0]["id"], json!(leads[0].run));
    assert_eq!(
        (&page["meta"]["page"], &page["meta"]["totalPages"]),
        (&json!(2), &json!(2))
    );
    program.get(&format!("{path}?status=busy")).is_error(
        400,
        "Validation error",
        "status must be pending, in_progress, waiting, paused, completed, converted, dropped, \
         removed or failed",
    );
}

#[test]
fn a_lead_is_taken_out_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    app.work();
    let path = format!("/workflows/{workflow}/leads/{}", lead.run);
    program
        .delete(&path)
        .is(200, &json!({ "message": "Lead removed from workflow." }));
    assert_eq!(lead.status(), "removed");
    assert_eq!(lead.step()["status"], "done");
    assert_eq!(lead.shown()["activeWorkflowRun"], json!(null));
    program
        .delete(&path)
        .is_error(409, "Conflict", "The lead's run is already over");
}

#[test]
fn a_run_is_found_in_its_own_workflow_alone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let other = firm.workflow("Other", &[NodeType::Sms]);
    let lead = program.enrol(workflow, json!({}));
    let message = "Run not found or does not belong to your account";
    for (workflow, run) in [
        (other, lead.run.as_str()),
        (workflow, &Uuid::now_v7().to_string()),
    ] {
        let path = format!("/workflows/{workflow}/leads/{run}");
        program.delete(&path).is_error(404, "Not found", message);
        program
            .get(&format!("{path}/history"))
            .is_error(404, "Not found", message);
        program
            .post(
                &format!("{path}/outcomes"),
                &json!({ "outcome": "COMPLETED" }),
            )
            .is_error(404, "Not found", message);
    }
    assert_eq!(lead.status(), "in_progress");
}
