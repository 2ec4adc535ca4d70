//! The first start.

use leadline::caller::Role;

use crate::app::{Browser, Form, TestApp};

fn filled(visitor: &Browser) -> Form {
    let page = visitor.get("/setup");
    page.form("Make the account")
        .fill("Account", "Deep Sea Charters")
        .fill("Country", "Chile")
        .fill("Time zone", "America/Santiago")
        .fill("Your name", "Ana Rojas")
        .fill("Your e-mail", "Ana@Example.com")
        .fill("Password", "a rope with nine knots")
}

#[test]
fn the_first_visit_leads_to_the_set_up() {
    let app = TestApp::start();
    for path in ["/", "/login", "/campaigns", "/settings/keys"] {
        assert_eq!(
            app.visitor().get(path).location().as_deref(),
            Some("/setup"),
            "{path}"
        );
    }
    assert_eq!(
        app.visitor().get("/setup").heading(),
        "Welcome. Nothing is here yet."
    );
}

#[test]
fn whoever_sets_up_owns_the_account_and_is_signed_in() {
    let app = TestApp::start();
    let visitor = app.visitor();
    let answer = visitor.send(filled(&visitor));
    assert_eq!(
        (answer.status, answer.location().as_deref()),
        (303, Some("/"))
    );
    let profile = visitor.get("/profile");
    for fact in ["Ana Rojas", "ana@example.com", "Owner", "Deep Sea Charters"] {
        assert!(profile.says(fact), "{fact}: {profile:?}");
    }
    let account = visitor.get("/settings/account");
    assert_eq!(account.field("Country").value, "CL");
    assert_eq!(account.field("Time zone").value, "America/Santiago");
    let again = app
        .visitor()
        .sign_in("ana@example.com", "a rope with nine knots");
    assert_eq!(again.status, 303);
}

#[test]
fn each_field_says_what_is_wrong_with_it_and_keeps_what_was_typed() {
    let app = TestApp::start();
    let visitor = app.visitor();
    let form = filled(&visitor)
        .fill("Account", " ")
        .fill("Your e-mail", "ana at example")
        .fill("Password", "short");
    let page = visitor.send(form);
    assert_eq!(page.status, 422);
    assert_eq!(page.problem_of("Account"), "Account is required");
    assert_eq!(
        page.problem_of("Your e-mail"),
        "Your e-mail must look like name@example.com"
    );
    assert_eq!(
        page.problem_of("Password"),
        "Password must be at least 10 characters long"
    );
    assert_eq!(page.problem_of("Your name"), "");
    assert_eq!(page.summary().len(), 3);
    assert_eq!(page.field("Your name").value, "Ana Rojas");
    assert_eq!(page.field("Your e-mail").value, "ana at example");
    assert_eq!(page.field("Country").value, "CL");
    assert_eq!(page.field("Password").value, "");
    assert_eq!(
        app.visitor().get("/login").location().as_deref(),
        Some("/setup")
    );
}

#[test]
fn an_account_is_set_up_once() {
    let app = TestApp::start();
    let (first, second) = (app.visitor(), app.visitor());
    let late = filled(&second);
    assert_eq!(first.send(filled(&first)).status, 303);
    assert_eq!(second.send(late).status, 404);
    assert_eq!(second.get("/setup").status, 404);
    assert_eq!(second.get("/login").status, 200);
}

#[test]
fn where_there_is_an_account_there_is_no_set_up() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    assert_eq!(app.visitor().get("/setup").status, 404);
    assert_eq!(firm.signed_in(Role::Owner).get("/setup").status, 404);
}

#[test]
fn a_country_or_zone_that_nobody_can_choose_is_refused() {
    let app = TestApp::start();
    let visitor = app.visitor();
    let form = filled(&visitor)
        .forge("default_country", "XX")
        .forge("time_zone", "Mars/Base");
    let page = visitor.send(form);
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Country"),
        "Choose a country by its two letters, as US or DE"
    );
    assert_eq!(
        page.problem_of("Time zone"),
        "Choose a time zone by its name, as Europe/Berlin"
    );
}
