//! The fields of the catalogue in the list of leads.

use leadline::caller::Role;
use leadline::fields::Kind;
use leadline::leads::NewLead;
use serde_json::{Value, json};

use crate::app::{Firm, TestApp};

fn lead(firm: &Firm<'_>, name: &str, metadata: Value) {
    firm.lead_with(NewLead {
        first_name: name.to_owned(),
        metadata: metadata.as_object().cloned().unwrap(),
        ..NewLead::default()
    });
}

fn names(page: &crate::app::Page) -> Vec<String> {
    let mut names = page.texts("tbody th a");
    names.sort();
    names
}

#[test]
fn a_field_is_a_column_that_can_be_chosen() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.field("starts_on", Kind::Date, &[]);
    firm.field("edad", Kind::Number, &[]);
    lead(
        &firm,
        "Ann",
        json!({ "edad": 35, "starts_on": "2027-03-01" }),
    );
    lead(&firm, "Bea", json!({ "zip, old": "007" }));
    let viewer = firm.signed_in(Role::Viewer);
    let page = viewer.get("/leads?cols=phone&cols=metadata.edad&cols=metadata.starts_on");
    assert_eq!(
        page.texts("thead th"),
        ["Name", "Phone", "starts_on", "edad"]
    );
    assert_eq!(page.row("Ann")[2..], ["1 Mar 2027", "35"]);
    assert_eq!(page.row("Bea")[2..], ["", ""]);
    // A key that is no field can be asked for by whoever knows it.
    let page = viewer.get("/leads?cols=metadata.zip%2C%20old");
    assert_eq!(page.texts("thead th"), ["Name", "zip, old"]);
    assert_eq!(page.row("Bea")[1], "007");
    // The choice goes with the list.
    assert!(page.link("Name").contains("cols=metadata.zip%2C+old"));
}

#[test]
fn leads_are_filtered_by_their_fields() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.field("vip", Kind::Boolean, &[]);
    firm.field("grade", Kind::Choice, &["A", "B"]);
    firm.field("edad", Kind::Number, &[]);
    lead(
        &firm,
        "Ann",
        json!({ "vip": true, "grade": "A", "edad": 35 }),
    );
    lead(
        &firm,
        "Bea",
        json!({ "vip": false, "grade": "A", "zip": "007" }),
    );
    lead(&firm, "Cle", json!({}));
    let viewer = firm.signed_in(Role::Viewer);
    let show = |fill: &[(&str, &str)]| {
        let form = viewer.get("/leads").form("Show leads");
        let form = fill
            .iter()
            .fold(form, |form, (label, value)| form.fill(label, value));
        viewer.send(form)
    };
    assert_eq!(names(&show(&[("vip", "yes")])), ["Ann"]);
    assert_eq!(names(&show(&[("vip", "no")])), ["Bea"]);
    assert_eq!(names(&show(&[("grade", "A")])), ["Ann", "Bea"]);
    assert_eq!(names(&show(&[("grade", "A"), ("edad", "35")])), ["Ann"]);
    let page = show(&[("vip", "yes"), ("grade", "A")]);
    assert!(
        page.says("vip is yes") && page.says("grade is A"),
        "{page:?}"
    );
    let without = viewer.visit(&page.link("Remove filter: vip is yes"));
    assert_eq!(names(&without), ["Ann", "Bea"]);
    // A key that is no field stays a filter when the form is sent again.
    let page = viewer.get("/leads?metadata.zip=007");
    assert_eq!(names(&page), ["Bea"]);
    let page = viewer.send(page.form("Show leads").fill("grade", "B"));
    assert!(page.says("zip is 007") && page.says("grade is B"));
    // No lead has that, and nobody is asked for what the database can't store.
    assert!(names(&viewer.get("/leads?metadata.vip=perhaps")).is_empty());
    assert_eq!(names(&viewer.get("/leads?metadata.a%00=x")).len(), 3);
}
