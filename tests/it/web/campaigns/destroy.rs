//! Deleting a campaign.

use leadline::caller::Role;
use leadline::leads::{self, NewLead};

use crate::app::TestApp;

#[test]
fn deleting_asks_first_and_leaves_the_leads_alone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let campaign = firm.campaign("Boat fair");
    let lead = firm.lead_with(NewLead {
        first_name: "Ann".to_owned(),
        campaign_id: Some(campaign.id),
        ..NewLead::default()
    });
    let edit = manager.get(&format!("/campaigns/{}/edit", campaign.id));
    let ask = manager.get(&edit.link("Delete…"));
    assert_eq!(ask.heading(), "Delete “Boat fair”?");
    assert!(ask.says("The one lead that carries it stays, without it."));
    assert!(manager.get("/campaigns").says("Boat fair"));
    let page = manager.follow(manager.send(ask.form("Delete the campaign")));
    assert_eq!(
        page.flash(),
        "The campaign is deleted. Its leads are still here."
    );
    assert!(page.says("No campaigns yet"));
    let left = leads::find(&mut app.connect(), &firm.owner(), lead).unwrap();
    assert_eq!(
        (left.lead.first_name.as_str(), left.campaign),
        ("Ann", None)
    );
}

#[test]
fn what_is_deleted_can_not_be_deleted_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let path = format!("/campaigns/{}/deletion", firm.campaign("Boat fair").id);
    let ask = manager.get(&path);
    assert_eq!(manager.send(ask.form("Delete the campaign")).status, 303);
    assert_eq!(manager.send(ask.form("Delete the campaign")).status, 404);
    assert_eq!(manager.get(&path).status, 404);
}

#[test]
fn the_other_way_out_keeps_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let ask = manager.get(&format!(
        "/campaigns/{}/deletion",
        firm.campaign("Boat fair").id
    ));
    assert!(manager.get(&ask.link("Keep it")).says("Boat fair"));
}
