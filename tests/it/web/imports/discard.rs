//! An import that has not run is thrown away.

use leadline::caller::Role;

use super::{LEADS, begun};
use crate::app::TestApp;

#[test]
fn an_import_is_discarded_with_its_file_once_somebody_says_so() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let id = begun(&owner, "leads.csv", LEADS);
    let page = owner.get(&format!("/imports/{id}/file"));
    let page = owner.get(&page.link("Discard…"));
    let page = owner.follow(owner.send(page.form("Discard the import")));
    assert_eq!(page.flash(), "Import 1 is thrown away, with its file.");
    assert!(page.says("No file has come in yet"));
    let folder = app.data.path().join("uploads");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
    assert_eq!(owner.get(&format!("/imports/{id}/file")).status, 404);
}
