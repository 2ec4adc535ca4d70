//! Making a workflow.

use leadline::caller::Role;

use crate::app::TestApp;

#[test]
fn a_new_workflow_is_a_draft_with_the_steps_it_began_with() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&manager.get("/workflows").link("New workflow"));
    let form = page.form("Make workflow").fill("Name", "Spring outreach");
    let page = manager.follow(manager.send(form));
    assert_eq!(page.heading(), "Spring outreach");
    assert!(page.says("Draft") && page.says("Call: First call"));
    assert!(page.says("Then wait 1 day") && page.has_button("Activate"));
}

#[test]
fn one_without_a_name_is_refused_and_keeps_what_was_typed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let form = manager.get("/workflows/new").form("Make workflow");
    let page = manager.send(form.fill("Description", "kept"));
    assert_eq!(page.status, 422);
    assert_eq!(page.problem_of("Name"), "Name is required");
    assert_eq!(page.field("Description").value, "kept");
}

#[test]
fn an_empty_one_says_how_to_begin() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let form = manager.get("/workflows/new").form("Make workflow");
    let form = form.fill("Name", "Bare").tick("Nothing");
    let page = manager.follow(manager.send(form));
    assert!(page.says("It has no steps yet."));
    let step = manager.get(&page.link("E-mail"));
    let form = step.form("Add step").fill("Name", "Hello");
    let form = form
        .fill("Subject", "Hello")
        .fill("Text", "Hello {{first_name}}");
    let page = manager.follow(manager.send(form));
    assert_eq!(page.flash(), "“Hello” is in its place.");
    assert!(page.says("E-mail: Hello") && page.says("Ends: Given up"));
}
