//! Deleting a lead for good.

use leadline::caller::Role;

use crate::app::TestApp;

#[test]
fn deleting_asks_first_and_is_for_good() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/leads/{}", firm.lead("Ann"));
    let manager = firm.signed_in(Role::Manager);
    manager.post(&format!("{path}/notes"), &[("body", "A note")]);
    let ask = manager.get(&manager.get(&path).link("Delete…"));
    assert_eq!(ask.heading(), "Delete Ann?");
    assert_eq!(manager.get(&ask.link("Keep it")).heading(), "Ann");
    let page = manager.follow(manager.send(ask.form("Delete the lead for good")));
    assert_eq!(
        (page.heading().as_str(), page.flash().as_str()),
        ("Leads", "The lead is deleted.")
    );
    assert_eq!(manager.get(&path).status, 404);
    assert_eq!(
        manager.send(ask.form("Delete the lead for good")).status,
        404
    );
}

#[test]
fn a_rep_archives_and_does_not_delete() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let page = firm
        .signed_in(Role::Rep)
        .get(&format!("/leads/{}", firm.lead("Ann")));
    assert!(
        page.has_button("Archive") && !page.has_link("Delete…"),
        "{page:?}"
    );
}
