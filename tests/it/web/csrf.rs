//! A form is taken only from a page of ours, in the browser and the session it was made for.

use leadline::caller::Role;
use uuid::Uuid;

use super::routes::{pages, with};
use crate::app::{PASSWORD, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn no_form_is_taken_without_its_token() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let id = Uuid::new_v4().to_string();
    let posts = pages().filter(|route| route.method == "POST");
    // A mail program has seen no page; the link's own token is asked for.
    let posts: Vec<_> = posts
        .filter(|route| route.path != "/opt-out/{token}")
        .collect();
    assert!(posts.len() > 15);
    for route in posts {
        for body in ["", "name=x", "csrf=", "csrf=made-up", "csrf=%00&csrf=x"] {
            let answer = owner.post_body(&with(route.path, &id), FORM, body);
            assert_eq!(answer.status, 403, "{body:?} {answer:?}");
            assert_eq!(answer.heading(), "This form is out of date");
        }
    }
    assert_eq!(owner.get("/profile").status, 200);
}

#[test]
fn another_browsers_token_is_of_no_use() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (owner, rep) = (firm.signed_in(Role::Owner), firm.signed_in(Role::Rep));
    let body = format!("name=Stolen&csrf={}", rep.token());
    assert_eq!(owner.post_body("/campaigns", FORM, &body).status, 403);
    let body = format!("name=Stolen&csrf={}", app.visitor().token());
    assert_eq!(owner.post_body("/campaigns", FORM, &body).status, 403);
    assert!(!owner.get("/campaigns").says("Stolen"));
}

#[test]
fn a_token_from_before_signing_in_is_of_no_use_after_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let browser = app.visitor();
    let page = browser.get("/login");
    let (cookie, token) = (browser.cookie("leadline_csrf").unwrap(), page.token());
    browser.sign_in_at(&page, firm.email(Role::Owner), PASSWORD);
    browser.set_cookie("leadline_csrf", &cookie);
    let answer = browser.post_body("/campaigns", FORM, &format!("name=Early&csrf={token}"));
    assert_eq!(answer.status, 403);
}

#[test]
fn another_site_can_not_post_even_with_a_token() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm
        .signed_in(Role::Owner)
        .with_header("sec-fetch-site", "cross-site");
    assert_eq!(owner.post("/campaigns", &[("name", "Theirs")]).status, 403);
    assert!(!owner.get("/campaigns").says("Theirs"));
}

#[test]
fn a_form_that_stood_open_is_kept_and_can_be_sent_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm
        .signed_in(Role::Owner)
        .with_header("sec-fetch-site", "same-origin");
    let form = owner.get("/campaigns/new").form("Make campaign");
    let form = form
        .fill("Name", "Long thought \"about\"")
        .fill("Description", "two\nlines");
    owner.post("/logout", &[]);
    let asked = owner.send(form.clone());
    assert_eq!(
        (asked.status, asked.heading().as_str()),
        (403, "You were signed out")
    );
    owner.sign_in(firm.email(Role::Owner), PASSWORD);
    let asked = owner.send(form);
    assert_eq!(
        (asked.status, asked.heading().as_str()),
        (403, "Send it again?")
    );
    assert!(owner.get("/campaigns").says("No campaigns yet"));
    let page = owner.follow(owner.send(asked.form("Send it now")));
    assert!(
        page.row("Long thought")[0].ends_with("two lines"),
        "{page:?}"
    );
}

#[test]
fn a_form_with_a_password_is_never_shown_again() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor().with_header("sec-fetch-site", "same-origin");
    visitor.get("/login");
    let answer = visitor.post_body(
        "/login",
        FORM,
        "email=a%40b.example&password=hunter2hunter2&csrf=old",
    );
    assert_eq!(answer.status, 403);
    assert!(!answer.body.contains("hunter2"));
}

#[test]
fn a_page_takes_forms_and_nothing_else() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    for kind in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
    ] {
        let body = format!("name=x&csrf={}", owner.token());
        assert_eq!(
            owner.post_body("/campaigns", kind, &body).status,
            415,
            "{kind}"
        );
    }
}
