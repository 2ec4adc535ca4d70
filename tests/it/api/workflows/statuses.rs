//! The statuses of a workflow are edited.

use leadline::workflows::NodeType;
use serde_json::json;

use super::{draft, node, text};
use crate::app::TestApp;

#[test]
fn statuses_are_added_changed_and_taken_out() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = format!("{}/statuses", draft(&program));
    let input = json!({
        "key": "warm", "label": "Warm", "color": "#FF8800", "category": "active",
        "is_terminal": false,
    });
    let made = program.post(&path, &input).of(201);
    assert_eq!(made["color"], "#ff8800");
    let all = program.get(&path).of(200);
    assert_eq!(all["meta"]["total"], 8);
    assert_eq!(all["data"][7], made);
    let one = format!("{path}/{}", text(&made, "id"));
    let changed = program
        .patch(
            &one,
            &json!({ "label": "Hot", "category": "won", "is_terminal": true }),
        )
        .of(200);
    assert_eq!(
        (&changed["key"], &changed["label"], &changed["category"]),
        (&json!("warm"), &json!("Hot"), &json!("won"))
    );
    program.delete(&one).is(200, &json!({ "success": true }));
    assert_eq!(program.delete(&one).status, 404);
}

#[test]
fn a_new_key_is_the_new_key_of_its_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let lead = program
        .post(
            "/leads",
            &json!({ "first_name": "Ann", "workflow_id": workflow }),
        )
        .of(201);
    let path = format!("/workflows/{workflow}/statuses");
    let first = program.get(&path).of(200)["data"][0].clone();
    let one = format!("{path}/{}", text(&first, "id"));
    program.patch(&one, &json!({ "key": "fresh" })).of(200);
    let lead = program
        .get(&format!("/leads/{}", lead["lead"]["id"].as_str().unwrap()))
        .of(200);
    assert_eq!(lead["currentStatus"]["key"], "fresh");
    program.delete(&one).is_error(
        409,
        "Conflict",
        "Leads of this workflow have the status fresh; give them another one first",
    );
}

#[test]
fn a_status_that_a_step_gives_stays() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = draft(&program);
    node(
        &program,
        &workflow,
        "DROPPED",
        json!({ "status_key": "lost" }),
    );
    let path = format!("{workflow}/statuses");
    let lost = program.get(&path).of(200)["data"][5].clone();
    assert_eq!(lost["key"], "lost");
    let one = format!("{path}/{}", text(&lost, "id"));
    let message = "The step “DROPPED” gives leads the status lost; let it give another one first";
    program.delete(&one).is_error(409, "Conflict", message);
    program
        .patch(&one, &json!({ "key": "gone" }))
        .is_error(409, "Conflict", message);
    program.patch(&one, &json!({ "label": "Gone" })).of(200);
}

#[test]
fn the_last_status_stays() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = format!("{}/statuses", draft(&program));
    let all = program.get(&path).of(200)["data"].clone();
    let all = all.as_array().unwrap();
    for status in &all[1..] {
        program
            .delete(&format!("{path}/{}", text(status, "id")))
            .of(200);
    }
    program
        .delete(&format!("{path}/{}", text(&all[0], "id")))
        .is_error(
            409,
            "Conflict",
            "A workflow needs a status for its leads; this is the last one",
        );
}

#[test]
fn a_status_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = format!("{}/statuses", draft(&program));
    for (body, message) in [
        (json!({ "label": "A" }), "key is required"),
        (json!({ "key": "a" }), "label is required"),
        (
            json!({ "key": "a b", "label": "A" }),
            "key must be of letters, digits, _ and - only",
        ),
        (
            json!({ "key": "a", "label": "A", "color": "red" }),
            "color must be a colour like #64748b",
        ),
        (
            json!({ "key": "a", "label": "A", "category": "maybe" }),
            "category must be open, active, won or lost",
        ),
        (
            json!({ "key": "a", "label": "A", "is_terminal": "yes" }),
            "is_terminal must be true or false",
        ),
    ] {
        program
            .post(&path, &body)
            .is_error(400, "Validation error", message);
    }
    program
        .post(&path, &json!({ "key": "new", "label": "New" }))
        .is_error(
            409,
            "Conflict",
            "There is already a status with the key new",
        );
}
