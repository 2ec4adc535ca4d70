//! The list of campaigns.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::leads::NewLead;

use crate::app::TestApp;

#[test]
fn campaigns_are_listed_newest_first_with_their_leads_counted() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let fair = firm.campaign("Boat fair");
    app.wait(TimeDelta::hours(2));
    firm.campaign("Summer offer");
    let of_fair = |first_name: &str| NewLead {
        first_name: first_name.to_owned(),
        campaign_id: Some(fair.id),
        ..NewLead::default()
    };
    firm.leads(vec![of_fair("Ann"), of_fair("Bob")]);
    firm.lead("Carl");
    let page = firm.signed_in(Role::Viewer).get("/campaigns");
    let names: Vec<_> = page
        .rows()
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    assert_eq!(
        names,
        [
            ("Summer offer".into(), "0".into()),
            ("Boat fair".into(), "2".into())
        ]
    );
    assert_eq!(
        page.link("Boat fair"),
        format!("/leads?campaign_id={}", fair.id)
    );
}

#[test]
fn nothing_yet_says_what_to_do_next() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let page = firm.signed_in(Role::Manager).get("/campaigns");
    assert!(page.says("No campaigns yet"));
    assert_eq!(page.link("New campaign"), "/campaigns/new");
    let page = firm.signed_in(Role::Rep).get("/campaigns");
    assert!(page.says("A manager or an admin of your account can make one."));
    assert!(!page.has_link("New campaign"));
}

#[test]
fn another_accounts_campaigns_are_not_listed() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    other.campaign("Secret plans");
    assert!(
        !firm
            .signed_in(Role::Owner)
            .get("/campaigns")
            .says("Secret plans")
    );
}

#[test]
fn many_campaigns_cost_no_more_questions_than_few() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    firm.campaign("One");
    let (_, few) = app.statements(|| rep.get("/campaigns"));
    for number in 0..30 {
        firm.campaign(&format!("Number {number}"));
    }
    let (page, many) = app.statements(|| rep.get("/campaigns"));
    assert_eq!(page.rows().len(), 31);
    assert_eq!(few.len(), many.len(), "{many:#?}");
    assert!((1..=4).contains(&many.len()), "{many:#?}");
}
