//! Editing a lead.

use leadline::caller::Role;
use serde_json::json;

use crate::app::{Firm, TestApp};

fn lead(firm: &Firm<'_>) -> String {
    let lead = json!({ "first_name": "Ann", "last_name": "Zamora", "company": "Boats", "email": "ann@boats.example",
        "metadata": { "edad": 35, "vip": true } });
    let body = firm.program().post("/leads", &lead).of(201);
    format!("/leads/{}", body["lead"]["id"].as_str().unwrap())
}

#[test]
fn what_was_changed_is_saved_and_told_in_the_timeline() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = (lead(&firm), firm.signed_in(Role::Rep));
    let edit = rep.get(&rep.get(&path).link("Edit"));
    assert_eq!(edit.heading(), "Edit Ann Zamora");
    assert_eq!(edit.field("Value of edad").value, "35");
    let form = edit
        .form("Save changes")
        .fill("First name", "Anna")
        .fill("Company", "")
        .fill("Value of edad", "36");
    let page = rep.follow(rep.send(form));
    assert_eq!(
        (page.heading().as_str(), page.flash().as_str()),
        ("Anna Zamora", "Anna Zamora is saved.")
    );
    assert!(
        page.row("edad").contains(&"36".to_owned()) && page.row("vip").contains(&"yes".to_owned())
    );
    let told = page.texts(".was-is li").join(" | ");
    assert!(
        told.contains("Ann Anna") && told.contains("Boats removed") && told.contains("35 36"),
        "{told}"
    );
}

#[test]
fn a_save_without_changes_changes_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = (lead(&firm), firm.signed_in(Role::Rep));
    let page = rep.follow(rep.send(rep.get(&format!("{path}/edit")).form("Save changes")));
    assert_eq!(page.flash(), "Nothing was to be changed.");
    assert!(page.texts(".was-is li").is_empty());
}

#[test]
fn a_form_that_is_wrong_keeps_what_was_typed_and_the_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = (lead(&firm), firm.signed_in(Role::Rep));
    let form = rep.get(&format!("{path}/edit")).form("Save changes");
    let page = rep.send(
        form.fill("First name", " ")
            .fill("Title", "Captain")
            .fill("Value of edad", "old"),
    );
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Value of edad"),
        "edad must be a number, such as 34 or 2.5"
    );
    assert_eq!(
        (
            page.field("Title").value.as_str(),
            page.field("Value of edad").value.as_str()
        ),
        ("Captain", "old")
    );
    let page = rep.send(page.form("Save changes").fill("Value of edad", "36"));
    assert_eq!(
        (page.status, page.problem_of("First name").as_str()),
        (422, "First name is required")
    );
    assert_eq!(rep.get(&path).heading(), "Ann Zamora");
}

#[test]
fn two_who_edit_at_once_lose_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep, manager) = (
        lead(&firm),
        firm.signed_in(Role::Rep),
        firm.signed_in(Role::Manager),
    );
    let edit = format!("{path}/edit");
    let mine = rep
        .get(&edit)
        .form("Save changes")
        .fill("Company", "Ships")
        .fill("Title", "Captain");
    let theirs = manager
        .get(&edit)
        .form("Save changes")
        .fill("Company", "Yachts")
        .fill("Last name", "Zamora Ruiz");
    assert_eq!(manager.send(theirs).status, 303);
    let clash = rep.send(mine);
    assert_eq!(clash.status, 409);
    assert!(
        clash
            .alert()
            .contains("somebody else has changed this lead"),
        "{clash:?}"
    );
    assert!(
        clash.alert().contains("now Yachts, yours Ships"),
        "{clash:?}"
    );
    assert_eq!(clash.field("Company").value, "Ships", "mine is kept");
    assert_eq!(clash.field("Title").value, "Captain", "mine is kept");
    assert_eq!(
        clash.field("Last name").value,
        "Zamora Ruiz",
        "theirs is taken over where I changed nothing"
    );
    assert!(rep.get(&path).says("Yachts"), "nothing is saved yet");
    let page = rep.follow(rep.send(clash.form("Save changes")));
    assert_eq!(page.heading(), "Ann Zamora Ruiz");
    assert!(page.says("Ships") && page.says("Captain"), "{page:?}");
}

#[test]
fn theirs_can_be_taken_in_place_of_mine() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = (lead(&firm), firm.signed_in(Role::Rep));
    let mine = rep
        .get(&format!("{path}/edit"))
        .form("Save changes")
        .fill("Company", "Ships");
    let other = firm.signed_in(Role::Manager);
    let theirs = other
        .get(&format!("{path}/edit"))
        .form("Save changes")
        .fill("Company", "Yachts");
    other.send(theirs);
    let clash = rep.send(mine);
    let page = rep.send(clash.form("Take it, company"));
    assert_eq!(
        (page.status, page.field("Company").value.as_str()),
        (200, "Yachts")
    );
    assert_eq!(rep.send(page.form("Save changes")).status, 303);
}

#[test]
fn tags_are_divided_by_commas_and_stand_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (path, rep) = (lead(&firm), firm.signed_in(Role::Rep));
    let form = rep.get(&format!("{path}/edit")).form("Save changes");
    let page = rep.follow(rep.send(form.fill("Tags", "VIP, fair , vip,")));
    assert_eq!(page.flash(), "Ann Zamora is saved.");
    let edit = rep.get(&format!("{path}/edit"));
    assert_eq!(edit.field("Tags").value, "VIP, fair");
    let page = rep.send(edit.form("Save changes").fill("Tags", &"x".repeat(61)));
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Tags"),
        "Tags must be at most 60 characters long"
    );
}
