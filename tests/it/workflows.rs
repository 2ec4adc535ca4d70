//! Workflows as the rooms keep them: what no call of the API shows, or not at once.

use std::thread;

use leadline::audit::{self, Entry, Event};
use leadline::caller::{Actor, Caller, Role};
use leadline::error::Error;
use leadline::hours::ContactHours;
use leadline::patch::Patch;
use leadline::workflows::{
    self, EdgeInput, Graph, Moves, NodeChanges, NodeInput, NodeType, Priority, StatusChanges,
    WorkflowChanges, WorkflowStatus,
};
use serde_json::json;
use uuid::Uuid;

use crate::app::{Firm, TestApp};

fn node(label: &str) -> NodeInput {
    NodeInput {
        node_type: NodeType::Time,
        label: Some(label.to_owned()),
        position_x: None,
        position_y: None,
        config: json!({ "delay_hours": 1 }),
    }
}

/// What was written down of a workflow since it was made, the newest first.
fn entries(app: &TestApp, firm: &Firm<'_>, id: Uuid) -> Vec<Entry> {
    let mut found = audit::of_subject(&mut app.connect(), &firm.owner(), id, 50).unwrap();
    found.retain(|entry| entry.event != Event::WorkflowCreated);
    found
}

fn graph(app: &TestApp, firm: &Firm<'_>, id: Uuid) -> Graph {
    workflows::graph(&mut app.connect(), &firm.owner(), id).unwrap()
}

#[test]
fn an_edit_is_written_as_its_differences_and_told_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[NodeType::Sms, NodeType::Sms]);
    let before = graph(&app, &firm, id);
    let (first, second) = (before.nodes[0].id, before.nodes[1].id);
    let conn = &mut app.connect();
    // The edges swap their ends, which no single row could.
    workflows::edit(conn, &firm.owner(), id, |graph| {
        graph.nodes[0].label = " Hello ".to_owned();
        graph.edges[0].label = Some("FAILED".to_owned());
        graph.edges.swap(0, 1);
        Ok(())
    })
    .unwrap();
    let after = graph(&app, &firm, id);
    assert_eq!(after.node(first).unwrap().label, "Hello");
    // A lead that answers none of them has no way to the second any more.
    assert_eq!(after.node(second).unwrap().step_number, None);
    let places = |graph: &Graph| graph.edges.iter().map(|edge| edge.id).collect::<Vec<_>>();
    let mut swapped = places(&before);
    swapped.reverse();
    assert_eq!(places(&after), swapped);
    let told = entries(&app, &firm, id);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].event, Event::WorkflowUpdated);
    let nodes = &told[0].data["nodes"];
    assert_eq!(nodes["changed"].as_array().unwrap().len(), 1);
    assert_eq!(
        nodes["changed"][0]["changes"],
        json!({ "label": { "from": "SMS", "to": "Hello" } })
    );
    assert_eq!(told[0].data["edges"]["added"].as_array().unwrap().len(), 1);
    // Nothing changed, nothing told.
    workflows::edit(conn, &firm.owner(), id, |_| Ok(())).unwrap();
    assert_eq!(entries(&app, &firm, id).len(), 1);
}

#[test]
fn labels_of_edges_may_be_exchanged() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let conn = &mut app.connect();
    let made = graph(&app, &firm, id);
    let input = EdgeInput {
        from_node_id: made.nodes[0].id,
        to_node_id: made.nodes[1].id,
        label: Some("FAILED".to_owned()),
    };
    workflows::add_edge(conn, &firm.owner(), id, input).unwrap();
    workflows::edit(conn, &firm.owner(), id, |graph| {
        let label = graph.edges[0].label.take();
        graph.edges[0].label = graph.edges[1].label.take();
        graph.edges[1].label = label;
        Ok(())
    })
    .unwrap();
    let labels: Vec<_> = graph(&app, &firm, id)
        .edges
        .into_iter()
        .map(|edge| edge.label)
        .collect();
    assert_eq!(labels, [Some("FAILED".to_owned()), None]);
}

#[test]
fn an_edit_that_is_refused_leaves_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let before = graph(&app, &firm, id);
    let conn = &mut app.connect();
    let refused = workflows::edit(conn, &firm.owner(), id, |graph| {
        graph.nodes[0].label = "Hello".to_owned();
        graph.edges[0].to_node_id = Uuid::now_v7();
        Ok(())
    });
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    assert_eq!(graph(&app, &firm, id), before);
    assert!(entries(&app, &firm, id).is_empty());
    assert!(
        !workflows::find(conn, &firm.owner(), id)
            .unwrap()
            .row
            .is_edited
    );
}

#[test]
fn edits_at_once_follow_one_another() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    thread::scope(|scope| {
        for editor in 0..4 {
            let (app, firm) = (&app, &firm);
            scope.spawn(move || {
                let conn = &mut app.connect();
                for at in 0..5 {
                    let input = node(&format!("{editor}.{at}"));
                    workflows::add_node(conn, &firm.owner(), id, input).unwrap();
                }
            });
        }
    });
    let nodes = graph(&app, &firm, id).nodes;
    assert_eq!(nodes.len(), 22);
    // Each came below those that were there.
    let tops: Vec<f64> = nodes.iter().map(|node| node.position_y).collect();
    assert!(tops.is_sorted_by(|a, b| a < b), "{tops:?}");
}

#[test]
fn hours_and_priority_of_a_workflow_are_its_own() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let conn = &mut app.connect();
    let owner = firm.owner();
    assert_eq!(workflows::contact_hours(conn, &owner, id).unwrap(), None);
    let changes = WorkflowChanges {
        priority: Some(Priority::High),
        contact_hours: Patch::Set(ContactHours::default()),
        ..WorkflowChanges::default()
    };
    let changed = workflows::update(conn, &owner, id, changes).unwrap();
    assert_eq!(changed.row.priority, Priority::High);
    assert_eq!(
        workflows::contact_hours(conn, &owner, id).unwrap(),
        Some(ContactHours::default())
    );
    let never = ContactHours {
        days: [None; 7],
        holidays: Vec::new(),
    };
    let changes = WorkflowChanges {
        contact_hours: Patch::Set(never),
        ..WorkflowChanges::default()
    };
    let refused = workflows::update(conn, &owner, id, changes);
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    let changes = WorkflowChanges {
        contact_hours: Patch::Clear,
        ..WorkflowChanges::default()
    };
    workflows::update(conn, &owner, id, changes).unwrap();
    assert_eq!(workflows::contact_hours(conn, &owner, id).unwrap(), None);
    assert_eq!(entries(&app, &firm, id).len(), 2);
}

#[test]
fn new_leads_begin_with_the_first_status() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let conn = &mut app.connect();
    let owner = firm.owner();
    let statuses = workflows::find(conn, &owner, id).unwrap().statuses;
    let mut order: Vec<Uuid> = statuses.iter().map(|status| status.id).collect();
    order.swap(0, 1);
    workflows::reorder_statuses(conn, &owner, id, &order).unwrap();
    let entrance = workflows::entrances(conn, &owner, &[id]).unwrap();
    assert_eq!(entrance[&id].status_key, "contacted");
    for order in [&order[1..], &[order[0]; 7]] {
        let refused = workflows::reorder_statuses(conn, &owner, id, order);
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
}

#[test]
fn a_workflow_that_is_done_takes_no_more_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let conn = &mut app.connect();
    let done = workflows::complete(conn, &firm.owner(), id).unwrap();
    assert_eq!(done.row.status, WorkflowStatus::Completed);
    let again = workflows::complete(conn, &firm.owner(), id);
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    let lead = json!({ "first_name": "Ann", "workflow_id": id });
    assert_eq!(firm.program().post("/leads", &lead).status, 409);
}

#[test]
fn those_who_work_leads_do_not_change_workflows() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let conn = &mut app.connect();
    let part = graph(&app, &firm, id).nodes[0].id;
    for role in [Role::Rep, Role::Viewer] {
        let caller = Caller {
            actor: Actor::User(firm.person(role).clone()),
            ..firm.owner()
        };
        let edge = EdgeInput {
            from_node_id: part,
            to_node_id: part,
            label: None,
        };
        let refused = [
            workflows::add_node(conn, &caller, id, node("A")).map(drop),
            workflows::update_node(conn, &caller, id, part, NodeChanges::default()).map(drop),
            workflows::delete_node(conn, &caller, id, part),
            workflows::add_edge(conn, &caller, id, edge).map(drop),
            workflows::delete_edge(conn, &caller, id, part),
            workflows::update(conn, &caller, id, WorkflowChanges::default()).map(drop),
            workflows::activate(conn, &caller, id, Moves::Stay).map(drop),
            workflows::publish(conn, &caller, id, Moves::Stay).map(drop),
            workflows::pause(conn, &caller, id).map(drop),
            workflows::resume(conn, &caller, id).map(drop),
            workflows::complete(conn, &caller, id).map(drop),
            workflows::cancel(conn, &caller, id).map(drop),
            workflows::duplicate(conn, &caller, id).map(drop),
            workflows::delete(conn, &caller, id),
            workflows::reorder_statuses(conn, &caller, id, &[]),
            workflows::update_status(conn, &caller, id, part, StatusChanges::default()).map(drop),
            workflows::delete_status(conn, &caller, id, part),
        ];
        for refused in refused {
            assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
        }
        assert!(workflows::check::checked(conn, &caller, id).is_ok());
        assert!(workflows::publish_preview(conn, &caller, id).is_ok());
    }
}
