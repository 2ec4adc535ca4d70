//! The fields of the catalogue on a lead's form and page.

use leadline::caller::Role;
use leadline::fields::Kind;
use leadline::leads::NewLead;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Firm, TestApp, WithKey};

fn lead(firm: &Firm<'_>, metadata: Value) -> Uuid {
    firm.lead_with(NewLead {
        first_name: "Ann".to_owned(),
        metadata: metadata.as_object().cloned().unwrap(),
        ..NewLead::default()
    })
}

fn metadata_of(program: &WithKey, id: Uuid) -> Value {
    program.get(&format!("/leads/{id}")).of(200)["metadata"].clone()
}

#[test]
fn each_field_has_a_place_on_the_form_by_its_type() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.field("edad", Kind::Number, &[]);
    firm.field("vip", Kind::Boolean, &[]);
    firm.field("starts_on", Kind::Date, &[]);
    firm.field("grade", Kind::Choice, &["A", "B"]);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get("/leads/new");
    assert_eq!(page.field("starts_on").kind, "date");
    let options = |label: &str| -> Vec<String> {
        let options = page.field(label).options;
        options.into_iter().map(|(_, words)| words).collect()
    };
    assert_eq!(options("vip"), ["Not said", "yes", "no"]);
    assert_eq!(options("grade"), ["Not said", "A", "B"]);
    let form = page.form("Add lead").fill("First name", "Ann");
    let form = form.fill("edad", "35").fill("vip", "no").fill("grade", "B");
    let page = rep.follow(rep.send(form.fill("starts_on", "2027-03-01")));
    let facts = page.text();
    for said in ["edad 35", "vip no", "starts_on 1 Mar 2027", "grade B"] {
        assert!(facts.contains(said), "{said} in {facts}");
    }
    let edit = rep.visit(&page.link("Edit"));
    assert_eq!(edit.field("starts_on").value, "2027-03-01");
    assert_eq!(edit.field("vip").value, "no");
    // What is emptied is gone, and what is left alone stays.
    let page = rep.send(edit.form("Save changes").fill("vip", "Not said"));
    let page = rep.follow(page);
    assert!(!page.text().contains("vip no"));
    let left = json!({ "edad": 35, "grade": "B", "starts_on": "2027-03-01" });
    let found = firm.program().get("/leads?q=ann").of(200);
    assert_eq!(found["data"][0]["metadata"], left);
}

#[test]
fn what_stood_there_before_the_field_stays_until_it_is_changed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = lead(
        &firm,
        json!({ "edad": "old", "starts_on": "spring", "vip": "perhaps", "zip": "007" }),
    );
    firm.field("edad", Kind::Number, &[]);
    firm.field("starts_on", Kind::Date, &[]);
    firm.field("vip", Kind::Boolean, &[]);
    let (rep, program) = (firm.signed_in(Role::Rep), firm.program());
    let path = format!("/leads/{id}/edit");
    let edit = rep.get(&path);
    assert_eq!(edit.field("starts_on").kind, "text");
    let form = edit.form("Save changes").fill("Last name", "Boat");
    rep.follow(rep.send(form));
    let before = json!({ "edad": "old", "starts_on": "spring", "vip": "perhaps", "zip": "007" });
    assert_eq!(metadata_of(&program, id), before);
    let form = rep.get(&path).form("Save changes").fill("edad", "older");
    let page = rep.send(form);
    assert_eq!(page.status, 422);
    assert_eq!(page.problem_of("edad"), "edad must be a number");
    rep.follow(rep.send(page.form("Save changes").fill("edad", "36")));
    assert_eq!(metadata_of(&program, id)["edad"], 36);
}

#[test]
fn a_key_that_is_added_by_hand_means_its_field() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = lead(&firm, json!({}));
    firm.field("edad", Kind::Number, &[]);
    let (rep, program) = (firm.signed_in(Role::Rep), firm.program());
    let path = format!("/leads/{id}/edit");
    let page = rep.send(rep.get(&path).form("Add a key"));
    let form = page.form("Save changes").fill("Key", "edad");
    let page = rep.send(form.fill("Value", "old"));
    assert_eq!(
        (page.status, page.problem_of("edad").as_str()),
        (422, "edad must be a number")
    );
    let form = page.form("Save changes").fill("edad", "35");
    rep.follow(rep.send(form));
    assert_eq!(metadata_of(&program, id), json!({ "edad": 35 }));
}

#[test]
fn a_field_that_both_have_changed_is_shown_by_its_label() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = lead(&firm, json!({ "edad": 35 }));
    firm.field("edad", Kind::Number, &[]);
    let rep = firm.signed_in(Role::Rep);
    let form = rep.get(&format!("/leads/{id}/edit")).form("Save changes");
    let change = json!({ "metadata": { "edad": 36 } });
    let program = firm.program();
    program.patch(&format!("/leads/{id}"), &change).of(200);
    let page = rep.send(form.fill("edad", "37"));
    assert_eq!(page.status, 409);
    assert!(page.says("edad: now 36, yours 37"), "{page:?}");
    let page = rep.send(page.form("Take it, edad"));
    assert_eq!(page.field("edad").value, "36");
}
