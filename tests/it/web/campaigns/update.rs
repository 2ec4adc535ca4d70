//! Renaming a campaign.

use leadline::caller::Role;
use uuid::Uuid;

use crate::app::TestApp;

#[test]
fn a_campaign_gets_another_name() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    firm.campaign("Boat fair");
    let edit = manager.get(&manager.get("/campaigns").link("Edit Boat fair"));
    assert_eq!(edit.heading(), "Edit campaign");
    assert_eq!(edit.field("Name").value, "Boat fair");
    let form = edit
        .form("Save changes")
        .fill("Name", "Boat show")
        .fill("Description", "Hall 8");
    let page = manager.follow(manager.send(form));
    assert_eq!(page.rows().len(), 1);
    assert!(page.row("Boat show")[0].ends_with("Hall 8"));
}

#[test]
fn a_blank_name_is_refused_and_the_old_one_stays() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let id = firm.campaign("Boat fair").id;
    let form = manager
        .get(&format!("/campaigns/{id}/edit"))
        .form("Save changes");
    let page = manager.send(form.fill("Name", " ").fill("Description", "kept"));
    assert_eq!(
        (page.status, page.problem_of("Name").as_str()),
        (422, "Name is required")
    );
    assert_eq!(page.field("Description").value, "kept");
    assert_eq!(page.heading(), "Edit campaign");
    assert!(manager.get("/campaigns").says("Boat fair"));
}

#[test]
fn a_campaign_that_is_not_there_is_not_found() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    for id in [
        Uuid::new_v4().to_string(),
        "17".into(),
        "new%00".into(),
        "%FF".into(),
    ] {
        assert_eq!(
            manager.get(&format!("/campaigns/{id}/edit")).status,
            404,
            "{id}"
        );
        assert_eq!(
            manager
                .post(&format!("/campaigns/{id}"), &[("name", "x")])
                .status,
            404,
            "{id}"
        );
    }
}

#[test]
fn a_campaigns_own_page_is_its_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.campaign("Boat fair").id;
    let answer = firm
        .signed_in(Role::Viewer)
        .get(&format!("/campaigns/{id}"));
    assert_eq!(answer.location(), Some(format!("/leads?campaign_id={id}")));
}
