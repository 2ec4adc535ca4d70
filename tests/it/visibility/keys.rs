//! Keys that act for a person.

use leadline::caller::{Role, Scope};
use leadline::people;
use serde_json::json;

use super::world::{Of, World};
use crate::app::TestApp;

#[test]
fn a_key_may_do_no_more_than_the_person_it_acts_for() {
    let app = TestApp::start();
    let world = World::new(&app);
    let lead = world.lead(Of::Own);
    let viewer = world.program_of(Role::Viewer);
    let path = format!("/leads/{lead}");
    assert_eq!(viewer.get(&path).status, 200);
    let answer = viewer.patch(&path, &json!({ "company": "Boats" }));
    answer.is_error(
        403,
        "Forbidden",
        "The person this key acts for may not do this",
    );
    let key = world.firm.key_for(
        "Reads",
        &[Scope::LeadsRead],
        Some(world.firm.email(Role::Rep)),
    );
    let answer = app
        .with_key(&key)
        .patch(&path, &json!({ "company": "Boats" }));
    answer.is_error(403, "Forbidden", "This key lacks the scope leads:write");
}

#[test]
fn a_key_stops_with_the_person_it_acts_for() {
    let app = TestApp::start();
    let world = World::new(&app);
    let program = world.program_of(Role::Rep);
    assert_eq!(program.get("/leads").status, 200);
    let rep = world.firm.person(Role::Rep).id;
    people::deactivate(&mut app.connect(), &world.firm.owner(), rep).unwrap();
    program
        .get("/leads")
        .is_error(401, "Invalid API key", "The provided API key is not valid");
    people::reactivate(&mut app.connect(), &world.firm.owner(), rep).unwrap();
    assert_eq!(program.get("/leads").status, 200);
}

#[test]
fn whom_a_key_acts_for_is_chosen_and_shown() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let form = admin.get("/settings/keys/new").form("Make the key");
    let form = form.fill("Name", "Dialer").fill("Acts for", "Rita Osei");
    assert_eq!(admin.send(form).status, 201);
    let row = admin.get("/settings/keys").row("Dialer");
    assert!(
        row.iter().any(|cell| cell.contains("for Rita Osei")),
        "{row:?}"
    );
}
