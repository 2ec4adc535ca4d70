//! How a file is read is found out, and can be chosen.

use leadline::caller::Role;

use super::{LEADS, begun, stands};
use crate::app::TestApp;

#[test]
fn a_file_is_read_in_another_way_and_goes_on_to_its_columns() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let bytes = b"Leads of the fair\nPhone;City\n+442079460321;Le\xf3n\n";
    let id = begun(&owner, "leads.csv", bytes);
    let path = format!("/imports/{id}/file");
    let form = owner.get(&path).form("Read it like this");
    let form = form
        .fill("Columns are named in", "Row 2")
        .fill("Cells are separated by", "Semicolon ( ; )")
        .fill("Letters are written in", "Windows-1252 (Western)");
    let page = owner.follow(owner.send(form));
    assert_eq!(page.row("León"), ["3", "+442079460321", "León"]);
    let next = owner.send(page.form("Continue to columns"));
    assert_eq!(next.location().unwrap(), format!("/imports/{id}/columns"));
    assert_eq!(stands(&firm, id).header, ["Phone", "City"]);
}

#[test]
fn a_row_that_is_not_there_can_not_name_the_columns() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let id = begun(&owner, "leads.csv", LEADS);
    let form = owner
        .get(&format!("/imports/{id}/file"))
        .form("Continue to columns");
    let page = owner.send(form.fill("Columns are named in", "Row 20"));
    assert_eq!(page.status, 422);
    assert!(
        page.summary()[0].contains("Row 20 has nothing in it"),
        "{page:?}"
    );
    assert_eq!(page.field("Columns are named in").value, "20");
    assert_eq!(
        page.row("Ann")[2],
        "Ann",
        "what was read before still stands there"
    );
}
