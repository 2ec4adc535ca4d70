//! Workflows and their parts as the API shows them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::workflows::{
    Category, Edge, GoalType, Node, NodeType, Status, Workflow, WorkflowStatus,
};

#[derive(Serialize)]
pub struct WorkflowJson {
    id: Uuid,
    name: String,
    description: Option<String>,
    status: WorkflowStatus,
    goal_type: GoalType,
    node_count: i64,
    edge_count: i64,
    enrolled_leads: i64,
    statuses: Vec<StatusJson>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// What a move is answered with.
#[derive(Serialize)]
pub struct MovedJson {
    id: Uuid,
    status: WorkflowStatus,
}

#[derive(Serialize)]
pub struct StatusJson {
    id: Uuid,
    key: String,
    label: String,
    color: String,
    category: Category,
    is_terminal: bool,
}

#[derive(Serialize)]
pub struct NodeJson {
    id: Uuid,
    workflow_id: Uuid,
    node_type: NodeType,
    label: String,
    position_x: f64,
    position_y: f64,
    config: Value,
}

#[derive(Serialize)]
pub struct EdgeJson {
    id: Uuid,
    workflow_id: Uuid,
    from_node_id: Uuid,
    to_node_id: Uuid,
    label: Option<String>,
}

impl From<Workflow> for WorkflowJson {
    fn from(Workflow { row, statuses }: Workflow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            description: row.description,
            status: row.status,
            goal_type: row.goal_type,
            node_count: row.node_count,
            edge_count: row.edge_count,
            enrolled_leads: row.enrolled_leads,
            statuses: statuses.into_iter().map(StatusJson::from).collect(),
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl From<Workflow> for MovedJson {
    fn from(Workflow { row, .. }: Workflow) -> Self {
        Self {
            id: row.id,
            status: row.status,
        }
    }
}

impl From<Status> for StatusJson {
    fn from(status: Status) -> Self {
        Self {
            id: status.id,
            key: status.key,
            label: status.label,
            color: status.color,
            category: status.category,
            is_terminal: status.is_terminal,
        }
    }
}

impl From<Node> for NodeJson {
    fn from(node: Node) -> Self {
        Self {
            id: node.id,
            workflow_id: node.workflow_id,
            node_type: node.node_type,
            label: node.label,
            position_x: node.position_x,
            position_y: node.position_y,
            config: node.config,
        }
    }
}

impl From<Edge> for EdgeJson {
    fn from(edge: Edge) -> Self {
        Self {
            id: edge.id,
            workflow_id: edge.workflow_id,
            from_node_id: edge.from_node_id,
            to_node_id: edge.to_node_id,
            label: edge.label,
        }
    }
}
