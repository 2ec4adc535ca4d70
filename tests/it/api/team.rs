//! The people that leads can be given to (contract §6).

use leadline::caller::Role;
use leadline::people;
use serde_json::json;

use crate::app::TestApp;

#[test]
fn everybody_who_works_in_the_account_is_told_by_name() {
    let app = TestApp::start();
    let (firm, _) = (app.firm("Acme"), app.firm("Zenith"));
    let gone = firm.person(Role::Viewer);
    people::deactivate(&mut app.connect(), &firm.owner(), gone.id).unwrap();
    let works = [Role::Admin, Role::Manager, Role::Owner, Role::Rep].map(|role| {
        let person = firm.person(role);
        json!({
            "id": person.id, "name": person.name, "email": person.email, "external_id": null,
        })
    });
    let team = json!({ "success": true, "team": works });
    let program = firm.program();
    program.get("/team").is(200, &team);
    let unknown = "limit is not a known parameter";
    program
        .get("/team?limit=5")
        .is_error(400, "Validation error", unknown);
}
