//! From a draft to a workflow that runs, and what becomes of its leads when it is edited.

use leadline::caller::Role;
use leadline::workflows::NodeType::{Email, Sms};
use serde_json::json;

use crate::app::TestApp;

#[test]
fn a_draft_with_faults_names_them_beside_its_cards() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let form = manager.get("/workflows/new").form("Make workflow");
    let page = manager.follow(manager.send(form.fill("Name", "Spring")));
    let page = manager.send(page.form("Activate"));
    assert_eq!(page.status, 422);
    assert!(!page.texts(".step .error").is_empty(), "{page:?}");
    let form = manager.get(&page.link("Edit Message")).form("Save step");
    let page = manager.follow(manager.send(form.fill("Text", "Hello {{first_name}}")));
    let page = manager.follow(manager.send(page.form("Activate")));
    assert!(page.flash().starts_with("It is active."), "{page:?}");
    let page = manager.follow(manager.send(page.form("Pause")));
    assert!(page.says("Its leads stay where they are until it goes on"));
    let page = manager.follow(manager.send(page.form("Resume")));
    assert!(page.has_button("Pause"));
}

#[test]
fn publishing_asks_what_becomes_of_the_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[Sms]);
    let lead = json!({ "first_name": "Ann", "phone": "1", "workflow_id": id });
    firm.program().post("/leads", &lead).of(201);
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&format!("/workflows/{id}"));
    let form = manager.get(&page.link("Edit SMS")).form("Save step");
    let page = manager.follow(manager.send(form.fill("Text", "Other words")));
    assert!(page.says("The one lead in it keeps to the steps as they were published last"));
    let ask = manager.get(&page.link("Publish changes…"));
    assert!(ask.says("What becomes of the lead in it now?"));
    let form = ask
        .form("Publish the changes")
        .tick("They go over at their next step");
    let page = manager.follow(manager.send(form));
    assert!(
        page.flash().starts_with("Published. Each lead goes over"),
        "{page:?}"
    );
    assert!(!page.has_link("Publish changes…"));
    let again = manager.get(&format!("/workflows/{id}/publication"));
    assert!(again.says("there is nothing to publish"));
}

#[test]
fn a_copy_is_a_draft() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[Email]);
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&format!("/workflows/{id}"));
    let page = manager.follow(manager.send(page.form("Duplicate")));
    assert_eq!(page.heading(), "Outreach (copy)");
    assert!(page.has_button("Activate"));
}
