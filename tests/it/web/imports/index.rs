//! The list of imports.

use leadline::caller::Role;

use super::{LEADS, import};
use crate::app::TestApp;

#[test]
fn an_account_without_imports_is_told_what_to_do() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let page = firm.signed_in(Role::Manager).get("/imports");
    assert_eq!(page.link("Import a file"), "/imports/new");
    let page = firm.signed_in(Role::Rep).get("/imports");
    assert!(page.says("A manager or an admin of your account can import one"));
    assert!(!page.has_link("Import a file"));
}

#[test]
fn imports_are_listed_newest_first_with_the_way_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let first = import(&firm, "first.csv", LEADS);
    app.wait(chrono::TimeDelta::minutes(1));
    import(&firm, "second.csv", LEADS);
    let page = firm.signed_in(Role::Owner).get("/imports");
    let files: Vec<String> = page.rows().into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(files, ["second.csv Import 2", "first.csv Import 1"]);
    assert!(page.row("first.csv")[1].contains("Being prepared"));
    assert_eq!(page.link("first.csv"), format!("/imports/{first}/columns"));
    let page = firm.signed_in(Role::Viewer).get("/imports");
    assert!(page.says("first.csv") && !page.has_link("first.csv"));
}
