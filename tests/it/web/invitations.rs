//! Joining by a link.

use chrono::TimeDelta;
use leadline::caller::Role;

use crate::app::{Browser, Page, TestApp};

const NEW: &str = "a rope with nine knots";

fn invite(browser: &Browser, name: &str, email: &str, role: &str) -> String {
    let form = browser.get("/settings/users/new").form("Make the link");
    let page = browser.send(form.fill("Name", name).fill("E-mail", email).tick(role));
    assert_eq!(page.status, 201, "{page:?}");
    let link = page.attribute("#secret", "value").unwrap();
    link[link.find("/invitations/").unwrap()..].to_owned()
}

fn join(visitor: &Browser, link: &str, password: &str) -> Page {
    let form = visitor.get(link).form("Join and sign in");
    visitor.send(form.fill("Password", password))
}

#[test]
fn a_link_lets_one_person_join() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let link = invite(
        &firm.signed_in(Role::Admin),
        "Tom Whit",
        "Tom@Acme.example",
        "Manager",
    );
    let visitor = app.visitor();
    let page = visitor.get(&link);
    assert_eq!(page.heading(), "Join Acme");
    assert!(
        page.says("Hello Tom Whit.") && page.says("tom@acme.example"),
        "{page:?}"
    );
    let answer = join(&visitor, &link, NEW);
    assert_eq!(
        (answer.status, answer.location().as_deref()),
        (303, Some("/"))
    );
    let profile = visitor.get("/profile");
    assert!(
        profile.says("Tom Whit") && profile.says("Manager"),
        "{profile:?}"
    );
    assert_eq!(app.visitor().sign_in("tom@acme.example", NEW).status, 303);
}

#[test]
fn a_link_works_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let link = invite(
        &firm.signed_in(Role::Admin),
        "Tom",
        "tom@acme.example",
        "Rep",
    );
    let (tom, other) = (app.visitor(), app.visitor());
    let open = other
        .get(&link)
        .form("Join and sign in")
        .fill("Password", "something else");
    assert_eq!(join(&tom, &link, NEW).status, 303);
    assert_eq!(other.send(open).status, 404);
    let again = other.get(&link);
    assert_eq!(
        (again.status, again.heading().as_str()),
        (404, "This invitation no longer works")
    );
    assert_eq!(app.visitor().sign_in("tom@acme.example", NEW).status, 303);
}

#[test]
fn a_link_works_for_a_week() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let link = invite(
        &firm.signed_in(Role::Admin),
        "Tom",
        "tom@acme.example",
        "Rep",
    );
    app.wait(TimeDelta::days(7) - TimeDelta::seconds(1));
    assert_eq!(app.visitor().get(&link).status, 200);
    app.wait(TimeDelta::seconds(1));
    assert_eq!(app.visitor().get(&link).status, 404);
}

#[test]
fn a_new_link_takes_the_place_of_the_old_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let old = invite(&admin, "Tom", "tom@acme.example", "Rep");
    let page = admin.send(admin.get("/settings/users").form("Make a new link"));
    assert_eq!(
        (page.status, page.heading().as_str()),
        (201, "Tom is invited")
    );
    assert_eq!(app.visitor().get(&old).status, 404);
    let new = page.attribute("#secret", "value").unwrap();
    assert_eq!(
        join(
            &app.visitor(),
            &new[new.find("/invitations/").unwrap()..],
            NEW
        )
        .status,
        303
    );
}

#[test]
fn a_weak_password_does_not_use_the_link_up() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let link = invite(
        &firm.signed_in(Role::Admin),
        "Tom",
        "tom@acme.example",
        "Rep",
    );
    let visitor = app.visitor();
    let page = join(&visitor, &link, "short");
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Password"),
        "Password must be at least 10 characters long"
    );
    assert_eq!(join(&visitor, &link, NEW).status, 303);
}

#[test]
fn a_link_that_was_never_made_is_not_found() {
    let app = TestApp::start();
    app.firm("Acme");
    for token in ["x", "%00", "a%2Fb", &"y".repeat(5000)] {
        let page = app.visitor().get(&format!("/invitations/{token}"));
        assert_eq!(page.status, 404, "{token}");
    }
}

#[test]
fn whoever_is_deactivated_before_joining_can_not_join() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let link = invite(&admin, "Tom", "tom@acme.example", "Rep");
    let action = admin.get("/settings/users").form("Make a new link").action;
    admin.post(&action.replace("/invitation", "/deactivation"), &[]);
    assert_eq!(app.visitor().get(&link).status, 404);
}
