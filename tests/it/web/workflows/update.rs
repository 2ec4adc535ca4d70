//! A workflow's own fields.

use leadline::caller::Role;
use leadline::workflows::NodeType::Email;

use crate::app::TestApp;

#[test]
fn a_workflow_gets_another_name_and_hours_of_its_own() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/workflows/{}", firm.workflow("Outreach", &[Email]));
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&manager.get(&path).link("Details"));
    assert_eq!(page.field("Name").value, "Outreach");
    let form = page.form("Save changes").fill("Name", "Autumn");
    let form = form
        .fill("Its leads come", "Before others")
        .tick("Hours of its own");
    let page = manager.follow(
        manager.send(
            form.fill("Sunday from", "10:00")
                .fill("Sunday until", "12:00"),
        ),
    );
    assert_eq!(page.heading(), "Autumn");
    assert!(page.says("Before others") && page.says("Of its own"));
    let form = manager.get(&page.link("Details")).form("Save changes");
    let page = manager.send(form.fill("Sunday until", "09:00").fill("Name", "Winter"));
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Sunday until"),
        "Sunday must open before it closes"
    );
    assert_eq!(page.field("Name").value, "Winter");
}
