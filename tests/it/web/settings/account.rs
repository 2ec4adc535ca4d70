//! The account's name, country and zone.

use leadline::accounts;
use leadline::caller::{Duplicates, Role};

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

#[test]
fn contact_hours_are_set_day_by_day_with_holidays() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let form = || admin.get("/settings/account").form("Set contact hours");
    let form_with = |from: &str, holidays: &str| {
        let form = form()
            .fill("Saturday from", from)
            .fill("Saturday until", "13:00");
        form.forge("holidays", holidays)
    };
    let wrong = admin.send(form_with("14:00", "25.12.2026"));
    assert_eq!(wrong.status, 422);
    assert_eq!(
        wrong.problem_of("Saturday until"),
        "Saturday must open before it closes"
    );
    assert!(wrong.says("“25.12.2026”: write each holiday as 2026-12-25"));
    assert_eq!(wrong.field("Saturday from").value, "14:00");
    let set = admin.send(form_with("10:30", "2026-12-25\n2026-01-01"));
    let page = admin.follow(set);
    assert_eq!(page.flash(), "The contact hours are set.");
    assert_eq!(page.field("Saturday from").value, "10:30");
    assert_eq!(page.field("Sunday from").value, "");
    let hours = leadline::accounts::contact_hours(&mut app.connect(), &firm.owner()).unwrap();
    assert_eq!(hours.holidays.len(), 2);
    assert_eq!(hours.days[5].unwrap().from, 10 * 60 + 30);
}

#[test]
fn what_becomes_of_duplicates_is_chosen_for_each_entrance() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let page = admin.get("/settings/account");
    let usual = ["Added by hand", "Sent by the API", "In a file"].map(|one| page.field(one).value);
    assert_eq!(usual, ["refuse", "allow", "reuse"]);
    let form = page.form("Save changes");
    let form = form
        .fill("Added by hand", "Add one more lead")
        .fill("In a file", "Turn it away");
    let page = admin.follow(admin.send(form));
    let chosen = ["Added by hand", "Sent by the API", "In a file"].map(|one| page.field(one).value);
    assert_eq!(chosen, ["allow", "allow", "refuse"]);
    let rules = accounts::find(&mut app.connect(), firm.owner().account.id)
        .unwrap()
        .duplicates;
    assert_eq!(
        (rules.form, rules.file),
        (Duplicates::Allow, Duplicates::Refuse)
    );
    let form = page
        .form("Save changes")
        .forge("duplicates_by_form", "merge");
    let page = admin.send(form);
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Added by hand"),
        "Choose what becomes of a lead that is here already"
    );
}
