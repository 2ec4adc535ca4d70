//! The account's name, country and zone.

use leadline::caller::Role;

use crate::app::TestApp;

#[test]
fn what_an_admin_changes_is_seen_by_everybody() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (admin, rep) = (firm.signed_in(Role::Admin), firm.signed_in(Role::Rep));
    let form = admin.get("/settings/account").form("Save changes");
    let form = form
        .fill("Name", " Acme & Sons <Ltd> ")
        .fill("Country", "Germany");
    let page = admin.follow(admin.send(form.fill("Time zone", "Europe/Berlin")));
    assert_eq!(page.flash(), "Saved.");
    assert_eq!(page.field("Name").value, "Acme & Sons <Ltd>");
    assert_eq!(page.field("Country").value, "DE");
    let foot = rep.get("/profile").texts("footer");
    assert!(
        foot[0].starts_with("Acme & Sons <Ltd> · times in Europe/Berlin"),
        "{foot:?}"
    );
}

#[test]
fn a_form_that_is_wrong_says_so_and_changes_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let form = admin.get("/settings/account").form("Save changes");
    let form = form
        .fill("Name", &"x".repeat(201))
        .forge("time_zone", "Mars/Base");
    let page = admin.send(form);
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Name"),
        "Name must be at most 200 characters long"
    );
    assert_eq!(
        page.problem_of("Time zone"),
        "Choose a time zone by its name, as Europe/Berlin"
    );
    assert_eq!(page.field("Name").value.len(), 201);
    assert_eq!(admin.get("/settings/account").field("Name").value, "Acme");
}

#[test]
fn the_flash_is_shown_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let saved = admin.send(admin.get("/settings/account").form("Save changes"));
    assert_eq!(admin.follow(saved).flash(), "Saved.");
    assert_eq!(admin.get("/settings/account").flash(), "");
}

#[test]
fn settings_begin_with_the_account() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let answer = firm.signed_in(Role::Admin).get("/settings");
    assert_eq!(answer.location().as_deref(), Some("/settings/account"));
}
