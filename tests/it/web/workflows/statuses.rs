//! The statuses of a workflow.

use leadline::caller::Role;
use leadline::workflows::NodeType::Email;
use serde_json::json;

use crate::app::{Page, TestApp};

fn labels(page: &Page) -> Vec<String> {
    page.rows().into_iter().map(|row| row[0].clone()).collect()
}

#[test]
fn a_status_is_added_moved_changed_and_taken_out() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!(
        "/workflows/{}/statuses",
        firm.workflow("Outreach", &[Email])
    );
    let manager = firm.signed_in(Role::Manager);
    let form = manager
        .get(&path)
        .form("Add status")
        .fill("Name", "Meeting booked");
    let page = manager.follow(manager.send(form));
    assert_eq!(page.row("Meeting booked")[1], "meeting_booked");
    let page = manager.follow(manager.send(page.form("Move Meeting booked up")));
    assert_eq!(labels(&page)[6], "Meeting booked");
    let form = manager
        .get(&page.link("Edit Meeting booked"))
        .form("Save status");
    let form = form
        .fill("Meaning", "Won")
        .tick("A lead with it leaves the workflow");
    let page = manager.follow(manager.send(form));
    assert_eq!(page.row("Meeting booked")[2..4], ["Won", "Yes"]);
    let page = manager.follow(manager.send(page.form("Take out Meeting booked")));
    assert_eq!(labels(&page).len(), 7);
}

#[test]
fn what_is_wrong_with_a_status_is_told() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[Email]);
    let lead = json!({ "first_name": "Ann", "phone": "1", "workflow_id": id });
    firm.program().post("/leads", &lead).of(201);
    let path = format!("/workflows/{id}/statuses");
    let manager = firm.signed_in(Role::Manager);
    let form = manager.get(&path).form("Add status");
    let page = manager.send(form.fill("Name", "").fill("Key", "two words"));
    assert_eq!(page.status, 422);
    assert_eq!(page.problem_of("Name"), "Name is required");
    assert_eq!(
        page.problem_of("Key"),
        "Key must be of letters, digits, _ and - only"
    );
    let page = manager.send(manager.get(&path).form("Take out New"));
    assert_eq!(page.status, 422);
    assert_eq!(page.summary().len(), 1, "{page:?}");
    assert!(
        !firm
            .signed_in(Role::Rep)
            .get(&path)
            .has_button("Add status")
    );
}
