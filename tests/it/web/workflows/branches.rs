//! Where the outcomes of a step lead.

use leadline::caller::Role;
use leadline::workflows::NodeType::{Email, Sms, VoiceCall};

use crate::app::TestApp;

#[test]
fn an_outcome_is_led_elsewhere() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!(
        "/workflows/{}",
        firm.workflow("Outreach", &[VoiceCall, Sms, Email])
    );
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&manager.get(&path).link("Branches of VOICE_CALL"));
    assert_eq!(page.heading(), "Where “VOICE_CALL” leads");
    let form = page.form("Save branches");
    let form = form.fill("Call back", "Step 3, EMAIL");
    let form = form.fill("Not interested", "A new end: given up");
    let page = manager.follow(manager.send(form));
    assert_eq!(page.row("Call back")[1], "Step 3, EMAIL");
    assert_eq!(page.row("Not interested")[1], "Ends: Given up");
    assert_eq!(
        page.row("Anything else, after 3 attempts")[1],
        "Step 2, SMS"
    );
}

#[test]
fn nothing_leads_back_to_the_first_step() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/workflows/{}", firm.workflow("Outreach", &[Sms, Email]));
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&manager.get(&path).link("Branches of EMAIL"));
    let page = manager.send(page.form("Save branches").fill("Failed", "Step 1, SMS"));
    assert_eq!(page.status, 422);
    assert!(page.summary()[0].contains("“SMS” can’t be the first step while “EMAIL” leads back"));
    assert!(!page.field("Failed").value.is_empty());
}

#[test]
fn a_step_for_one_outcome_makes_a_line_of_its_own() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!(
        "/workflows/{}",
        firm.workflow("Outreach", &[VoiceCall, Email])
    );
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&manager.get(&path).link("Branches of VOICE_CALL"));
    let form = manager
        .get(&page.link("Step for Interested"))
        .form("Add step");
    let page = manager.follow(manager.send(form.fill("Name", "Confirm").fill("Text", "See you")));
    assert!(page.says("Step 1, VOICE_CALL: interested"), "{page:?}");
    assert_eq!(page.row("Interested")[1], "Confirm");
}
