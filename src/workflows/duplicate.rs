//! Copying a workflow.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::differences::{write_edges, write_nodes};
use super::graph;
use super::lifecycle::note;
use super::statuses::write_statuses;
use super::words::WorkflowStatus;
use super::workflow::{Workflow, load};
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::db::schema::workflows;
use crate::error::Result;
use crate::{ids, text};

const COPY: &str = " (copy)";
const LONGEST_NAME: usize = 200;

/// Makes a draft with the fields, statuses, nodes and edges of a workflow, as they are edited.
/// Leads and versions stay with the first.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`].
pub fn duplicate(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Workflow> {
    caller.require(Permission::WriteWorkflows)?;
    conn.transaction(|conn| {
        let Workflow { row, mut statuses } = load(conn, caller, id)?;
        let its_hours = workflows::table.find((caller.account.id, id));
        let contact_hours: Option<Value> =
            its_hours.select(workflows::contact_hours).first(conn)?;
        let mut graph = graph::load(conn, caller, &[id])?
            .pop()
            .map(|(_, graph)| graph)
            .unwrap_or_default();
        let copy = ids::new(caller.now);
        let name = text::at_most(&row.name, LONGEST_NAME - COPY.len());
        let name = format!("{name}{COPY}");
        let nodes = ids::several(caller.now, graph.nodes.len());
        let mut copies = HashMap::new();
        for (node, id) in graph.nodes.iter_mut().zip(nodes) {
            copies.insert(node.id, id);
            node.id = id;
        }
        // An edge ends at nodes of its own workflow, so that each has its copy.
        let copied = |id: Uuid| copies.get(&id).copied().unwrap_or(id);
        for edge in &mut graph.edges {
            edge.id = ids::new(caller.now);
            edge.from_node_id = copied(edge.from_node_id);
            edge.to_node_id = copied(edge.to_node_id);
        }
        for status in &mut statuses {
            status.id = ids::new(caller.now);
        }
        diesel::insert_into(workflows::table)
            .values((
                workflows::account_id.eq(caller.account.id),
                workflows::id.eq(copy),
                workflows::name.eq(&name),
                workflows::description.eq(&row.description),
                workflows::status.eq(WorkflowStatus::Draft),
                workflows::goal_type.eq(row.goal_type),
                workflows::priority.eq(row.priority),
                workflows::when_away.eq(row.when_away),
                workflows::contact_hours.eq(&contact_hours),
                workflows::step_count.eq(graph.number_steps()),
                workflows::created_at.eq(caller.now),
                workflows::updated_at.eq(caller.now),
            ))
            .execute(conn)?;
        write_statuses(conn, caller, copy, &statuses)?;
        write_nodes(conn, caller.account.id, copy, graph.nodes.iter())?;
        write_edges(
            conn,
            caller.account.id,
            copy,
            graph.edges.iter().enumerate(),
        )?;
        let data = json!({"name": name, "copy_of": id});
        note(conn, caller, Event::WorkflowCreated, copy, data)?;
        load(conn, caller, copy)
    })
}
