//! What people do about a lead's run from its page.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::workflows::NodeType::{Email, Sms, Time, VoiceCall};

use crate::app::{Browser, Firm, Page, TestApp};
use crate::web::today::due;

/// A lead that somebody is to call, its path, and the rep who looks at it.
fn called<'a>(app: &'a TestApp, firm: &Firm<'a>) -> (String, Browser) {
    let id = due(app, firm, VoiceCall, &[("Ann", None)])[0];
    (format!("/leads/{id}"), firm.signed_in(Role::Rep))
}

fn does(rep: &Browser, page: &Page, button: &str) -> Page {
    rep.follow(rep.send(page.form(button)))
}

#[test]
fn a_task_is_worked_from_the_leads_page() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = called(&app, &firm);
    let page = rep.get(&path);
    assert!(page.says("For a person"), "{page:?}");
    assert_eq!(does(&rep, &page, "Work it now").heading(), "Ann");
    let manager = firm.signed_in(Role::Manager);
    let form = manager.get(&path).form("Work it now");
    let page = manager.send(form);
    assert_eq!((page.status, page.heading().as_str()), (409, "Ann"));
    assert!(page.alert().contains("Rita Osei"), "{page:?}");
}

#[test]
fn a_run_is_paused_and_resumed_either_way() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = called(&app, &firm);
    let page = does(&rep, &rep.get(&path), "Pause");
    assert!(page.flash().starts_with("Paused."), "{page:?}");
    assert!(
        page.says("stopped by") && !page.has_button("Pause"),
        "{page:?}"
    );
    assert_eq!(rep.get("/today").heading(), "Nothing is due now");
    let page = does(&rep, &page, "Resume the cadence");
    assert!(page.flash().starts_with("The cadence goes on"), "{page:?}");
    let page = does(&rep, &page, "Pause");
    let page = does(&rep, &page, "Keep it by hand");
    assert!(
        page.flash().starts_with("Yours to work by hand"),
        "{page:?}"
    );
    assert!(page.has_button("Pause"), "{page:?}");
}

#[test]
fn a_step_is_put_off_in_peoples_words() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = called(&app, &firm);
    let form = rep.get(&path).form("Snooze").fill("Until when", "whenever");
    let page = rep.send(form);
    assert_eq!(page.status, 422);
    assert!(
        page.problem_of("Until when").contains("tue 3pm"),
        "{page:?}"
    );
    assert_eq!(page.field("Until when").value, "whenever");
    let form = page.form("Snooze").fill("Until when", "tomorrow 9:30");
    let page = rep.follow(rep.send(form));
    assert_eq!(page.flash(), "The step waits until Fri 20 Nov, 09:30.");
    assert!(
        page.says("Waiting until Fri 20 Nov 2026, 09:30."),
        "{page:?}"
    );
}

#[test]
fn a_step_is_skipped_with_its_reason() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = called(&app, &firm);
    let form = rep
        .get(&path)
        .form("Skip this step")
        .fill("Reason", "Met her at the fair");
    let page = rep.follow(rep.send(form));
    assert!(page.flash().starts_with("The step is skipped"), "{page:?}");
    assert!(
        page.says("step 2 of 2") && page.says("Met her at the fair"),
        "{page:?}"
    );
}

#[test]
fn a_run_is_moved_to_another_step() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Sales Outreach", &[VoiceCall, Time, Email]);
    let id = enrolled(&firm, workflow);
    app.work();
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get(&format!("/leads/{id}"));
    let form = page.form("Move it there").fill("To the step", "EMAIL");
    let page = rep.follow(rep.send(form));
    assert!(
        page.flash().starts_with("The lead is at the step"),
        "{page:?}"
    );
    assert!(page.says("step 2 of 2"), "{page:?}");
}

#[test]
fn the_steps_to_move_to_are_those_of_the_version_the_lead_goes_on_in() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Sales Outreach", &[VoiceCall, Sms]);
    let lead = format!("/leads/{}", enrolled(&firm, workflow));
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get(&format!("/workflows/{workflow}"));
    let form = manager.get(&page.link("Edit SMS")).form("Save step");
    let page = manager.follow(manager.send(form.fill("Name", "Welcome")));
    assert!(page.says("edited, and not published yet"), "{page:?}");
    let offered = || manager.get(&lead).texts("select[name=node_id] option");
    assert!(offered().contains(&"SMS".to_owned()), "{:?}", offered());
    assert!(!offered().contains(&"Welcome".to_owned()));
    let ask = manager.get(&page.link("Publish changes…"));
    let form = ask.form("Publish the changes");
    manager.send(form.tick("They go over at their next step"));
    assert!(offered().contains(&"Welcome".to_owned()));
}

#[test]
fn run_now_ends_a_wait() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = called(&app, &firm);
    rep.send(rep.get("/today").form("No answer"));
    let page = rep.get(&path);
    assert!(page.says("Waiting until"), "{page:?}");
    let page = does(&rep, &page, "Run now");
    assert_eq!(page.flash(), "The step is due now.");
    app.wait(TimeDelta::minutes(1));
    app.work();
    assert!(rep.get(&path).has_button("Work it now"));
}

#[test]
fn a_lead_is_taken_out_and_put_into_another_workflow() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.workflow("Win back", &[Email]);
    let (path, rep) = called(&app, &firm);
    let form = rep.get(&path).form("Take out of the workflow");
    let page = rep.follow(rep.send(form.fill("Reason", "Asked by mail")));
    assert!(page.flash().contains("out of its workflow"), "{page:?}");
    assert!(
        page.says("taken out") && !page.has_button("Pause"),
        "{page:?}"
    );
    let form = page.form("Enrol").fill("Workflow", "Win back");
    let page = rep.follow(rep.send(form));
    assert_eq!(page.flash(), "Enrolled in Win back.");
    let again = page.form("Move to this workflow");
    let page = rep.follow(rep.send(again.fill("Workflow", "Sales Outreach")));
    assert_eq!(page.flash(), "Enrolled in Sales Outreach.");
    assert!(page.has_link("Sales Outreach"));
}

#[test]
fn a_status_is_set_by_hand_and_one_that_ends_the_run_ends_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = called(&app, &firm);
    let form = rep
        .get(&path)
        .form("Change status")
        .fill("Set it to", "Engaged");
    let page = rep.follow(rep.send(form));
    assert_eq!(page.flash(), "It is Engaged now.");
    let form = page
        .form("Change status")
        .fill("Set it to", "Lost (ends the run)");
    let page = rep.follow(rep.send(form.fill("Reason", "Bought elsewhere")));
    assert_eq!(page.flash(), "It is Lost now, and its run is over.");
    assert!(
        !page.has_button("Pause") && page.says("Bought elsewhere"),
        "{page:?}"
    );
}

#[test]
fn what_comes_at_the_wrong_moment_is_refused_with_a_sentence() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ids = due(&app, &firm, VoiceCall, &[("Ann", None), ("Bob", None)]);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get(&format!("/leads/{}", ids[0]));
    let late = [
        "Snooze",
        "Skip this step",
        "Move it there",
        "Take out of the workflow",
    ];
    let late = late.map(|button| page.form(button).forge("until", "tomorrow"));
    rep.send(page.form("Take out of the workflow"));
    for form in late {
        let page = rep.send(form);
        assert_eq!(page.status, 409, "{page:?}");
        assert!(
            page.alert().starts_with("That can’t be done now."),
            "{page:?}"
        );
    }
    let reason = "x".repeat(501);
    let page = rep.get(&format!("/leads/{}", ids[1]));
    let form = page.form("Skip this step").fill("Reason", &reason);
    let page = rep.send(form);
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Reason"),
        "The reason must be at most 500 characters long"
    );
}

#[test]
fn a_viewer_sees_where_a_lead_stands_and_no_buttons() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, _) = called(&app, &firm);
    let page = firm.signed_in(Role::Viewer).get(&path);
    assert!(page.says("For a person"), "{page:?}");
    for button in [
        "Work it now",
        "Pause",
        "Snooze",
        "Change status",
        "Move to this workflow",
    ] {
        assert!(!page.has_button(button), "{button}: {page:?}");
    }
}

#[test]
fn calls_and_messages_have_a_tab_of_their_own() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = called(&app, &firm);
    rep.send(rep.get("/today").form("No answer").fill("Note", "Rang out"));
    let page = rep.get(&path);
    let tab = page.link("Messages & calls");
    let page = rep.get(tab.trim_end_matches("#s-tl"));
    assert_eq!(page.texts(".timeline li").len(), 1, "{page:?}");
    assert!(page.says("called: no answer") && page.says("Rang out"));
    let notes = rep.get(&format!("{path}?tab=notes"));
    assert!(!notes.says("called: no answer"), "{notes:?}");
}

fn enrolled(firm: &Firm<'_>, workflow: uuid::Uuid) -> String {
    let lead = serde_json::json!({
        "first_name": "Ann", "phone": "+442079460018", "email": "ann@client.example",
        "workflow_id": workflow,
    });
    let body = firm.program().post("/leads", &lead).of(201);
    body["lead"]["id"].as_str().unwrap().to_owned()
}
