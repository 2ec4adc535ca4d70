//! Adding a lead by hand.

use leadline::caller::Role;
use leadline::workflows::NodeType::{Email, VoiceCall};

use crate::app::{Browser, Form, TestApp};

fn blank(browser: &Browser) -> Form {
    browser.get("/leads/new").form("Add lead")
}

#[test]
fn a_first_name_is_enough() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let answer = rep.send(blank(&rep).fill("First name", " Ann "));
    assert_eq!(answer.status, 303, "{answer:?}");
    let page = rep.follow(answer);
    assert_eq!(
        (page.heading().as_str(), page.flash().as_str()),
        ("Ann", "Ann is here.")
    );
    assert!(page.says("In no workflow."), "{page:?}");
    assert!(
        page.says("Rita Osei"),
        "whoever adds a lead owns it: {page:?}"
    );
}

#[test]
fn every_field_is_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.campaign("Spring");
    firm.workflow("Sales Outreach", &[VoiceCall]);
    let manager = firm.signed_in(Role::Manager);
    let form = blank(&manager)
        .fill("First name", "Ann")
        .fill("Last name", "Zamora")
        .fill("Company", "Boats & Co")
        .fill("Title", "Captain")
        .fill("Phone", "(201) 555-0123")
        .fill("E-mail", "ann@boats.example")
        .fill("Owner", "Rita Osei")
        .fill("Source", "fair")
        .fill("Campaign", "Spring")
        .fill("Workflow", "Sales Outreach")
        .fill("External id", "crm-7");
    let page = manager.follow(manager.send(form));
    assert_eq!(
        page.flash(),
        "Ann Zamora is here, enrolled in Sales Outreach."
    );
    for fact in [
        "Boats & Co",
        "Captain",
        "(201) 555-0123",
        "ann@boats.example",
        "Rita Osei",
        "fair",
        "Spring",
        "Sales Outreach",
        "crm-7",
    ] {
        assert!(page.says(fact), "{fact}: {page:?}");
    }
    assert!(page.body.contains("href=\"tel:+12015550123\""));
}

#[test]
fn what_was_typed_is_kept_when_something_is_wrong() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let form = blank(&rep)
        .fill("Company", "Boats")
        .fill("E-mail", "ann@")
        .fill("Phone", &"1".repeat(65));
    let page = rep.send(form);
    assert_eq!(page.status, 422);
    assert_eq!(page.problem_of("First name"), "First name is required");
    assert_eq!(
        page.problem_of("E-mail"),
        "E-mail must look like name@example.com"
    );
    assert_eq!(
        page.problem_of("Phone"),
        "Phone must be at most 64 characters long"
    );
    assert_eq!(
        (
            page.field("Company").value.as_str(),
            page.field("E-mail").value.as_str()
        ),
        ("Boats", "ann@")
    );
    assert!(rep.get("/leads").says("No leads yet"));
}

#[test]
fn a_workflow_with_calls_asks_for_a_phone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.workflow("Sales Outreach", &[VoiceCall]);
    let rep = firm.signed_in(Role::Rep);
    let form = blank(&rep)
        .fill("First name", "Ann")
        .fill("Workflow", "Sales Outreach");
    let page = rep.send(form);
    assert_eq!(page.status, 422);
    assert!(
        page.problem_of("Phone")
            .contains("is required when assigning to a workflow with call steps")
    );
    let page = rep.follow(rep.send(page.form("Add lead").fill("Phone", "+12015550123")));
    assert_eq!(page.heading(), "Ann");
}

#[test]
fn a_first_message_needs_a_workflow() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.workflow("Letters", &[Email]);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.send(
        blank(&rep)
            .fill("First name", "Ann")
            .fill("First message", "Hello"),
    );
    assert_eq!(
        (page.status, page.field("First message").value.as_str()),
        (422, "Hello")
    );
    assert!(!page.problem_of("First message").is_empty());
}

#[test]
fn keys_are_added_and_removed_without_a_script() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let page = rep.send(
        rep.get("/leads/new")
            .form("Add a key")
            .fill("First name", "Ann"),
    );
    assert_eq!(
        (page.status, page.field("First name").value.as_str()),
        (200, "Ann")
    );
    let form = page
        .form("Add a key")
        .fill("Key", "edad")
        .forge("type", "number")
        .forge("value", "many");
    let page = rep.send(form);
    let page = rep.send(page.form("Remove this row"));
    let page = rep.send(page.form("Add lead"));
    assert_eq!(
        (page.status, page.problem_of("Value of edad").as_str()),
        (422, "edad must be a number, such as 34 or 2.5")
    );
    let page = rep.follow(rep.send(page.form("Add lead").fill("Value of edad", "34")));
    assert!(page.row("edad").contains(&"34".to_owned()), "{page:?}");
}

#[test]
fn an_owner_or_campaign_of_another_account_is_refused() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let rep = firm.signed_in(Role::Rep);
    for (field, value) in [
        ("campaign_id", other.campaign("Theirs").id.to_string()),
        ("owner", other.person(Role::Rep).id.to_string()),
        (
            "workflow_id",
            other.workflow("Theirs", &[Email]).to_string(),
        ),
        ("team_id", other.team("Theirs", &[]).to_string()),
        ("lead_source_id", other.source("Theirs", None).to_string()),
        ("campaign_id", "nonsense".to_owned()),
    ] {
        let page = rep.send(blank(&rep).fill("First name", "Ann").forge(field, &value));
        assert_eq!(page.status, 422, "{field} {page:?}");
        assert!(!page.summary().is_empty(), "{page:?}");
    }
    assert!(rep.get("/leads").says("No leads yet"));
}

#[test]
fn a_lead_belongs_to_a_team_and_comes_from_one_of_its_sources() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let (north, south) = (firm.team("North", &[]), firm.team("South", &[]));
    let fair = firm.source("Fair", Some(north));
    let typed = |team: uuid::Uuid| {
        let form = blank(&rep).fill("First name", "Ann");
        form.fill("Team", &team.to_string())
            .fill("Lead source", &fair.to_string())
    };
    let page = rep.send(typed(south));
    assert_eq!(
        (page.status, page.problem_of("Lead source").as_str()),
        (422, "Lead source belongs to a team that the lead is not in")
    );
    assert_eq!(page.field("Team").value, south.to_string());
    let page = rep.follow(rep.send(typed(north)));
    assert_eq!(page.link("North"), format!("/leads?team_id={north}"));
    assert_eq!(page.link("Fair"), format!("/leads?lead_source_id={fair}"));
}
