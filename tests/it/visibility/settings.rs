//! What reps see is set by an admin.

use leadline::caller::{RepsSee, Role};

use super::world::{Of, World};
use crate::app::TestApp;

#[test]
fn a_new_accounts_reps_see_their_own_until_an_admin_says_otherwise() {
    let app = TestApp::start();
    let world = World::new(&app);
    let teammates = world.lead(Of::Teammate);
    let rep = world.browser(Role::Rep);
    let admin = world.browser(Role::Admin);
    let path = format!("/leads/{teammates}");
    assert_eq!(rep.get(&path).status, 404);
    for (reps_see, status) in [
        (RepsSee::Team, 200),
        (RepsSee::Own, 404),
        (RepsSee::All, 200),
    ] {
        let chosen = [("leads_reps_see", reps_see.as_str())];
        let answer = admin.post("/settings/account/visibility", &chosen);
        assert_eq!(answer.location().as_deref(), Some("/settings/account"));
        let value = "input[name=leads_reps_see][checked]";
        let page = admin.get("/settings/account");
        assert_eq!(
            page.attribute(value, "value").as_deref(),
            Some(reps_see.as_str())
        );
        assert_eq!(rep.get(&path).status, status, "{reps_see}");
    }
    let answer = admin.post(
        "/settings/account/visibility",
        &[("leads_reps_see", "some")],
    );
    assert_eq!(answer.status, 422);
}

#[test]
fn a_manager_of_no_team_sees_every_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let lead = firm.lead("Ann");
    let eve = firm.hire("Eve Stone", Role::Rep);
    let manager = firm.signed_in(Role::Manager);
    let fields = [("owner", eve.email.as_str()), ("lead", &lead.to_string())];
    manager.post("/leads/assignment", &fields);
    assert_eq!(manager.get(&format!("/leads/{lead}")).status, 200);
    firm.team("North", &[firm.person(Role::Manager).id]);
    assert_eq!(manager.get(&format!("/leads/{lead}")).status, 404);
}
