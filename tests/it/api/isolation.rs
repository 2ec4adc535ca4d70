//! Another account's id reads exactly like an id that does not exist, call by call.

use leadline::workflows::NodeType;
use serde_json::json;
use uuid::Uuid;

use super::routes::{call, calls, with};
use crate::app::{Firm, TestApp};

/// Something of this account that the call could be made for. A new call has to be named here.
fn thing(firm: &Firm<'_>, path: &str) -> Uuid {
    match path.split('/').nth(1) {
        Some("leads") => firm.lead("Ann"),
        Some("campaigns") => firm.campaign("Spring").id,
        Some("workflows") => firm.workflow("Outreach", &[NodeType::Email]),
        _ => panic!("say in this test what {path} could be asked for"),
    }
}

#[test]
fn another_accounts_things_do_not_exist() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = firm.program();
    for route in calls().into_iter().filter(|route| route.path.contains('{')) {
        let theirs = with(route.path, &thing(&other, route.path).to_string());
        let nobodys = with(route.path, &Uuid::now_v7().to_string());
        let theirs = call(&program, route.method, &theirs);
        let nobodys = call(&program, route.method, &nobodys);
        assert_eq!(theirs.of(404), nobodys.of(404));
        let own = with(route.path, &thing(&firm, route.path).to_string());
        let own = call(&program, route.method, &own);
        assert!(
            own.status < 300,
            "the case of {} shows nothing: {own:?}",
            route.path
        );
    }
}

#[test]
fn another_accounts_things_can_not_be_named_in_a_lead() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = firm.program();
    let own = firm.lead("Ann");
    let workflow = other.workflow("Outreach", &[NodeType::Email]);
    let rep = other.person(leadline::caller::Role::Rep);
    let foreign = [
        ("campaign_id", json!(other.campaign("Spring").id)),
        ("owner", json!(rep.id)),
        ("owner", json!(rep.email)),
        ("team_id", json!(Uuid::now_v7())),
        ("lead_source_id", json!(Uuid::now_v7())),
    ];
    for (field, value) in foreign {
        let message = format!("{field} not found or does not belong to your account");
        let mut lead = json!({ "first_name": "Bob" });
        lead[field] = value.clone();
        program
            .post("/leads", &lead)
            .is_error(400, "Validation error", &message);
        let changed = program.patch(&format!("/leads/{own}"), &json!({ field: value }));
        changed.is_error(400, "Validation error", &message);
    }
    let answer = program.post(
        "/leads",
        &json!({ "first_name": "Bob", "workflow_id": workflow }),
    );
    answer.is_error(
        404,
        "Not found",
        "Workflow not found or does not belong to your account",
    );
    assert_eq!(program.get("/leads").of(200)["meta"]["total"], 1);
}

#[test]
fn lists_hold_only_what_is_ones_own() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    other.lead("Ann");
    other.campaign("Spring");
    other.workflow("Outreach", &[NodeType::Email]);
    for list in ["/leads", "/campaigns", "/workflows"] {
        let answer = app.with_key(&firm.key(list, &[])).get(list).of(200);
        assert_eq!(
            (&answer["data"], &answer["meta"]["total"]),
            (&json!([]), &json!(0))
        );
    }
}
