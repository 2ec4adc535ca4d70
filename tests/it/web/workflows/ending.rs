//! What can't be taken back asks first.

use leadline::caller::Role;
use leadline::workflows::NodeType::Email;

use crate::app::TestApp;

#[test]
fn ending_a_workflow_asks_first() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    for (what, said) in [("Complete", "completed"), ("Cancel", "cancelled")] {
        let path = format!("/workflows/{}", firm.workflow(what, &[Email]));
        let ask = manager.get(&manager.get(&path).link(&format!("{what}…")));
        assert!(ask.says("No lead is in it now. It takes no more leads"));
        assert!(manager.get(&path).says("Active"));
        let page = manager.follow(manager.send(ask.form(&format!("{what} the workflow"))));
        assert_eq!(
            page.flash(),
            format!("It is {said} and takes no more leads.")
        );
        assert!(page.says("It is over") && !page.has_link("Edit EMAIL"));
    }
}

#[test]
fn an_active_one_can_not_be_deleted_and_a_draft_can() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let path = format!("/workflows/{}", firm.workflow("Outreach", &[Email]));
    let ask = manager.get(&format!("{path}/deletion"));
    assert_eq!(manager.send(ask.form("Delete the workflow")).status, 409);
    let page = manager.get(&path);
    let copy = manager.follow(manager.send(page.form("Duplicate")));
    let ask = manager.get(&copy.link("Delete…"));
    let page = manager.follow(manager.send(ask.form("Delete the workflow")));
    assert_eq!(
        page.flash(),
        "The workflow is deleted. Its leads are still here."
    );
    assert_eq!(page.rows().len(), 1);
}
