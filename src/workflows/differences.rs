//! What an edit changed in a graph: found, written, and told to the audit.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::upsert::excluded;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::graph::{Edge, Graph, Node};
use super::words::NodeType;
use crate::caller::Caller;
use crate::db::schema::{workflow_edges, workflow_nodes};
use crate::error::Result;

/// What became of a graph. An edge stands at its place in the order in which edges are tried; one
/// that moved is changed.
#[derive(Debug, Default)]
pub(super) struct Differences<'a> {
    added: Vec<&'a Node>,
    changed: Vec<(&'a Node, &'a Node)>,
    removed: Vec<&'a Node>,
    edges_out: Vec<&'a Edge>,
    edges_in: Vec<(usize, &'a Edge)>,
}

impl<'a> Differences<'a> {
    /// What is not the same in two graphs.
    pub fn between(before: &'a Graph, after: &'a Graph) -> Self {
        let mut found = Self::default();
        for node in &after.nodes {
            match before.node(node.id) {
                None => found.added.push(node),
                Some(old) if old != node => found.changed.push((old, node)),
                Some(_) => {}
            }
        }
        let removed = before.nodes.iter();
        found.removed = removed
            .filter(|node| after.node(node.id).is_none())
            .collect();
        let at = |graph: &'a Graph, place: usize, edge: &Edge| graph.edges.get(place) == Some(edge);
        let placed = |graph: &'a Graph| graph.edges.iter().enumerate();
        found.edges_out = placed(before)
            .filter(|(place, edge)| !at(after, *place, edge))
            .map(|(_, edge)| edge)
            .collect();
        found.edges_in = placed(after)
            .filter(|(place, edge)| !at(before, *place, edge))
            .collect();
        found
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.changed.is_empty()
            && self.removed.is_empty()
            && self.edges_out.is_empty()
            && self.edges_in.is_empty()
    }

    /// What the audit keeps.
    pub fn facts(&self) -> Value {
        let name =
            |node: &Node| json!({"id": node.id, "label": node.label, "node_type": node.node_type});
        let changed = self.changed.iter().filter_map(|(old, new)| {
            let changes = node_changes(old, new);
            let mut facts = name(new);
            facts["changes"] = Value::Object(changes);
            (facts["changes"] != json!({})).then_some(facts)
        });
        let edges_in = self.edges_in.iter().map(|(_, edge)| *edge);
        let stays = |one: &Edge| edges_in.clone().any(|edge| edge == one);
        let was = |one: &Edge| self.edges_out.contains(&one);
        json!({
            "nodes": {
                "added": self.added.iter().map(|node| name(node)).collect::<Value>(),
                "changed": changed.collect::<Value>(),
                "removed": self.removed.iter().map(|node| name(node)).collect::<Value>(),
            },
            "edges": {
                "added": edges_in.clone().filter(|edge| !was(edge)).map(told).collect::<Value>(),
                "removed": self
                    .edges_out
                    .iter()
                    .filter(|edge| !stays(edge))
                    .map(|edge| told(edge))
                    .collect::<Value>(),
            },
        })
    }
}

fn told(edge: &Edge) -> Value {
    json!({
        "id": edge.id, "from_node_id": edge.from_node_id, "to_node_id": edge.to_node_id,
        "label": edge.label,
    })
}

/// What people changed of a node; its number follows from the rest.
fn node_changes(old: &Node, new: &Node) -> Map<String, Value> {
    let mut changes = Map::new();
    let mut compare = |field: &str, from: Value, to: Value| {
        if from != to {
            changes.insert(field.to_owned(), json!({"from": from, "to": to}));
        }
    };
    compare("label", json!(old.label), json!(new.label));
    compare("position_x", json!(old.position_x), json!(new.position_x));
    compare("position_y", json!(old.position_y), json!(new.position_y));
    compare("config", old.config.clone(), new.config.clone());
    changes
}

#[derive(Insertable)]
#[diesel(table_name = workflow_nodes, treat_none_as_default_value = false)]
struct NodeRow<'a> {
    account_id: Uuid,
    id: Uuid,
    workflow_id: Uuid,
    node_type: NodeType,
    label: &'a str,
    position_x: f64,
    position_y: f64,
    config: &'a Value,
    step_number: Option<i32>,
}

#[derive(Insertable)]
#[diesel(table_name = workflow_edges, treat_none_as_default_value = false)]
struct EdgeRow<'a> {
    account_id: Uuid,
    id: Uuid,
    workflow_id: Uuid,
    from_node_id: Uuid,
    to_node_id: Uuid,
    label: Option<&'a str>,
    position: i32,
}

/// Writes the differences in four statements at most, inside the caller's transaction.
pub(super) fn write(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    differences: &Differences<'_>,
) -> Result<()> {
    let account_id = caller.account.id;
    // Those that changed go before they come back, so that two of them may swap their labels.
    let edges: Vec<Uuid> = differences.edges_out.iter().map(|edge| edge.id).collect();
    if !edges.is_empty() {
        let edges = workflow_edges::table
            .filter(workflow_edges::account_id.eq(account_id))
            .filter(workflow_edges::workflow_id.eq(workflow_id))
            .filter(workflow_edges::id.eq_any(edges));
        diesel::delete(edges).execute(conn)?;
    }
    let removed: Vec<Uuid> = differences.removed.iter().map(|node| node.id).collect();
    if !removed.is_empty() {
        let nodes = workflow_nodes::table
            .filter(workflow_nodes::account_id.eq(account_id))
            .filter(workflow_nodes::workflow_id.eq(workflow_id))
            .filter(workflow_nodes::id.eq_any(removed));
        diesel::update(nodes)
            .set(workflow_nodes::deleted_at.eq(caller.now))
            .execute(conn)?;
    }
    let changed = differences.changed.iter().map(|(_, node)| *node);
    let nodes = differences.added.iter().copied().chain(changed);
    write_nodes(conn, account_id, workflow_id, nodes)?;
    let edges = differences.edges_in.iter().copied();
    write_edges(conn, account_id, workflow_id, edges)
}

/// Writes nodes over what stood of them, also when they had been taken out.
pub(super) fn write_nodes<'a>(
    conn: &mut PgConnection,
    account_id: Uuid,
    workflow_id: Uuid,
    nodes: impl Iterator<Item = &'a Node>,
) -> Result<()> {
    let rows: Vec<NodeRow<'_>> = nodes
        .map(|node| NodeRow {
            account_id,
            id: node.id,
            workflow_id,
            node_type: node.node_type,
            label: &node.label,
            position_x: node.position_x,
            position_y: node.position_y,
            config: &node.config,
            step_number: node.step_number,
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    diesel::insert_into(workflow_nodes::table)
        .values(&rows)
        .on_conflict((workflow_nodes::account_id, workflow_nodes::id))
        .do_update()
        .set((
            workflow_nodes::label.eq(excluded(workflow_nodes::label)),
            workflow_nodes::position_x.eq(excluded(workflow_nodes::position_x)),
            workflow_nodes::position_y.eq(excluded(workflow_nodes::position_y)),
            workflow_nodes::config.eq(excluded(workflow_nodes::config)),
            workflow_nodes::step_number.eq(excluded(workflow_nodes::step_number)),
            workflow_nodes::deleted_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes edges at their places.
pub(super) fn write_edges<'a>(
    conn: &mut PgConnection,
    account_id: Uuid,
    workflow_id: Uuid,
    edges: impl Iterator<Item = (usize, &'a Edge)>,
) -> Result<()> {
    let rows: Vec<EdgeRow<'_>> = edges
        .map(|(place, edge)| EdgeRow {
            account_id,
            id: edge.id,
            workflow_id,
            from_node_id: edge.from_node_id,
            to_node_id: edge.to_node_id,
            label: edge.label.as_deref(),
            position: i32::try_from(place).unwrap_or(i32::MAX),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    diesel::insert_into(workflow_edges::table)
        .values(&rows)
        .execute(conn)?;
    Ok(())
}
