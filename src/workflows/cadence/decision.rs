//! The decisions themselves.

use chrono::{DateTime, Utc};

use super::super::graph::{Graph, Node};
use super::super::node_config::{self, Config};
use super::super::words::{CALL_BACK_RANK, NodeType, RunStatus};
use super::conditions::answer;
use super::facts::Facts;
use super::moment::Moment;
use super::said;

/// Where a run is.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The graph of its version.
    pub graph: &'a Graph,
    /// The node.
    pub node: &'a Node,
    /// Which try it is on, from 1.
    pub attempt: i32,
}

/// What a step asks for when the worker looks at it.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    /// Nothing yet.
    Wait {
        /// When to look again.
        until: DateTime<Utc>,
        /// Why not now; nothing when it simply is not time.
        why: Option<String>,
    },
    /// The lead, or the other system, is to be reached now.
    Reach {
        /// When its contact hours are over.
        until: DateTime<Utc>,
    },
    /// The run goes on.
    Go {
        /// What came of the step, where it is a word.
        outcome: Option<String>,
        /// Where to.
        next: Next,
    },
}

/// Where a run goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// To a node, or to another try at the same one.
    Step(Landing),
    /// It is over.
    End(End),
    /// A person takes over; until they hand it back, the run waits before its next step.
    TakeOver {
        /// That step.
        landing: Landing,
        /// Why.
        why: String,
    },
}

/// Coming to a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Landing {
    /// The node.
    pub node: Node,
    /// Which try it will be, from 1.
    pub attempt: i32,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// When it would be if there were no contact hours; nothing where those do not decide.
    pub ready_at: Option<DateTime<Utc>>,
    /// Why then; nothing when it is due at once.
    pub why: Option<String>,
    /// Its rank in Today, when it is not that of the workflow.
    pub rank: Option<i16>,
}

/// The end of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// How it ended.
    pub status: RunStatus,
    /// The node it ended at, when it went there to end.
    pub node: Option<Node>,
    /// The status its lead gets, when the node names one.
    pub status_key: Option<String>,
    /// Why it is over.
    pub why: String,
}

/// The outcomes that use up an attempt and are tried again (contract §3).
const TRIED_AGAIN: [&str; 4] = ["NO_ANSWER", "BUSY", "VOICEMAIL", "FAILED"];

/// Whether an outcome uses up an attempt.
pub fn is_tried_again(outcome: &str) -> bool {
    TRIED_AGAIN.contains(&outcome)
}

/// Where a lead begins; nothing when the graph has no way in.
pub fn entry(graph: &Graph, moment: Moment<'_>) -> Option<Next> {
    graph.entry().map(|node| arrive(node, moment))
}

/// What a step asks for at this moment. It never fires before `due_at`, whatever clock woke it.
pub fn due(place: Place<'_>, due_at: DateTime<Utc>, facts: &Facts, moment: Moment<'_>) -> Due {
    if moment.now < due_at {
        let why = None;
        return Due::Wait { until: due_at, why };
    }
    let go = |outcome: Option<&str>| Due::Go {
        outcome: outcome.map(str::to_owned),
        next: follow(place, outcome.unwrap_or_default(), moment),
    };
    match config(place.node) {
        Config::Outreach(_) => match moment.opening() {
            Ok(until) => Due::Reach { until },
            Err((until, why)) => Due::Wait {
                until,
                why: Some(why),
            },
        },
        // Other systems have no contact hours.
        Config::Application { .. } => Due::Reach {
            until: DateTime::<Utc>::MAX_UTC,
        },
        Config::Time(_) | Config::Conditional(None) => go(None),
        Config::Conditional(Some(question)) => go(Some(&answer(&question, facts))),
        Config::End { .. } => Due::Go {
            outcome: None,
            next: arrive(place.node, moment),
        },
    }
}

/// Where an outcome leads (contract §3). `NO_ANSWER`, `BUSY`, `VOICEMAIL` and `FAILED` are tried
/// again after the node's gap until its attempts are used up, then the last of them takes its
/// edge; every other outcome takes its edge at once. A call-back that was promised comes first at
/// its time, and is the same attempt.
pub fn reported(
    place: Place<'_>,
    outcome: &str,
    call_back_at: Option<DateTime<Utc>>,
    moment: Moment<'_>,
) -> Next {
    let is_over = matches!(outcome, "DO_NOT_CALL" | "MEETING_BOOKED");
    if let Some(due_at) = call_back_at.filter(|_| !is_over) {
        return Next::Step(Landing {
            node: place.node.clone(),
            attempt: place.attempt,
            due_at: due_at.max(moment.now),
            ready_at: None,
            why: Some("a call-back was promised for then".to_owned()),
            rank: Some(CALL_BACK_RANK),
        });
    }
    if let Some(stop) = stop_rule(place, outcome, moment) {
        return stop;
    }
    if is_tried_again(outcome)
        && place.attempt < place.node.max_attempts()
        && let Config::Outreach(outreach) = config(place.node)
    {
        let ready = moment.later(outreach.retry_after);
        let (due_at, shifted) = ready.first_opening();
        let gap = said::time(outreach.retry_after);
        let gap = format!("another try {gap} later: {}", said::outcome(outcome));
        return Next::Step(Landing {
            node: place.node.clone(),
            attempt: place.attempt + 1,
            due_at,
            ready_at: Some(ready.now),
            why: Some(shifted.unwrap_or(gap)),
            rank: None,
        });
    }
    follow(place, outcome, moment)
}

/// Where a step leads that can't be tried, now or ever: the edge of a failure, whatever attempts
/// are left.
pub fn failed(place: Place<'_>, moment: Moment<'_>) -> Next {
    let outcome = match place.node.node_type {
        NodeType::Application => "failure",
        _ => "FAILED",
    };
    follow(place, outcome, moment)
}

/// Where a step leads that is left out: the way of a lead that stays silent, whatever attempts are
/// left.
pub fn skipped(place: Place<'_>, silence: &str, moment: Moment<'_>) -> Next {
    follow(place, silence, moment)
}

/// What stops a run wherever it is, unless the node has an edge for just that: a reply hands it to
/// a person, a meeting ends it well, and nobody is contacted against their word.
fn stop_rule(place: Place<'_>, outcome: &str, moment: Moment<'_>) -> Option<Next> {
    let mut edges = place.graph.out_of(place.node.id);
    if edges.any(|edge| edge.label.as_deref() == Some(outcome)) {
        return None;
    }
    let end = |status, why: &str| {
        Next::End(End {
            status,
            node: None,
            status_key: None,
            why: why.to_owned(),
        })
    };
    match outcome {
        "REPLIED" => Some(match follow(place, outcome, moment) {
            Next::Step(landing) => Next::TakeOver {
                landing,
                why: "the lead replied".to_owned(),
            },
            over => over,
        }),
        "MEETING_BOOKED" => Some(end(RunStatus::Completed, "a meeting was booked")),
        "DO_NOT_CALL" => Some(end(
            RunStatus::Dropped,
            "the lead asked not to be contacted",
        )),
        _ => None,
    }
}

/// Where the edge for an outcome leads.
fn follow(place: Place<'_>, outcome: &str, moment: Moment<'_>) -> Next {
    if let Some(node) = place.graph.next(place.node.id, outcome) {
        return arrive(node, moment);
    }
    let (status, why) = match outcome {
        "FAILED" | "failure" => (
            RunStatus::Failed,
            format!("“{}” failed, and nothing follows it", place.node.label),
        ),
        _ => (
            RunStatus::Completed,
            format!("“{}” was the last step", place.node.label),
        ),
    };
    Next::End(End {
        status,
        node: None,
        status_key: None,
        why,
    })
}

/// Coming to a node: a wait begins, an outreach is planned into the contact hours, an end ends.
pub fn arrive(node: &Node, moment: Moment<'_>) -> Next {
    let landing = |due_at, ready_at, why| {
        Next::Step(Landing {
            node: node.clone(),
            attempt: 1,
            due_at,
            ready_at,
            why,
            rank: None,
        })
    };
    match config(node) {
        Config::Outreach(_) => {
            let (due_at, why) = moment.first_opening();
            landing(due_at, Some(moment.now), why)
        }
        Config::Time(Some(delay)) => landing(
            moment.after(delay),
            None,
            Some(format!("a wait of {}", said::wait(delay))),
        ),
        Config::Time(None) | Config::Application { .. } | Config::Conditional(_) => {
            landing(moment.now, None, None)
        }
        Config::End { status_key } => Next::End(End {
            status: match node.node_type {
                NodeType::Converted => RunStatus::Converted,
                _ => RunStatus::Dropped,
            },
            node: Some(node.clone()),
            status_key,
            why: format!("it came to “{}”", node.label),
        }),
    }
}

/// A node's config. A graph is written only when every config can be read, so what can't be is as
/// good as one that says nothing.
fn config(node: &Node) -> Config {
    node_config::read(node.node_type, &node.config).unwrap_or(match node.node_type {
        NodeType::Conditional => Config::Conditional(None),
        NodeType::Application => Config::Application { url: None },
        NodeType::Converted | NodeType::Dropped => Config::End { status_key: None },
        _ => Config::Time(None),
    })
}
