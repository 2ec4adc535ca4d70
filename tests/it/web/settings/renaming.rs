//! A key of leads becomes another.

use leadline::caller::Role;
use leadline::fields::Kind;
use leadline::leads::NewLead;
use serde_json::{Value, json};

use crate::app::{Browser, Firm, Page, TestApp, WithKey};

const PATH: &str = "/settings/fields";

fn lead(firm: &Firm<'_>, name: &str, metadata: Value) {
    firm.lead_with(NewLead {
        first_name: name.to_owned(),
        metadata: metadata.as_object().cloned().unwrap(),
        ..NewLead::default()
    });
}

fn metadata_of(program: &WithKey, name: &str) -> Value {
    let found = program.get(&format!("/leads?q={name}")).of(200);
    found["data"][0]["metadata"].clone()
}

fn asked(admin: &Browser, from: &str, to: &str) -> Page {
    let form = admin
        .get("/settings/fields/renaming")
        .form("Look what changes");
    admin.send(form.fill("Key now", from).fill("Key from now on", to))
}

#[test]
fn a_field_gets_another_key_with_all_its_leads() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    lead(&firm, "Ann", json!({ "edad": 35, "zip": "007" }));
    lead(&firm, "Bea", json!({ "edad": "old" }));
    firm.field("edad", Kind::Number, &[]);
    lead(&firm, "Cle", json!({ "zip": "008" }));
    lead(&other, "Dan", json!({ "edad": 37 }));
    let (admin, program) = (firm.signed_in(Role::Admin), firm.program());
    let edit = admin.visit(&admin.get(PATH).link("edad"));
    let page = admin.visit(&edit.link("Rename or merge its key…"));
    let form = page
        .form("Look what changes")
        .fill("Key from now on", "age");
    let page = admin.send(form);
    assert!(
        page.says("2 leads have something under edad that goes to age."),
        "{page:?}"
    );
    assert_eq!(metadata_of(&program, "Ann")["edad"], 35);
    let page = admin.follow(admin.send(page.form("Rename the key")));
    assert_eq!(page.flash(), "“edad” is “age” now, of 2 leads.");
    assert_eq!(page.row("edad")[0], "edad age");
    assert_eq!(
        metadata_of(&program, "Ann"),
        json!({ "age": 35, "zip": "007" })
    );
    assert_eq!(metadata_of(&program, "Bea"), json!({ "age": "old" }));
    assert_eq!(metadata_of(&program, "Cle"), json!({ "zip": "008" }));
    assert_eq!(metadata_of(&other.program(), "Dan"), json!({ "edad": 37 }));
    let audit = admin.get("/audit");
    assert!(audit.says("moved what leads have under one key to another"));
}

#[test]
fn a_key_that_merges_into_a_field_keeps_what_the_field_says_and_does_not_take() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.field("age", Kind::Number, &[]);
    lead(&firm, "Ann", json!({ "edad": 35 }));
    lead(&firm, "Bea", json!({ "edad": 36, "age": 63 }));
    lead(&firm, "Cle", json!({ "edad": "old" }));
    let (admin, program) = (firm.signed_in(Role::Admin), firm.program());
    let page = asked(&admin, "edad", "age");
    for said in [
        "2 leads have something under edad that goes to the field “age”, age.",
        "1 of them says something there already",
        "1 more keeps its old key",
    ] {
        assert!(page.says(said), "{said}: {page:?}");
    }
    let page = admin.follow(admin.send(page.form("Merge the keys")));
    assert_eq!(page.flash(), "“edad” is “age” now, of 2 leads.");
    assert_eq!(metadata_of(&program, "Ann"), json!({ "age": 35 }));
    assert_eq!(metadata_of(&program, "Bea"), json!({ "age": 63 }));
    assert_eq!(metadata_of(&program, "Cle"), json!({ "edad": "old" }));
}

#[test]
fn two_fields_become_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.field("stadt", Kind::Text, &[]);
    firm.field("grade", Kind::Choice, &["A", "B"]);
    lead(&firm, "Ann", json!({ "stadt": "A" }));
    lead(&firm, "Bea", json!({ "stadt": "C" }));
    let (admin, program) = (firm.signed_in(Role::Admin), firm.program());
    let page = asked(&admin, "stadt", "grade");
    let page = admin.follow(admin.send(page.form("Merge the keys")));
    assert_eq!(page.flash(), "“stadt” is “grade” now, of 1 lead.");
    assert_eq!(metadata_of(&program, "Ann"), json!({ "grade": "A" }));
    // What does not fit has no field any more.
    assert_eq!(page.row("stadt")[1..3], ["1", "C"]);
    assert!(page.has_button("Promote stadt to a field"));
}

#[test]
fn what_can_not_be_renamed_says_why() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    lead(&firm, "Ann", json!({ "a": 1 }));
    let (admin, program) = (firm.signed_in(Role::Admin), firm.program());
    let page = asked(&admin, "a", "a");
    assert_eq!(page.problem_of("Key from now on"), "Both keys are the same");
    let page = admin.send(asked(&admin, "a", "b").form("Rename the key"));
    let why = "One of the keys must be a field: promote it first";
    assert_eq!(
        (page.status, page.problem_of("Key now").as_str()),
        (422, why)
    );
    assert_eq!(page.field("Key from now on").value, "b");
    assert_eq!(metadata_of(&program, "Ann"), json!({ "a": 1 }));
}
