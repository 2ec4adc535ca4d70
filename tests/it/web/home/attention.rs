//! What wants somebody.

use diesel::prelude::*;
use leadline::caller::Role;
use leadline::connectors::{self, Channel};
use leadline::workflows::NodeType::{Email, VoiceCall};
use serde_json::json;

use super::{opened, owned};
use crate::app::TestApp;

#[test]
fn a_connector_that_fails_is_told_until_it_works() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.workflow("Outreach", &[VoiceCall]);
    firm.lead_with(owned(&firm));
    firm.keep_messages(Channel::Email);
    let account = firm.owner().account.id;
    let (rep, admin) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Admin));
    let calm = "Nothing needs attention.";
    assert!(rep.get("/").says(calm), "{:?}", rep.get("/"));
    let now = app.clock.now();
    let conn = &mut app.connect();
    let why = "the server does not answer";
    connectors::failed(conn, account, Channel::Email, why, now).unwrap();
    let page = rep.get("/");
    assert!(
        page.says("E-mails do not leave. The server does not answer."),
        "{page:?}"
    );
    assert!(page.says("An admin of your account can set it right."));
    let page = admin.get("/");
    assert_eq!(
        page.link("Set how they leave"),
        "/settings/connectors/email"
    );
    connectors::recovered(conn, account, Channel::Email).unwrap();
    assert!(admin.get("/").says(calm));
}

#[test]
fn leads_that_a_fault_has_stopped_are_named_until_they_are_taken_up() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Outreach", &[Email]);
    let id = firm.enrolled("Ann", workflow);
    let stop = "UPDATE workflow_runs SET status = 'failed', ended_at = $1, why = 'no answer'";
    diesel::sql_query(stop)
        .bind::<diesel::sql_types::Timestamptz, _>(app.clock.now())
        .execute(&mut app.connect())
        .unwrap();
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get("/");
    assert!(page.says("One lead was stopped by a fault"), "{page:?}");
    assert!(page.says("no answer"));
    assert_eq!(page.link("Ann"), format!("/leads/{id}"));
    let other = firm.workflow("Letters", &[Email]);
    let body = json!({ "workflowId": other });
    let path = format!("/leads/{id}/assign-workflow");
    firm.program().post(&path, &body).of(201);
    assert!(!rep.get("/").says("stopped by a fault"));
}

#[test]
fn leads_that_wait_for_their_workflow_are_told_to_those_who_can_start_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Outreach", &[Email]);
    firm.enrolled("Ann", workflow);
    let manager = firm.signed_in(Role::Manager);
    assert!(!manager.get("/").says("waits in"));
    let page = manager.get(&format!("/workflows/{workflow}"));
    manager.send(page.form("Pause"));
    let page = manager.get("/");
    assert!(
        page.says("1 lead waits in Outreach. It is paused"),
        "{page:?}"
    );
    assert_eq!(page.link("Outreach"), format!("/workflows/{workflow}"));
    assert!(page.says("1 lead has no owner"), "{page:?}");
    assert_eq!(opened(&manager, &page, "1 lead has no owner"), 1);
    let rep = firm.signed_in(Role::Rep).get("/");
    assert!(!rep.says("waits in") && !rep.says("no owner"), "{rep:?}");
}
