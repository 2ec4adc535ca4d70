//! The one way in which the graph of a workflow changes: it is read, changed and checked as a
//! whole, and what differs is written.

use std::cmp::Ordering;
use std::collections::HashSet;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::differences::{Differences, write};
use super::graph::{Graph, Node, load};
use super::node_config;
use super::words::WorkflowStatus;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::workflows;
use crate::error::{Error, FieldErrors, Noun, Problem, Result};
use crate::text;

/// As many nodes as a workflow may have.
pub const MOST_NODES: usize = 200;
/// As many edges as a workflow may have.
pub const MOST_EDGES: usize = 1_000;
const LONGEST_LABEL: usize = 200;
/// As long as the label of an edge, which is an outcome, may be.
const LONGEST_OUTCOME: usize = 100;

/// A workflow that nobody else changes before the transaction ends.
#[derive(Debug, Queryable)]
pub(super) struct Held {
    /// Where it is in its life.
    pub status: WorkflowStatus,
    /// What new leads take.
    pub version_id: Option<Uuid>,
    /// Whether nodes and edges differ from it.
    pub is_edited: bool,
}

/// Keeps others from changing or taking the workflow before the transaction ends; leads still
/// come in.
pub(super) fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Held> {
    workflows::table
        .find((caller.account.id, id))
        .select((
            workflows::status,
            workflows::version_id,
            workflows::is_edited,
        ))
        .for_no_key_update()
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Workflow))
}

/// Changes the graph of a workflow: `edit` does it to a copy nobody else changes meanwhile. The
/// edges of nodes it takes out go with them. While the workflow has a version, its leads keep to
/// that until the edited graph is published.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when the workflow is over, when
/// two edges are the same or a node has got another type; [`Error::Invalid`] when an edge leads
/// to a node that is not there, or a label or config is not right; those of `edit`.
pub fn edit<T>(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    edit: impl FnOnce(&mut Graph) -> Result<T>,
) -> Result<T> {
    caller.require(Permission::WriteWorkflows)?;
    conn.transaction(|conn| {
        let held = hold(conn, caller, workflow_id)?;
        if !held.status.takes_leads() {
            return Err(Error::Conflict(format!(
                "A workflow that is {} can't be edited; duplicate it instead",
                held.status
            )));
        }
        let mut graphs = load(conn, caller, &[workflow_id])?;
        let before = graphs.pop().map(|(_, graph)| graph).unwrap_or_default();
        let mut after = before.clone();
        let result = edit(&mut after)?;
        tidy(&before, &mut after);
        check(&before, &after)?;
        let step_count = after.number_steps();
        let differences = Differences::between(&before, &after);
        if differences.is_empty() {
            return Ok(result);
        }
        write(conn, caller, workflow_id, &differences)?;
        let steps = held.version_id.is_none().then_some(step_count);
        diesel::update(workflows::table.find((caller.account.id, workflow_id)))
            .set((
                steps.map(|steps| workflows::step_count.eq(steps)),
                workflows::is_edited.eq(true),
                workflows::updated_at.eq(caller.now),
            ))
            .execute(conn)?;
        let updated = Change {
            event: Event::WorkflowUpdated,
            subject: Subject::Workflow,
            subject_id: workflow_id,
            data: differences.facts(),
        };
        audit::write(conn, caller, &[updated])?;
        Ok(result)
    })
}

/// Trims labels, takes out the edges of nodes that were taken out, and puts the nodes in the
/// order in which they are read.
fn tidy(before: &Graph, after: &mut Graph) {
    let there: HashSet<Uuid> = after.nodes.iter().map(|node| node.id).collect();
    let taken_out = |id: Uuid| before.node(id).is_some() && !there.contains(&id);
    after
        .edges
        .retain(|edge| !taken_out(edge.from_node_id) && !taken_out(edge.to_node_id));
    for edge in &mut after.edges {
        edge.label = text::clean(edge.label.take());
    }
    for node in &mut after.nodes {
        node.label = node.label.trim().to_owned();
    }
    after.nodes.sort_by(|a, b| {
        let top = a.position_y.partial_cmp(&b.position_y);
        let left = a.position_x.partial_cmp(&b.position_x);
        let place = top
            .unwrap_or(Ordering::Equal)
            .then(left.unwrap_or(Ordering::Equal));
        place.then(a.id.cmp(&b.id))
    });
}

fn check(before: &Graph, after: &Graph) -> Result<()> {
    if after.nodes.len() > MOST_NODES {
        return Err(Error::Conflict(format!(
            "A workflow has at most {MOST_NODES} steps"
        )));
    }
    if after.edges.len() > MOST_EDGES {
        return Err(Error::Conflict(format!(
            "A workflow has at most {MOST_EDGES} edges"
        )));
    }
    let mut errors = FieldErrors::default();
    for node in &after.nodes {
        match before.node(node.id) {
            Some(old) if old.node_type != node.node_type => {
                let sentence = "The type of a step can't change; add another step instead";
                return Err(Error::Conflict(sentence.to_owned()));
            }
            // What was right when it was written does not keep others from being written.
            Some(old) if old.label == node.label && old.config == node.config => {}
            _ => check_node(node, &mut errors),
        }
        if !(node.position_x.is_finite() && node.position_y.is_finite()) {
            errors.push("position_x", Problem::MustBe("a finite number"));
        }
    }
    check_edges(after, &mut errors)?;
    errors.or(())
}

fn check_node(node: &Node, errors: &mut FieldErrors) {
    check_text("label", &node.label, LONGEST_LABEL, errors);
    if node.label.is_empty() {
        errors.push("label", Problem::Required);
    }
    if let Err(wrong) = node_config::read(node.node_type, &node.config) {
        errors.0.extend(wrong.0);
    }
}

fn check_edges(graph: &Graph, errors: &mut FieldErrors) -> Result<()> {
    let there: HashSet<Uuid> = graph.nodes.iter().map(|node| node.id).collect();
    let mut seen = HashSet::new();
    for edge in &graph.edges {
        for (field, end) in [
            ("from_node_id", edge.from_node_id),
            ("to_node_id", edge.to_node_id),
        ] {
            if !there.contains(&end) {
                let sentence = format!("{field} is not a node of this workflow");
                errors.push(field, Problem::Said(sentence.into()));
            }
        }
        if let Some(label) = &edge.label {
            check_text("label", label, LONGEST_OUTCOME, errors);
        }
        if !seen.insert((edge.from_node_id, edge.to_node_id, edge.label.as_deref())) {
            let sentence = "There is already an edge with the same from, to and label";
            return Err(Error::Conflict(sentence.to_owned()));
        }
    }
    Ok(())
}

fn check_text(field: &'static str, text: &str, most: usize, errors: &mut FieldErrors) {
    if text::has_nul(text) {
        errors.push(field, Problem::Nul);
    }
    if text.chars().count() > most {
        errors.push(field, Problem::TooLong(most));
    }
}
