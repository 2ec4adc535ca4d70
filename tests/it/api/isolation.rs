//! Another account's id reads exactly like an id that does not exist, call by call.

use leadline::caller::Role;
use leadline::routes::Route;
use leadline::workflows::NodeType;
use serde_json::{Value, json};
use uuid::Uuid;

use super::routes::{call, call_with, calls, with};
use crate::app::{Firm, TestApp, WithKey};

/// The path of a call for things of this account, and the body when it names more of them. A new
/// call has to be named here.
fn own(firm: &Firm<'_>, program: &WithKey, route: Route) -> (String, Option<Value>) {
    let id = match route.path.split('/').nth(1) {
        Some("leads") if in_a_workflow(route.path) => return own_cadence(firm, program, route),
        Some("leads") => firm.lead("Ann"),
        Some("campaigns") => firm.campaign("Spring").id,
        Some("teams") => firm.team(&Uuid::now_v7().to_string(), &[]),
        Some("lead-sources") => firm.source(&Uuid::now_v7().to_string(), None),
        Some("lead-rotations") => {
            let team = firm.team(&Uuid::now_v7().to_string(), &[]);
            let id = firm.rotation("North", Some(team), &[Role::Rep]);
            let body = route
                .path
                .ends_with("/status")
                .then(|| json!({ "status": "queued" }));
            return (with(route.path, &id.to_string()), body);
        }
        Some("calling-numbers" | "destinations") => return own_setting(program, route),
        Some("workflows") => return own_workflow(firm, program, route),
        _ => panic!("say in this test what {} could be asked for", route.path),
    };
    (with(route.path, &id.to_string()), None)
}

/// A new one of what every account has set.
fn own_setting(program: &WithKey, route: Route) -> (String, Option<Value>) {
    let list = route.path.trim_end_matches("/{id}");
    for one in program.get(list).of(200)["data"].as_array().unwrap() {
        program.delete(&format!("{list}/{}", one["id"].as_str().unwrap()));
    }
    let new = match list {
        "/destinations" => json!({ "country": "CL" }),
        _ => json!({ "phone_number": "+56225550199" }),
    };
    let made = program.post(list, &new).of(201);
    let path = with(route.path, made["id"].as_str().unwrap());
    (path, Some(json!({})))
}

/// Whether a call is about a lead's way through a workflow.
fn in_a_workflow(path: &str) -> bool {
    ["assign-workflow", "status", "automation"]
        .iter()
        .any(|part| path.contains(part))
}

/// A lead in a workflow, which some calls name.
fn own_cadence(firm: &Firm<'_>, program: &WithKey, route: Route) -> (String, Option<Value>) {
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let lead = enrolled(program, &workflow.to_string());
    let body = match route.path.rsplit('/').next() {
        Some("assign-workflow") => Some(json!({ "workflowId": workflow })),
        Some("stop" | "resume") => Some(json!({ "workflow_id": workflow })),
        _ => None,
    };
    (with(route.path, lead["lead"]["id"].as_str().unwrap()), body)
}

fn enrolled(program: &WithKey, workflow: &str) -> Value {
    let lead = json!({ "first_name": "Ann", "workflow_id": workflow });
    program.post("/leads", &lead).of(201)
}

/// The same for a workflow in the state in which the call may be made.
fn own_workflow(firm: &Firm<'_>, program: &WithKey, route: Route) -> (String, Option<Value>) {
    let id = firm.workflow("Outreach", &[NodeType::Sms]).to_string();
    let workflow = format!("/workflows/{id}");
    let part = |kind: &str, place: usize| {
        let parts = program.get(&format!("{workflow}/{kind}")).of(200);
        parts["data"][place]["id"].as_str().unwrap().to_owned()
    };
    let (sms, end) = (part("nodes", 0), part("nodes", 1));
    match (route.method, route.path) {
        (_, "/workflows/{id}/resume") | ("DELETE", "/workflows/{id}") => {
            program
                .post(&format!("{workflow}/pause"), &json!({}))
                .of(200);
        }
        (_, "/workflows/{id}/activate") => {
            let node = format!("{workflow}/nodes/{sms}");
            program.patch(&node, &json!({ "label": "Edited" })).of(200);
        }
        _ => {}
    }
    let mut template = route.path.to_owned();
    if template.contains("{run_id}") {
        let run = enrolled(program, &id);
        let run = run["workflow_run"]["id"].as_str().unwrap();
        template = template.replace("{run_id}", run);
    }
    let path = template
        .replace("{status_id}", &part("statuses", 6))
        .replace("{node_id}", &end)
        .replace("{edge_id}", &part("edges", 0));
    let edge = json!({ "from_node_id": sms, "to_node_id": end, "label": "FAILED" });
    let names_more = route.method == "POST" && route.path.ends_with("/edges");
    (with(&path, &id), names_more.then_some(edge))
}

#[test]
fn another_accounts_things_do_not_exist() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let (program, other_program) = (firm.program(), other.program());
    for route in calls().into_iter().filter(|route| route.path.contains('{')) {
        let make = |path: &str, body: Option<Value>| match body {
            Some(body) => call_with(&program, route.method, path, &body),
            None => call(&program, route.method, path),
        };
        let (path, body) = own(&other, &other_program, route);
        let theirs = make(&path, body.clone());
        let nobodys = make(&with(route.path, &Uuid::now_v7().to_string()), body);
        assert_eq!(theirs.of(404), nobodys.of(404));
        let (path, body) = own(&firm, &program, route);
        let own = make(&path, body);
        assert!(
            own.status < 300,
            "the case of {} shows nothing: {own:?}",
            route.path
        );
    }
}

#[test]
fn parts_of_another_workflow_are_not_found_in_ones_own() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let program = firm.program();
    let second = |firm: &Firm<'_>, program: &WithKey, kind: &str| -> String {
        let id = firm.workflow("Second", &[NodeType::Sms]);
        let parts = program.get(&format!("/workflows/{id}/{kind}")).of(200);
        parts["data"][0]["id"].as_str().unwrap().to_owned()
    };
    let other_program = other.program();
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    for (kind, noun) in [("statuses", "Status"), ("nodes", "Node"), ("edges", "Edge")] {
        for part in [
            second(&firm, &program, kind),
            second(&other, &other_program, kind),
        ] {
            let path = format!("/workflows/{id}/{kind}/{part}");
            let message = format!("{noun} not found or does not belong to your account");
            program.delete(&path).is_error(404, "Not found", &message);
        }
    }
    for node in [
        second(&firm, &program, "nodes"),
        second(&other, &other_program, "nodes"),
    ] {
        let edge = json!({ "from_node_id": node, "to_node_id": node });
        program
            .post(&format!("/workflows/{id}/edges"), &edge)
            .is_error(
                400,
                "Validation error",
                "from_node_id is not a node of this workflow",
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
        ("team_id", json!(other.team("North", &[]))),
        ("lead_source_id", json!(other.source("Fair", None))),
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
    other.source("Fair", Some(other.team("North", &[])));
    other.rotation("default", None, &[Role::Rep]);
    for list in [
        "/leads",
        "/campaigns",
        "/workflows",
        "/teams",
        "/lead-sources",
        "/lead-rotations",
    ] {
        let answer = app.with_key(&firm.key(list, &[])).get(list).of(200);
        assert_eq!(
            (&answer["data"], &answer["meta"]["total"]),
            (&json!([]), &json!(0))
        );
    }
}
