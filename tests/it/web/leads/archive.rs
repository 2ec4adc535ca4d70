//! Putting a lead away and bringing it back.

use leadline::caller::Role;

use crate::app::TestApp;

#[test]
fn an_archived_lead_leaves_the_list_and_can_be_brought_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/leads/{}", firm.lead("Ann"));
    let rep = firm.signed_in(Role::Rep);
    let page = rep.follow(rep.send(rep.get(&path).form("Archive")));
    assert_eq!(page.flash(), "Ann is archived.");
    assert!(page.says("Archived") && page.has_button("Bring back"));
    assert!(rep.get("/leads").says("No leads yet"));
    assert_eq!(rep.get("/leads?archived=true").texts("tbody th a"), ["Ann"]);
    let page = rep.follow(rep.send(page.form("Undo")));
    assert_eq!(page.flash(), "Ann is back in the lists.");
    assert_eq!(rep.get("/leads").texts("tbody th a"), ["Ann"]);
}

#[test]
fn twice_is_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/leads/{}", firm.lead("Ann"));
    let rep = firm.signed_in(Role::Rep);
    let archive = rep.get(&path).form("Archive");
    rep.send(archive.clone());
    assert_eq!(
        rep.follow(rep.send(archive)).flash(),
        "Ann was archived already."
    );
    let restore = rep.get(&path).form("Bring back");
    rep.send(restore.clone());
    assert_eq!(
        rep.follow(rep.send(restore)).flash(),
        "Ann was not archived."
    );
}
