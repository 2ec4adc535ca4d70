//! Where calls may go.

use leadline::caller::Role;

use crate::app::{Browser, Form, TestApp};

const PATH: &str = "/settings/destinations";

fn add(browser: &Browser) -> Form {
    browser.get(PATH).form("Add the destination")
}

fn added(browser: &Browser, country: &str, prefix: &str) {
    let form = add(browser)
        .forge("country", country)
        .fill("Prefix", prefix);
    assert_eq!(browser.send(form).status, 303);
}

#[test]
fn a_destination_is_added_edited_switched_and_removed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let list = admin.get(PATH);
    assert!(list.row("United States")[1].starts_with("all"));
    let form = add(&admin).forge("country", "IN").fill("Prefix", "+91 98");
    let page = admin.follow(admin.send(form));
    assert_eq!(page.flash(), "India, +9198 may be called now.");
    assert_eq!(page.row("India")[1], "that begin with +9198");
    // India is before the United States.
    let edit = admin.visit(&page.link("Edit"));
    assert_eq!(edit.field("Prefix").value, "+9198");
    let page = admin.follow(admin.send(edit.form("Save changes").fill("Prefix", "")));
    assert!(page.row("India")[1].starts_with("all"));
    let page = admin.follow(admin.send(page.form("Switch off")));
    assert!(
        page.flash().starts_with("India may not be called"),
        "{page:?}"
    );
    assert_eq!(page.row("India")[2], "Off");
    let page = admin.follow(admin.send(page.form("Switch on")));
    assert_eq!(page.row("India")[2], "Enabled");
    let confirm = admin.visit(&page.link("Remove…"));
    assert_eq!(confirm.heading(), "Remove India?");
    let page = admin.follow(admin.send(confirm.form("Remove the destination")));
    assert_eq!(page.rows().len(), 1);
}

#[test]
fn what_is_wrong_with_a_destination_is_said_and_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    for (country, prefix, field, sentence) in [
        ("", "", "Country", "Country is required"),
        (
            "IN",
            "98",
            "Prefix",
            "Write the prefix with a plus and its calling code, as +9198",
        ),
        (
            "US",
            "+1416",
            "Prefix",
            "Numbers that begin with +1416 are of CA, not of US",
        ),
        (
            "US",
            "",
            "Country",
            "This destination is one of yours already",
        ),
    ] {
        let form = add(&admin).forge("country", country).fill("Prefix", prefix);
        let page = admin.send(form);
        assert_eq!(page.status, 422);
        assert_eq!(page.problem_of(field), sentence);
        assert_eq!(page.field("Prefix").value, prefix);
    }
}

#[test]
fn the_page_answers_whether_a_number_may_be_called_and_why() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let ask = |typed: &str| {
        let page = admin.send(admin.get(PATH).form("Ask").forge("number", typed));
        page.texts("[role=status]").join(" ")
    };
    let yes = "Yes. (415) 555-0142 (United States) can be called: its destination is enabled.";
    assert_eq!(ask("415 555 0142"), yes);
    assert_eq!(ask("12ab"), "No. “12ab” is not a valid phone number.");
    assert_eq!(ask("+919876543210"), "No. Calls to India are not enabled.");
    added(&admin, "IN", "+9197");
    assert_eq!(
        ask("+919876543210"),
        "No. Only some prefixes of India are enabled, and this number has none of them."
    );
    assert!(ask("+919776543210").starts_with("Yes. +91 97765 43210 (India)"));
    let numbers = admin.get("/settings/numbers");
    admin.send(numbers.form("Switch off"));
    let silent = "No. None of your calling numbers is active, so nobody can be called.";
    assert_eq!(ask("415 555 0142"), silent);
    let sip = admin.get("/settings/numbers").form("Add the number");
    admin.send(sip.fill("Number", "+14155550142").forge("kind", "sip"));
    assert!(ask("+442079460321").contains("over SIP"));
    assert_eq!(ask(" "), "");
}
