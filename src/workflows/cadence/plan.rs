//! The dated plan of a cadence: the decisions of the engine, asked one after the other ahead of
//! time.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::super::graph::{Graph, Node, silence};
use super::super::words::NodeType;
use super::decision::{Due, Landing, Next, Place, due, entry, reported};
use super::facts::Facts;
use super::moment::Moment;
use crate::hours::ContactHours;

/// What is assumed.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// When it begins.
    pub start: DateTime<Utc>,
    /// The zone the lead lives in.
    pub zone: Tz,
    /// When it may be contacted.
    pub hours: ContactHours,
    /// What comes of the outreach steps, in turn; silence after them.
    pub outcomes: Vec<String>,
    /// What is known of the lead.
    pub facts: Facts,
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedStep {
    /// The node.
    pub node_id: Uuid,
    /// What people call it.
    pub label: String,
    /// What it does.
    pub node_type: NodeType,
    /// Its place among the outreach steps, from 1.
    pub step_number: Option<i32>,
    /// Which try it is.
    pub attempt: i32,
    /// How often it is tried at most.
    pub max_attempts: i32,
    /// When it happens.
    pub due_at: DateTime<Utc>,
    /// What is assumed to come of it.
    pub outcome: Option<String>,
    /// The reason for each shift of its time, and for an end.
    pub why: Vec<String>,
}

/// Where a plan stops when its waits never end in one.
const MOST_STEPS: usize = 100;

/// The plan of a lead that comes in at the start of the situation.
pub fn plan(graph: &Graph, situation: &Situation) -> Vec<PlannedStep> {
    let first = entry(graph, moment(situation, situation.start));
    walk(graph, situation, first)
}

/// The plan of a lead that is at a node already, on a try that is due at `due_at`.
pub fn plan_from(
    graph: &Graph,
    situation: &Situation,
    node: &Node,
    attempt: i32,
    due_at: DateTime<Utc>,
) -> Vec<PlannedStep> {
    let landing = Landing {
        node: node.clone(),
        attempt,
        due_at: due_at.max(situation.start),
        ready_at: None,
        why: None,
        rank: None,
    };
    walk(graph, situation, Some(Next::Step(landing)))
}

fn walk(graph: &Graph, situation: &Situation, first: Option<Next>) -> Vec<PlannedStep> {
    let mut outcomes = situation.outcomes.iter();
    let mut steps = Vec::new();
    let mut next = first;
    let mut now = situation.start;
    while steps.len() < MOST_STEPS {
        match next.take() {
            Some(Next::Step(landing)) => {
                let (step, after) = take(graph, situation, landing, &mut outcomes);
                now = step.due_at;
                steps.push(step);
                next = Some(after);
            }
            Some(Next::End(end)) => {
                if let Some(node) = end.node {
                    steps.push(PlannedStep {
                        node_id: node.id,
                        label: node.label,
                        node_type: node.node_type,
                        step_number: None,
                        attempt: 1,
                        max_attempts: 1,
                        due_at: now,
                        outcome: None,
                        why: vec![end.why],
                    });
                } else if let Some(last) = steps.last_mut() {
                    last.why.push(end.why);
                }
                break;
            }
            Some(Next::TakeOver { why, .. }) => {
                if let Some(last) = steps.last_mut() {
                    last.why.push(why);
                }
                break;
            }
            None => break,
        }
    }
    steps
}

/// One step: it waits until it may happen, and something comes of it.
fn take<'a>(
    graph: &Graph,
    situation: &Situation,
    landing: Landing,
    outcomes: &mut impl Iterator<Item = &'a String>,
) -> (PlannedStep, Next) {
    let place = Place {
        graph,
        node: &landing.node,
        attempt: landing.attempt,
    };
    let mut step = PlannedStep {
        node_id: landing.node.id,
        label: landing.node.label.clone(),
        node_type: landing.node.node_type,
        step_number: landing.node.step_number,
        attempt: landing.attempt,
        max_attempts: landing.node.max_attempts(),
        due_at: landing.due_at,
        outcome: None,
        why: landing.why.clone().into_iter().collect(),
    };
    loop {
        let moment = moment(situation, step.due_at);
        match due(place, step.due_at, &situation.facts, moment) {
            // Contact hours open later than now, so this ends.
            Due::Wait { until, why } => {
                step.due_at = until;
                step.why.extend(why);
            }
            Due::Reach { .. } => {
                let outcome = outcomes.next().cloned();
                let outcome = outcome.unwrap_or_else(|| silence(step.node_type).to_owned());
                let next = reported(place, &outcome, None, moment);
                step.outcome = Some(outcome);
                return (step, next);
            }
            Due::Go { outcome, next } => {
                step.outcome = outcome;
                return (step, next);
            }
        }
    }
}

fn moment(situation: &Situation, now: DateTime<Utc>) -> Moment<'_> {
    Moment {
        now,
        zone: situation.zone,
        hours: &situation.hours,
    }
}
