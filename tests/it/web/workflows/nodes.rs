//! Putting steps in, changing, moving and taking them out.

use leadline::caller::Role;
use leadline::workflows::NodeType::{Email, Sms, VoiceCall};

use crate::app::{Page, TestApp};

/// The steps of a page, from the top down.
fn steps(page: &Page) -> Vec<String> {
    page.texts(".step h3")
}

#[test]
fn a_step_is_put_between_two_others() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!(
        "/workflows/{}",
        firm.workflow("Outreach", &[VoiceCall, Email])
    );
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&path);
    let menus = page.attributes(".gap a", "href");
    let after_the_call = menus.iter().find(|link| link.contains("type=SMS&after="));
    let form = manager.get(after_the_call.unwrap()).form("Add step");
    let form = form
        .fill("Name", "Nudge")
        .fill("Text", "Hello {{first_name}}");
    let page = manager.follow(manager.send(form));
    assert_eq!(
        steps(&page),
        ["Call: VOICE_CALL", "SMS: Nudge", "E-mail: EMAIL"]
    );
    assert!(page.says("These steps are edited, and not published yet."));
    assert!(manager.get("/workflows").row("Outreach")[1].contains("edited"));
}

#[test]
fn a_step_moves_and_goes() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/workflows/{}", firm.workflow("Outreach", &[Sms, Email]));
    let manager = firm.signed_in(Role::Manager);
    let form = manager.get(&path).form("Move “EMAIL” up");
    let page = manager.follow(manager.send(form));
    assert_eq!(steps(&page), ["E-mail: EMAIL", "SMS: SMS"]);
    let page = manager.follow(manager.send(page.form("Take out EMAIL")));
    assert_eq!(page.flash(), "“EMAIL” is taken out.");
    assert_eq!(steps(&page), ["SMS: SMS"]);
}

#[test]
fn what_is_wrong_with_a_step_is_told_beside_its_field() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/workflows/{}", firm.workflow("Outreach", &[Email]));
    let manager = firm.signed_in(Role::Manager);
    let form = manager
        .get(&manager.get(&path).link("Edit EMAIL"))
        .form("Save step");
    let form = form
        .fill("Attempts", "many")
        .fill("Text", "kept")
        .fill("Name", "");
    let page = manager.send(form);
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Attempts"),
        "Attempts must be a whole number from 1 to 10"
    );
    assert_eq!(page.problem_of("Name"), "Name is required");
    assert_eq!(page.field("Text").value, "kept");
    let form = page
        .form("Save step")
        .fill("Attempts", "2")
        .fill("Name", "Hello");
    let page = manager.follow(manager.send(form));
    assert!(page.says("E-mail: Hello") && page.says("Up to 2 attempts, at least 1 h apart"));
}

#[test]
fn a_question_is_asked_in_rows() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[Email]);
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&format!("/workflows/{id}/nodes/new?type=CONDITIONAL"));
    let form = page.form("Add step").fill("Name", "Grown up?");
    let form = form.fill("Field 1", "shoe_size").fill("Value 1", "30");
    let page = manager.send(form);
    assert_eq!(page.status, 422);
    assert!(
        page.problem_of("Field 1")
            .starts_with("This field must be a field of the lead")
    );
    let form = page.form("Add step").fill("Field 1", "metadata.edad");
    let form = form.fill("Comparison 1", "is more than");
    let page = manager.follow(manager.send(form));
    assert!(page.says("edad is more than 30"), "{page:?}");
    assert_eq!(page.row("Yes")[1], "Step 1, EMAIL");
}

#[test]
fn those_who_only_look_see_no_buttons() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/workflows/{}", firm.workflow("Outreach", &[Email]));
    let page = firm.signed_in(Role::Rep).get(&path);
    assert_eq!(steps(&page), ["E-mail: EMAIL"]);
    assert!(!page.has_link("Edit EMAIL") && !page.has_button("Take out EMAIL"));
    assert!(!page.has_button("Pause") && page.texts(".gap").is_empty());
}

#[test]
fn a_call_names_one_of_the_active_numbers_or_takes_any() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/workflows/{}", firm.workflow("Outreach", &[VoiceCall]));
    let manager = firm.signed_in(Role::Manager);
    let edit = || manager.get(&manager.get(&path).link("Edit VOICE_CALL"));
    let offered =
        |page: &Page| -> Vec<String> { page.texts("select[name=from_phone_number] option") };
    let demo = "+1 202-555-0100, to try things out";
    assert_eq!(offered(&edit()), ["Any active number", demo]);
    assert_eq!(edit().field("Calls come from").value, "");
    manager.send(edit().form("Save step").fill("Calls come from", demo));
    assert_eq!(edit().field("Calls come from").value, "+12025550100");
    // One that is switched off stays named until another is chosen.
    let admin = firm.signed_in(Role::Admin);
    admin.send(admin.get("/settings/numbers").form("Switch off"));
    let left = ["Any active number", "+12025550100, not active"];
    assert_eq!(offered(&edit()), left);
    let none = "which is none of your active numbers";
    assert!(manager.get(&path).says(none));
    manager.send(
        edit()
            .form("Save step")
            .fill("Calls come from", "Any active number"),
    );
    assert!(!manager.get(&path).says(none));
}
