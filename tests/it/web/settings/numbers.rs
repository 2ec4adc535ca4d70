//! Calling numbers.

use chrono::TimeDelta;
use leadline::caller::Role;

use crate::app::{Browser, Form, TestApp};

const PATH: &str = "/settings/numbers";

fn add(browser: &Browser) -> Form {
    browser.get(PATH).form("Add the number")
}

#[test]
fn an_account_begins_with_a_number_that_is_nobodys() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let list = firm.signed_in(Role::Admin).get(PATH);
    let row = list.row("(202) 555-0100");
    assert!(row[0].contains("it is nobody’s"), "{row:?}");
    assert_eq!(row[2], "Active");
}

#[test]
fn a_number_is_added_edited_switched_and_removed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    app.wait(TimeDelta::seconds(1));
    let form = add(&admin).fill("Number", "415 555 0142");
    let page = admin.follow(admin.send(form));
    assert_eq!(page.flash(), "(415) 555-0142 is one of your numbers now.");
    assert!(page.row("(415) 555-0142")[1].starts_with("Through a carrier"));
    let edit = admin.visit(&page.link("Edit"));
    assert_eq!(edit.field("Number").value, "(202) 555-0100");
    let form = edit
        .form("Save changes")
        .fill("Number", "+44 20 7946 0321")
        .forge("kind", "sip");
    let page = admin.follow(admin.send(form));
    assert!(page.row("+44 20 7946 0321")[1].starts_with("Over SIP"));
    let page = admin.follow(admin.send(page.form("Switch off")));
    assert!(
        page.flash()
            .starts_with("No call is made from +44 20 7946 0321 any more.")
    );
    assert_eq!(page.row("+44 20 7946 0321")[2], "Off");
    let page = admin.follow(admin.send(page.form("Switch on")));
    assert_eq!(page.flash(), "+44 20 7946 0321 calls again.");
    let confirm = admin.visit(&page.link("Remove…"));
    assert_eq!(confirm.heading(), "Remove +44 20 7946 0321?");
    let page = admin.follow(admin.send(confirm.form("Remove the number")));
    assert_eq!(page.rows().len(), 1);
}

#[test]
fn what_is_no_number_or_there_already_is_said_and_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    for (typed, sentence) in [
        ("", "Number is required"),
        (
            "12ab",
            "Number must be a phone number with its country, as +12025550100",
        ),
        (
            "202-555-0100",
            "This number is one of your calling numbers already",
        ),
    ] {
        let page = admin.send(add(&admin).fill("Number", typed).forge("kind", "sip"));
        assert_eq!(page.status, 422);
        assert_eq!(page.problem_of("Number"), sentence);
        assert_eq!(page.field("Number").value, typed);
        assert!(
            page.attribute("input[value=sip][checked]", "name")
                .is_some()
        );
    }
    let page = admin.send(add(&admin).fill("Number", "4155550142").forge("kind", "x"));
    assert_eq!(page.summary(), ["How it calls is required"]);
    assert_eq!(admin.get(PATH).rows().len(), 1);
}

#[test]
fn without_an_active_number_the_page_says_what_that_means() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let page = admin.get(PATH);
    assert!(!page.says("No number is active."));
    let page = admin.follow(admin.send(page.form("Switch off")));
    assert!(page.says("No number is active."));
}
