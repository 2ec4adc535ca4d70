//! Making workflows.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;
use validator::Validate;

use super::differences::{write_edges, write_nodes};
use super::graph::{Edge, Graph, Node};
use super::node_config;
use super::statuses::write_statuses;
use super::version;
use super::words::{Category, GoalType, Moves, NodeType, WorkflowStatus};
use super::workflow::{Status, Workflow, load};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::workflows;
use crate::error::{FieldErrors, Problem, Result};
use crate::{ids, text};

/// The statuses every workflow is made with (contract §3): key, label, colour, category, and
/// whether they end a run.
const STATUSES: [(&str, &str, &str, Category, bool); 7] = [
    ("new", "New", "#64748b", Category::Open, false),
    ("contacted", "Contacted", "#3b82f6", Category::Active, false),
    ("engaged", "Engaged", "#6366f1", Category::Active, false),
    ("qualified", "Qualified", "#0d9488", Category::Active, false),
    ("converted", "Converted", "#16a34a", Category::Won, true),
    ("lost", "Lost", "#dc2626", Category::Lost, true),
    ("expired", "Expired", "#9a6700", Category::Lost, true),
];

/// A workflow to be made.
#[derive(Debug, Clone, PartialEq, Validate)]
pub struct NewWorkflow {
    /// Its name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200), custom(function = "text::check_nul"))]
    pub name: String,
    /// What it is about, at most 2,000 characters.
    #[validate(length(max = 2000), custom(function = "text::check_nul"))]
    pub description: Option<String>,
    /// What it is for.
    pub goal_type: GoalType,
    /// Where its life begins.
    pub status: WorkflowStatus,
    /// Its nodes, from the top down.
    pub nodes: Vec<NewNode>,
    /// Its edges, in the order they are tried.
    pub edges: Vec<NewEdge>,
}

/// A node to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNode {
    /// What it does.
    pub node_type: NodeType,
    /// What people call it.
    pub label: String,
    /// How it does it.
    pub config: Value,
}

/// An edge to be made, between nodes by their place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEdge {
    /// Where it starts.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// The outcome that takes it; none takes every outcome.
    pub label: Option<String>,
}

/// The room a node takes on a canvas, from one to the next.
pub(super) const NODE_HEIGHT: f64 = 120.0;

/// Makes a workflow with the statuses of contract §3.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::Invalid`] when the name is not
/// right, a node's config can't be read or an edge leads to a node that is not there.
pub fn create(conn: &mut PgConnection, caller: &Caller, input: NewWorkflow) -> Result<Workflow> {
    caller.require(Permission::WriteWorkflows)?;
    let input = checked(input)?;
    let id = ids::new(caller.now);
    let mut graph = drawn(&input, id, caller);
    let step_count = graph.number_steps();
    conn.transaction(|conn| {
        diesel::insert_into(workflows::table)
            .values((
                workflows::account_id.eq(caller.account.id),
                workflows::id.eq(id),
                workflows::name.eq(&input.name),
                workflows::description.eq(&input.description),
                workflows::status.eq(input.status),
                workflows::goal_type.eq(input.goal_type),
                workflows::step_count.eq(step_count),
                workflows::created_at.eq(caller.now),
                workflows::updated_at.eq(caller.now),
            ))
            .execute(conn)?;
        write_statuses(conn, caller, id, &first_statuses(id, caller))?;
        write_nodes(conn, caller.account.id, id, graph.nodes.iter())?;
        write_edges(conn, caller.account.id, id, graph.edges.iter().enumerate())?;
        if input.status != WorkflowStatus::Draft {
            version::publish(conn, caller, id, &mut graph, Moves::Stay)?;
        }
        let created = Change {
            event: Event::WorkflowCreated,
            subject: Subject::Workflow,
            subject_id: id,
            data: json!({
                "name": input.name, "description": input.description,
                "goal_type": input.goal_type, "status": input.status,
                "nodes": graph.nodes.len(), "edges": graph.edges.len(),
            }),
        };
        audit::write(conn, caller, &[created])?;
        load(conn, caller, id)
    })
}

fn checked(input: NewWorkflow) -> Result<NewWorkflow> {
    let input = NewWorkflow {
        name: input.name.trim().to_owned(),
        description: text::clean(input.description),
        ..input
    };
    let mut errors = match input.validate() {
        Ok(()) => FieldErrors::default(),
        Err(errors) => FieldErrors::from_validator(&errors, &["name", "description"]),
    };
    for node in &input.nodes {
        if let Err(wrong) = node_config::read(node.node_type, &node.config) {
            errors.0.extend(wrong.0);
        }
    }
    let nodes = input.nodes.len();
    if input
        .edges
        .iter()
        .any(|edge| edge.from >= nodes || edge.to >= nodes)
    {
        let sentence = "An edge leads to a node that is not there".into();
        errors.push("edges", Problem::Said(sentence));
    }
    errors.or(input)
}

/// The statuses with their ids.
fn first_statuses(workflow_id: Uuid, caller: &Caller) -> Vec<Status> {
    let status = |(key, label, color, category, is_terminal): (&str, &str, &str, _, _)| Status {
        id: ids::new(caller.now),
        workflow_id,
        key: key.to_owned(),
        label: label.to_owned(),
        color: color.to_owned(),
        category,
        is_terminal,
    };
    STATUSES.into_iter().map(status).collect()
}

/// The graph with its ids.
fn drawn(input: &NewWorkflow, workflow_id: Uuid, caller: &Caller) -> Graph {
    let tops = (0..).map(|place| f64::from(place) * NODE_HEIGHT);
    let nodes: Vec<Node> = input
        .nodes
        .iter()
        .zip(tops)
        .map(|(node, top)| Node {
            id: ids::new(caller.now),
            workflow_id,
            node_type: node.node_type,
            label: node.label.clone(),
            position_x: 0.0,
            position_y: top,
            config: node.config.clone(),
            step_number: None,
        })
        .collect();
    let edges = input
        .edges
        .iter()
        .map(|edge| Edge {
            id: ids::new(caller.now),
            workflow_id,
            from_node_id: nodes[edge.from].id,
            to_node_id: nodes[edge.to].id,
            label: edge.label.clone(),
        })
        .collect();
    Graph { nodes, edges }
}
