//! One's own page: password and sessions.

mod codes;

use chrono::TimeDelta;
use leadline::caller::Role;

use crate::app::{Browser, PASSWORD, Page, TestApp};

const NEW: &str = "another nine knots";

fn change(browser: &Browser, old: &str, new: &str) -> Page {
    let form = browser.get("/profile").form("Change password");
    browser.send(form.fill("Password now", old).fill("New password", new))
}

#[test]
fn a_person_sees_who_they_are() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let page = firm.signed_in(Role::Viewer).get("/profile");
    assert_eq!(page.heading(), "Profile");
    for fact in [
        "Victor Hale",
        "viewer@acme.example",
        "Viewer",
        "Looks, changes nothing",
        "Acme",
    ] {
        assert!(page.says(fact), "{fact}: {page:?}");
    }
}

#[test]
fn every_browser_that_is_signed_in_is_listed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let here = firm.signed_in(Role::Rep);
    let there = firm.signed_in(Role::Rep);
    firm.signed_in(Role::Manager);
    let listed = here.get("/profile").texts(".list li");
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(
        listed
            .iter()
            .any(|one| one.starts_with("Firefox this browser")),
        "{listed:?}"
    );
    assert!(
        listed
            .iter()
            .all(|one| one.contains("127.0.0.1, signed in")),
        "{listed:?}"
    );
    assert_eq!(there.get("/profile").status, 200);
}

#[test]
fn another_browser_is_signed_out_from_here() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (here, there) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Rep));
    let page = here.follow(here.send(here.get("/profile").form("Sign out Firefox")));
    assert_eq!(page.flash(), "That browser is signed out.");
    assert_eq!(page.texts(".list li").len(), 1);
    assert_eq!(there.get("/profile").status, 303);
}

#[test]
fn all_other_browsers_are_signed_out_at_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let here = firm.signed_in(Role::Rep);
    let others = [firm.signed_in(Role::Rep), firm.signed_in(Role::Rep)];
    let colleague = firm.signed_in(Role::Manager);
    let page = here.follow(here.send(here.get("/profile").form("Sign out everywhere else")));
    assert_eq!(page.flash(), "2 other browsers are signed out.");
    assert!(!page.has_button("Sign out everywhere else"));
    assert!(
        others
            .iter()
            .all(|other| other.get("/profile").status == 303)
    );
    assert_eq!(colleague.get("/profile").status, 200);
}

#[test]
fn a_colleagues_session_is_not_found() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (rep, manager) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Manager));
    firm.signed_in(Role::Rep);
    let of_rep = rep.get("/profile").form("Sign out Firefox").action;
    assert_eq!(manager.post(&of_rep, &[]).status, 404);
    assert_eq!(rep.get("/profile").texts(".list li").len(), 2);
}

#[test]
fn a_session_that_nobody_uses_is_over_after_two_weeks() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (used, unused) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Rep));
    app.wait(TimeDelta::days(13));
    assert_eq!(used.get("/profile").status, 200);
    app.wait(TimeDelta::days(2));
    assert_eq!(used.get("/profile").status, 200);
    assert_eq!(unused.get("/profile").status, 303);
    assert_eq!(used.get("/profile").texts(".list li").len(), 1);
}

#[test]
fn a_new_password_takes_the_place_of_the_old_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (here, there) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Rep));
    let page = here.follow(change(&here, PASSWORD, NEW));
    assert_eq!(
        page.flash(),
        "Your password is changed. Everywhere else you are signed out."
    );
    assert_eq!(there.get("/profile").status, 303);
    assert_eq!(
        app.visitor()
            .sign_in(firm.email(Role::Rep), PASSWORD)
            .status,
        422
    );
    assert_eq!(
        app.visitor().sign_in(firm.email(Role::Rep), NEW).status,
        303
    );
}

#[test]
fn only_who_knows_the_password_changes_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let page = change(&rep, "not the password", NEW);
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Password now"),
        "This is not your password now"
    );
    assert_eq!(
        app.visitor()
            .sign_in(firm.email(Role::Rep), PASSWORD)
            .status,
        303
    );
}

#[test]
fn guessing_at_the_password_is_counted_as_at_the_door() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    for _ in 0..10 {
        change(&rep, "not the password", NEW);
    }
    let page = change(&rep, PASSWORD, NEW);
    assert_eq!(
        page.problem_of("Password now"),
        "Too many tries. Wait 15 min, then try again."
    );
    assert_eq!(
        app.visitor()
            .sign_in(firm.email(Role::Rep), PASSWORD)
            .status,
        429
    );
}

#[test]
fn a_weak_new_password_says_why() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    for (weak, why) in [
        ("", "New password is required"),
        ("short", "New password must be at least 10 characters long"),
        (
            "1234567890",
            "This password is one of the first that others would try",
        ),
        (
            "rep@acme.example",
            "The password must not be your e-mail address",
        ),
    ] {
        let page = change(&rep, PASSWORD, weak);
        assert_eq!(
            (page.status, page.problem_of("New password").as_str()),
            (422, why)
        );
    }
}
