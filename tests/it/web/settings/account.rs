//! The account's name, country and zone.

use leadline::accounts;
use leadline::caller::{Duplicates, Role};

use crate::app::{Browser, PASSWORD, Phone, TestApp, recovery_codes, with_codes};

/// Ticks the box of a role.
fn need_codes(admin: &Browser, role: &str) {
    let form = admin.get("/settings/account").form("Set who needs codes");
    let ticked = form
        .controls()
        .iter()
        .find(|one| one.label.starts_with(role));
    let label = ticked.unwrap().label.clone();
    let page = admin.follow(admin.send(form.tick(&label)));
    assert_eq!(
        page.flash(),
        "Set. Whoever has no codes yet is led to them on their next page."
    );
}

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

#[test]
fn a_role_that_needs_codes_does_nothing_else_before() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (owner, rep) = (firm.signed_in(Role::Owner), firm.signed_in(Role::Rep));
    let manager = firm.signed_in(Role::Manager);
    need_codes(&owner, "Rep");
    assert_eq!(manager.get("/leads").status, 200);
    for path in ["/", "/leads", "/profile", "/today", "/campaigns/new"] {
        let led = rep.get(path).location();
        assert_eq!(led.as_deref(), Some("/profile/codes"), "{path}");
    }
    let lead = [("first_name", "Ann")];
    assert_eq!(
        rep.post("/leads", &lead).location().as_deref(),
        Some("/profile/codes")
    );
    let page = rep.visit("/leads");
    assert!(
        page.says("Your account requires two-factor codes of your role."),
        "{page:?}"
    );
    let page = rep.follow(rep.send(page.form("Set up codes")));
    let code = Phone::with(&page).code(app.clock.now());
    let form = page.form("Turn codes on").fill("Password", PASSWORD);
    let page = rep.send(form.fill("Code", &code));
    assert_eq!(recovery_codes(&page).len(), 10);
    assert_eq!(rep.get("/leads").status, 200);
    assert!(!rep.get("/leads").says("Ann"), "nothing was written before");
}

#[test]
fn whoever_signs_in_with_such_a_role_is_led_to_the_codes_and_may_leave() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    need_codes(&firm.signed_in(Role::Owner), "Rep");
    let rep = firm.signed_in(Role::Rep);
    let page = rep.visit("/campaigns");
    assert_eq!(page.heading(), "Two-factor codes");
    let door = rep.follow(rep.send(page.form("Sign out")));
    assert_eq!(door.flash(), "You are signed out.");
}

#[test]
fn codes_that_are_needed_are_not_turned_off() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (rep, _, recovery) = with_codes(&firm, Role::Rep);
    let owner = firm.signed_in(Role::Owner);
    need_codes(&owner, "Rep");
    let page = rep.get("/profile/codes");
    assert!(!page.has_button("Turn codes off"));
    let form = [("password", PASSWORD), ("code", recovery[0].as_str())];
    let refused = rep.post("/profile/codes/deactivation", &form);
    assert_eq!(refused.status, 409);
    let sentence = "Your account requires two-factor codes of your role, so they stay on";
    assert!(refused.says(sentence), "{refused:?}");
    let page = owner.follow(owner.post("/settings/account/codes", &[]));
    assert_eq!(page.flash(), "Nobody has to have two-factor codes.");
    assert_eq!(rep.post("/profile/codes/deactivation", &form).status, 303);
}

#[test]
fn whose_codes_an_admin_resets_sets_them_up_anew() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    with_codes(&firm, Role::Rep);
    let owner = firm.signed_in(Role::Owner);
    need_codes(&owner, "Rep");
    let rep = firm.person(Role::Rep).id;
    owner.post(&format!("/settings/users/{rep}/codes/reset"), &[]);
    let page = firm.signed_in(Role::Rep).visit("/");
    assert!(page.has_button("Set up codes"), "{page:?}");
}

#[test]
fn who_needs_codes_stands_in_the_audit_and_programs_go_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let program = firm.program();
    need_codes(&owner, "Manager");
    let page = owner.get("/audit?event=account_updated");
    assert!(page.says("the roles that need codes"), "{page:?}");
    let form = owner.get("/settings/account").form("Set who needs codes");
    owner.send(form.forge("roles", "owner"));
    assert_eq!(
        owner.get("/leads").location().as_deref(),
        Some("/profile/codes")
    );
    assert_eq!(program.get("/leads").status, 200);
    let nonsense = firm.signed_in(Role::Admin);
    let nonsense = nonsense.post("/settings/account/codes", &[("roles", "emperor")]);
    assert_eq!(nonsense.status, 422);
}
