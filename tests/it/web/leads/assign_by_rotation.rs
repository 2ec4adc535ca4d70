//! Giving leads to whoever's turn it is.

use leadline::caller::Role;
use leadline::people;
use uuid::Uuid;

use crate::app::TestApp;

#[test]
fn leads_are_given_by_rotation_ticked_one_by_one_and_all_that_somebody_has() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ids: Vec<Uuid> = ["Ann", "Ben", "Cid", "Dot"]
        .map(|name| firm.lead(name))
        .into();
    firm.rotation("default", None, &[Role::Rep, Role::Manager]);
    let admin = firm.signed_in(Role::Admin);
    let owners = || {
        let mut names = admin.get("/leads?sort=last_name").texts(".ow .name");
        names.retain(|name| name != "Nobody yet");
        names
    };
    let form = ["Tick Ann", "Tick Ben", "Tick Cid"]
        .into_iter()
        .fold(admin.get("/leads").form("Give"), |form, one| form.tick(one));
    let page = admin.follow(admin.send(form.fill("Give to", "By the default rotation")));
    assert_eq!(page.flash(), "3 leads are given out.");
    assert_eq!(owners().len(), 3, "{:?}", owners());
    let page = admin.get(&format!("/leads/{}", ids[3]));
    let page = admin.follow(admin.send(page.form("Give to whoever’s turn it is")));
    assert_eq!(page.flash(), "1 lead is given out.");
    assert!(
        page.says("gave the lead to Mona Lindqvist by the default rotation"),
        "{page:?}"
    );
    assert!(page.says("it was their turn"));
    // Whoever leaves gets none back.
    let rita = firm.person(Role::Rep).id;
    let page = admin.get(&format!("/settings/users/{rita}/handover"));
    let form = page
        .form("Hand over 2 leads")
        .fill("Give them to", "Whoever’s turn it is");
    let page = admin.send(form);
    assert_eq!(page.status, 422);
    assert!(page.says("They still take turns themselves"), "{page:?}");
    people::deactivate(&mut app.connect(), &firm.owner(), rita).unwrap();
    let page = admin.get(&format!("/settings/users/{rita}/handover"));
    let form = page
        .form("Hand over 2 leads")
        .fill("Give them to", "Whoever’s turn it is");
    let page = admin.follow(admin.send(form));
    assert_eq!(page.flash(), "2 leads of Rita Osei are handed over.");
    let list = format!("/leads?owner={}", firm.email(Role::Manager));
    assert_eq!(admin.get(&list).texts("tbody th a").len(), 4);
}

#[test]
fn a_rotation_that_finds_nobody_takes_no_lead_from_anybody() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ann = firm.lead("Ann");
    firm.rotation("default", None, &[Role::Rep]);
    let rita = firm.person(Role::Rep).id;
    people::deactivate(&mut app.connect(), &firm.owner(), rita).unwrap();
    let owner = firm.signed_in(Role::Owner);
    let form = owner.get("/leads").form("Give").tick("Tick Ann");
    let page = owner.follow(owner.send(form.fill("Give to", "Whoever’s turn it is")));
    let said = "0 leads are given out; 1 found nobody and stays with whom it was.";
    assert_eq!(page.flash(), said);
    assert!(owner.get(&format!("/leads/{ann}")).says("Nobody yet"));
}
