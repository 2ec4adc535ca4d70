//! The do-not-contact list.

use leadline::caller::Role;
use leadline::do_not_contact::{self, Kind, NewEntry, Source};

use crate::app::{Browser, Firm, Form, TestApp};

const PATH: &str = "/settings/do-not-contact";

fn add(browser: &Browser) -> Form {
    browser.get(PATH).form("Add to the list")
}

fn put_on_list(app: &TestApp, firm: &Firm<'_>, emails: impl Iterator<Item = String>) {
    let new = emails.map(|email| NewEntry {
        kind: Kind::Email,
        value: email,
        reason: "asked".to_owned(),
    });
    let (new, mut conn) = (new.collect(), app.connect());
    do_not_contact::add(&mut conn, &firm.owner(), new, Source::Person).unwrap();
}

#[test]
fn a_rep_adds_and_everybody_reads_who_why_and_by_whom() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (rep, viewer) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Viewer));
    assert!(rep.get(PATH).says("Nobody is on the list"));
    let form = add(&rep)
        .fill("Phone", "(415) 555-0142")
        .fill("E-mail", "Ann@Example.com")
        .fill("Reason", "<asked> not to be called");
    let page = rep.follow(rep.send(form));
    assert!(page.flash().starts_with("Added."), "{page:?}");
    let list = viewer.get(PATH);
    assert!(!list.has_button("Add to the list"));
    for who in ["(415) 555-0142", "ann@example.com"] {
        let row = list.row(who);
        assert!(row[1].contains("<asked> not to be called"), "{row:?}");
        assert!(row[1].contains("Rita Osei, put there by hand"), "{row:?}");
    }
    for sought in ["415-555-0142", "%2B14155550142", "ANN%40ex", "asked"] {
        let found = viewer.get(&format!("{PATH}?q={sought}"));
        assert!(!found.rows().is_empty(), "{sought}: {found:?}");
    }
    for sought in ["%25", "_", "bob", "%00"] {
        let found = viewer.get(&format!("{PATH}?q={sought}"));
        assert!(
            found.says("Nothing on the list fits"),
            "{sought}: {found:?}"
        );
    }
}

#[test]
fn what_is_no_number_no_address_or_without_a_reason_is_said_and_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let page = rep.send(add(&rep).fill("Reason", "asked"));
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Phone"),
        "Give a phone number, an e-mail address, or both"
    );
    let page = rep.send(add(&rep).fill("Phone", "12ab").fill("E-mail", "ann"));
    assert_eq!(
        page.problem_of("Phone"),
        "That is not a possible phone number"
    );
    assert_eq!(
        page.problem_of("E-mail"),
        "E-mail must look like name@example.com"
    );
    assert_eq!(page.field("Phone").value, "12ab");
    let page = rep.send(add(&rep).fill("E-mail", "ann@example.com"));
    assert_eq!(page.problem_of("Reason"), "Reason is required");
    assert!(rep.get(PATH).says("Nobody is on the list"));
}

#[test]
fn a_manager_takes_off_with_a_reason() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    put_on_list(&app, &firm, ["ann@example.com".to_owned()].into_iter());
    let manager = firm.signed_in(Role::Manager);
    assert!(!firm.signed_in(Role::Rep).get(PATH).has_link("Take off"));
    let ask = manager.get(&manager.get(PATH).link("Take off… ann@example.com"));
    assert!(ask.says("E-mail address on the do-not-contact list since 19 Nov 2026: asked"));
    let page = manager.send(ask.form("Take off the list"));
    assert_eq!(page.status, 422);
    let form = ask.form("Take off the list");
    let form = form.fill("Why may they be contacted?", "asked us to write");
    let page = manager.follow(manager.send(form));
    assert!(page.says("Nobody is on the list"), "{page:?}");
}

#[test]
fn a_long_list_is_read_page_by_page() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    put_on_list(&app, &firm, (0..51).map(|n| format!("ann{n}@example.com")));
    let viewer = firm.signed_in(Role::Viewer);
    let first = viewer.get(PATH);
    assert_eq!(first.rows().len(), 50);
    assert!(first.says("51 entries"));
    let second = viewer.get(&first.link("Older"));
    assert_eq!(second.rows().len(), 1);
    let again = viewer.get(&second.link("Newest"));
    assert_eq!(again.rows(), first.rows());
}
