//! The field catalogue: which keys of leads are fields, and of what type.

use leadline::caller::Role;
use leadline::fields::Kind;
use leadline::leads::NewLead;
use serde_json::{Value, json};

use crate::app::{Firm, TestApp};

const PATH: &str = "/settings/fields";

fn lead(firm: &Firm<'_>, metadata: Value) {
    firm.lead_with(NewLead {
        first_name: "Ann".to_owned(),
        metadata: metadata.as_object().cloned().unwrap(),
        ..NewLead::default()
    });
}

#[test]
fn a_field_is_added_changed_and_taken_out_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    lead(&firm, json!({"edad": 35}));
    let page = admin.get(PATH);
    assert!(page.says("No fields yet"));
    let form = page.form("Add the field").fill("Key", " edad ");
    let form = form.fill("Label", "Age").fill("Type", "Number");
    let page = admin.follow(admin.send(form));
    assert_eq!(page.flash(), "“Age” is a field of your leads now.");
    assert_eq!(page.row("Age")[1..4], ["Number", "1", "35"]);
    let edit = admin.visit(&page.link("Age"));
    let form = edit.form("Save changes").fill("Label", "Age group");
    let form = form.fill("Type", "Choice");
    let page = admin.send(form.fill("Choices", "young\nold\n\nold"));
    let page = admin.follow(page);
    assert_eq!(page.row("Age group")[1], "Choice 2 to choose from");
    let edit = admin.visit(&page.link("Age group"));
    assert_eq!(edit.field("Choices").value, "young\nold");
    let confirm = admin.visit(&edit.link("Remove…"));
    let page = admin.follow(admin.send(confirm.form("Remove the field")));
    assert!(page.says("No fields yet"), "{page:?}");
    // What the lead has stays.
    assert_eq!(page.row("edad")[1..3], ["1", "35"]);
    let audit = admin.get("/audit");
    for said in [
        "made a field",
        "changed 3 fields",
        "took a field out of the catalogue",
    ] {
        assert!(audit.says(said), "{said}");
    }
}

#[test]
fn a_key_that_leads_have_is_promoted_to_a_field_of_its_type() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    lead(
        &firm,
        json!({"edad": 35, "trabaja": true, "starts_on": "2027-03-01", "mixed": 1, " odd ": "x"}),
    );
    lead(
        &firm,
        json!({"edad": 36, "trabaja": false, "starts_on": "2027-04-01", "mixed": "b"}),
    );
    let page = admin.get(PATH);
    let first: Vec<String> = page.rows().into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(first, ["edad", "mixed", "starts_on", "trabaja", "odd"]);
    for (key, label, kind) in [
        ("edad", "Edad", "Number"),
        ("trabaja", "Trabaja", "Yes or no"),
        ("starts_on", "Starts on", "Date"),
        ("mixed", "Mixed", "Text"),
        ("odd", "Odd", "Text"),
    ] {
        let page = admin.get(PATH);
        let edit = admin.follow(admin.send(page.form(&format!("Promote {key} to a field"))));
        let said = format!("“{label}” is a field now, of type {kind}.");
        assert_eq!(edit.flash(), said);
        assert_eq!(edit.field("Label").value, label);
        assert_eq!(admin.get(PATH).row(label)[1], kind);
    }
}

#[test]
fn what_is_wrong_with_a_field_is_said_and_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    firm.field("edad", Kind::Number, &[]);
    let long = "x".repeat(101);
    for (key, label, kind, at, why) in [
        ("", "Age", "Number", "Key", "Key is required"),
        ("a", " ", "Number", "Label", "Label is required"),
        ("edad", "Age", "Text", "Key", "This key is a field already"),
        ("a", "A", "Choice", "Choices", "Say what can be chosen"),
        (
            &long,
            "A",
            "Text",
            "Key",
            "Key must be at most 100 characters long",
        ),
    ] {
        let form = admin.get(PATH).form("Add the field").fill("Key", key);
        let page = admin.send(form.fill("Label", label).fill("Type", kind));
        assert_eq!((page.status, page.problem_of(at).as_str()), (422, why));
        assert_eq!(page.field("Key").value, key);
        assert_eq!(page.field("Label").value, label);
    }
    let form = admin.get(PATH).form("Add the field").forge("kind", "blob");
    let page = admin.send(form.fill("Key", "a").fill("Label", "A"));
    assert_eq!(page.problem_of("Type"), "Type is required");
    // Two things are told at once.
    let page = admin.send(admin.get(PATH).form("Add the field"));
    assert_eq!(page.problem_of("Key"), "Key is required");
    assert_eq!(page.problem_of("Label"), "Label is required");
}

#[test]
fn the_fields_of_a_crm_are_added_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    firm.field("notes", Kind::Text, &[]);
    let page = admin.send(admin.get(PATH).form("Add the CRM fields"));
    let page = admin.follow(page);
    assert_eq!(page.flash(), "11 CRM fields are added.");
    assert_eq!(page.row("Number of employees")[1], "Number");
    assert_eq!(page.row("Interested in switching")[1], "Yes or no");
    assert_eq!(page.rows().len(), 12);
    let page = admin.follow(admin.send(page.form("Add the CRM fields")));
    assert_eq!(page.flash(), "The CRM fields are all there.");
}

#[test]
fn there_are_at_most_a_hundred_fields() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    for at in 0..95 {
        firm.field(&format!("key_{at}"), Kind::Text, &[]);
    }
    let page = admin.send(admin.get(PATH).form("Add the CRM fields"));
    assert_eq!(page.status, 422);
    assert!(page.says("An account has at most 100 fields"));
    for at in 95..100 {
        firm.field(&format!("key_{at}"), Kind::Text, &[]);
    }
    let form = admin.get(PATH).form("Add the field").fill("Key", "one");
    let page = admin.send(form.fill("Label", "One more"));
    let why = "An account has at most 100 fields";
    assert_eq!((page.status, page.problem_of("Key").as_str()), (422, why));
}
