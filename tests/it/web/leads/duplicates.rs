//! Adding a lead by hand that is here already.

use leadline::caller::Role;
use leadline::leads::NewLead;
use leadline::workflows::NodeType::Email;

use crate::app::{Browser, Firm, Page, TestApp};

/// Anna Ruiz, who is here, and her page.
fn anna(firm: &Firm<'_>) -> String {
    let id = firm.lead_with(NewLead {
        first_name: "Anna".to_owned(),
        last_name: Some("Ruiz".to_owned()),
        phone: Some("(201) 555-0123".to_owned()),
        email: Some("anna@boats.example".to_owned()),
        ..NewLead::default()
    });
    format!("/leads/{id}")
}

fn add(browser: &Browser, field: &str, value: &str) -> Page {
    let form = browser.get("/leads/new").form("Add lead");
    let form = form.fill("First name", "Ann").fill("Company", "Boats");
    browser.send(form.fill(field, value))
}

fn choose(firm: &Firm<'_>, words: &str) {
    let admin = firm.signed_in(Role::Admin);
    let form = admin.get("/settings/account").form("Save changes");
    let page = admin.follow(admin.send(form.fill("Added by hand", words)));
    assert_eq!(page.flash(), "Saved.");
}

#[test]
fn the_form_comes_back_with_what_was_typed_and_leads_to_the_one_that_is_here() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let anna = anna(&firm);
    let rep = firm.signed_in(Role::Rep);
    let page = add(&rep, "Phone", "+1 201 555 0123");
    assert_eq!(page.status, 422);
    let sentence = "There is already a lead with this phone number: Anna Ruiz";
    assert_eq!(page.problem_of("Phone"), sentence);
    assert_eq!(page.summary(), [sentence]);
    assert_eq!(page.field("Company").value, "Boats");
    assert_eq!(page.link("Open Anna Ruiz in a new window"), anna);
    let page = add(&rep, "E-mail", "ANNA@boats.example");
    assert_eq!(
        page.problem_of("E-mail"),
        "There is already a lead with this e-mail: Anna Ruiz"
    );
    let other = page.form("Add lead").fill("E-mail", "ann@boats.example");
    assert_eq!(rep.follow(rep.send(other)).heading(), "Ann");
}

#[test]
fn taken_for_the_one_that_is_here_it_leads_there_and_says_so() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (anna, _) = (anna(&firm), firm.workflow("Letters", &[Email]));
    choose(&firm, "Use the lead that is there");
    let rep = firm.signed_in(Role::Rep);
    let answer = add(&rep, "Phone", "+1 201 555 0123");
    assert_eq!(answer.location(), Some(anna.clone()));
    let page = rep.follow(answer);
    assert_eq!(page.heading(), "Anna Ruiz");
    assert_eq!(
        page.flash(),
        "Anna Ruiz was here already, with the same phone number."
    );
    let form = rep.get("/leads/new").form("Add lead");
    let form = form.fill("First name", "Ann").fill("Workflow", "Letters");
    let page = rep.follow(rep.send(form.fill("E-mail", "anna@boats.example")));
    assert_eq!(
        page.flash(),
        "Anna Ruiz was here already, with the same e-mail, enrolled in Letters."
    );
}

#[test]
fn allowed_it_is_one_more_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let anna = anna(&firm);
    choose(&firm, "Add one more lead");
    let rep = firm.signed_in(Role::Rep);
    let answer = add(&rep, "Phone", "+1 201 555 0123");
    assert_ne!(answer.location(), Some(anna));
    assert_eq!(rep.follow(answer).flash(), "Ann is here.");
}

#[test]
fn another_accounts_lead_is_not_told() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    anna(&other);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.follow(add(&rep, "Phone", "+1 201 555 0123"));
    assert_eq!(page.flash(), "Ann is here.");
}
