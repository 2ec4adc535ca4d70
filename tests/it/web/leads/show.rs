//! A lead's own page.

use leadline::caller::Role;
use leadline::workflows::NodeType::{Email, VoiceCall};
use serde_json::json;

use crate::app::{Firm, TestApp};

fn enrolled(firm: &Firm<'_>) -> String {
    let workflow = firm.workflow("Sales Outreach", &[VoiceCall, Email]);
    let lead = json!({ "first_name": "Ann", "last_name": "Zamora", "phone": "+12015550123",
        "workflow_id": workflow, "edad": 35, "vip": true, "owner": firm.email(Role::Rep) });
    let body = firm.program().post("/leads", &lead).of(201);
    format!("/leads/{}", body["lead"]["id"].as_str().unwrap())
}

#[test]
fn a_lead_shows_where_it_stands_and_what_is_known() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let page = firm.signed_in(Role::Viewer).get(&enrolled(&firm));
    assert_eq!(page.heading(), "Ann Zamora");
    for fact in [
        "New",
        "Sales Outreach",
        "step 1 of 2",
        "Rita Osei",
        "(201) 555-0123",
        "attempt 1 of 3",
    ] {
        assert!(page.says(fact), "{fact}: {page:?}");
    }
    assert!(
        page.row("edad").contains(&"35".to_owned()) && page.row("vip").contains(&"yes".to_owned())
    );
    assert!(
        !page.has_link("Edit") && !page.has_button("Add note"),
        "a viewer looks: {page:?}"
    );
}

#[test]
fn the_audit_tells_who_did_it_and_masks_the_key() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = enrolled(&firm);
    let admin = firm.signed_in(Role::Admin);
    let page = admin.get(&path);
    let tab = page.attribute("a[href*='tab=audit']", "href").unwrap();
    let page = admin.get(tab.trim_end_matches("#s-tl"));
    for word in [
        "lead_created",
        "lead_enrolled",
        "/api/public/leads",
        "x-api-key",
        "***",
    ] {
        assert!(page.says(word), "{word}: {page:?}");
    }
    assert!(!page.body.contains("nxr_live_"), "{page:?}");
    let manager = firm.signed_in(Role::Manager);
    assert!(!manager.get(&path).has_link("Audit"));
    assert!(!manager.get(&format!("{path}?tab=audit")).says("x-api-key"));
}

#[test]
fn whoever_opens_a_lead_can_take_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/leads/{}", firm.lead("Ann"));
    let rep = firm.signed_in(Role::Rep);
    let page = rep.follow(rep.send(rep.get(&path).form("Take it")));
    assert!(page.says("Rita Osei, you"), "{page:?}");
    assert!(!page.has_button("Take it"));
    let manager = firm.signed_in(Role::Manager);
    let page = manager.follow(manager.send(manager.get(&path).form("Take over")));
    assert!(page.says("Mona Lindqvist, you"), "{page:?}");
}

#[test]
fn neighbours_are_those_of_the_list_one_came_from() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for name in ["Ann", "Bob", "Anders"] {
        firm.lead(name);
        app.wait(chrono::TimeDelta::minutes(1));
    }
    let rep = firm.signed_in(Role::Rep);
    let newest = rep.get("/leads").link("Anders");
    let page = rep.get(&newest);
    let next = page.attribute("a[rel=next]", "href").unwrap();
    assert_eq!(rep.get(&next).heading(), "Bob");
    let list = "list=q%3Dan";
    let page = rep.get(&format!("{newest}?{list}"));
    let next = rep.get(&page.attribute("a[rel=next]", "href").unwrap());
    assert_eq!(next.heading(), "Ann", "Bob is not in this list");
    assert_eq!(page.link("Leads"), "/leads");
}

#[test]
fn markup_in_a_lead_is_shown_and_not_obeyed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let nasty = "<img src=x onerror=alert(1)>";
    let body = firm.program().post("/leads", &json!({
        "first_name": nasty, "company": nasty, "email": "a@b.example", "phone": nasty, nasty: nasty
    }));
    let body = body.of(201);
    let path = format!("/leads/{}", body["lead"]["id"].as_str().unwrap());
    let rep = firm.signed_in(Role::Rep);
    for path in [
        path.clone(),
        format!("{path}?tab=audit"),
        format!("{path}/edit"),
        "/leads".to_owned(),
    ] {
        let page = rep.get(&path);
        assert!(page.attribute("img", "src").is_none(), "{page:?}");
        assert!(
            page.body.contains("&#60;img") || page.body.contains("&lt;img"),
            "{page:?}"
        );
    }
}

#[test]
fn a_lead_page_asks_a_fixed_number_of_questions() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = enrolled(&firm);
    let rep = firm.signed_in(Role::Rep);
    let (_, few) = app.statements(|| rep.get(&path));
    for number in 0..30 {
        rep.post(
            &format!("{path}/notes"),
            &[("body", &format!("Note {number}"))],
        );
    }
    rep.get(&path);
    let (page, many) = app.statements(|| rep.get(&path));
    assert!(page.says("Note 29"));
    assert!(many.len() <= few.len() + 1 && many.len() <= 20, "{many:#?}");
}
