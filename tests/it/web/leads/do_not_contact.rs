//! A lead that is to be left alone.

use leadline::caller::Role;
use leadline::do_not_contact;
use leadline::leads::{self, NewLead};
use leadline::paging::{From, Slice};
use leadline::workflows::NodeType;

use crate::app::TestApp;

#[test]
fn its_page_says_why_and_so_does_that_of_another_lead_with_its_number() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let lead = |phone: &str| NewLead {
        first_name: "Ann".to_owned(),
        phone: Some(phone.to_owned()),
        ..NewLead::default()
    };
    let (ann, twin) = (
        firm.lead_with(lead("415 555 0142")),
        firm.lead_with(lead("+1 415 555 0142")),
    );
    let rep = firm.signed_in(Role::Rep);
    let path = format!("/leads/{ann}/do-not-contact");
    let page = rep.send(rep.get(&path).form("Do not contact"));
    assert_eq!(
        (page.status, page.problem_of("Reason").as_str()),
        (422, "Reason is required")
    );
    let form = rep.get(&path).form("Do not contact");
    let page = rep.follow(rep.send(form.fill("Reason", "asked not to be called")));
    let why = "On the do-not-contact list since 19 Nov 2026: asked not to be called (by Rita Osei)";
    assert!(page.says(why), "{page:?}");
    assert!(
        page.says("put the lead on the do-not-contact list") && page.says("asked not to be called")
    );
    let other = rep.get(&format!("/leads/{twin}"));
    assert!(other.says("Phone number on the do-not-contact list since"));
    let list = rep.get("/settings/do-not-contact");
    assert_eq!(list.link("Ann"), format!("/leads/{ann}"));
}

#[test]
fn its_workflow_stops_where_it_is() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ann = firm.enrolled("Ann", firm.workflow("Outreach", &[NodeType::Email]));
    let rep = firm.signed_in(Role::Rep);
    let form = rep.get(&format!("/leads/{ann}/do-not-contact"));
    let form = form.form("Do not contact").fill("Reason", "asked");
    assert_eq!(rep.send(form).status, 303);
    let view = leads::find(&mut app.connect(), &firm.owner(), ann).unwrap();
    assert_eq!(view.run.unwrap().status, "paused");
    let entries = do_not_contact::page(
        &mut app.connect(),
        &firm.owner(),
        &Slice {
            limit: 10,
            from: From::Start,
        },
        None,
    );
    assert_eq!(entries.unwrap().total, 2);
}
