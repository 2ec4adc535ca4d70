//! What must hold of every decision.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::graph::{Edge, Graph, Node};
use super::super::words::{NodeType, RunStatus};
use super::*;
use crate::hours::ContactHours;

fn id(at: usize) -> Uuid {
    Uuid::from_u128(at as u128 + 1)
}

fn graph(nodes: &[(NodeType, Value)], edges: &[(usize, usize, Option<&str>)]) -> Graph {
    let nodes = nodes
        .iter()
        .enumerate()
        .map(|(at, (node_type, config))| Node {
            id: id(at),
            workflow_id: Uuid::nil(),
            node_type: *node_type,
            label: format!("step {at}"),
            position_x: 0.0,
            position_y: at as f64,
            config: config.clone(),
            step_number: None,
        });
    let edges = edges
        .iter()
        .enumerate()
        .map(|(at, (from, to, label))| Edge {
            id: Uuid::from_u128(at as u128),
            workflow_id: Uuid::nil(),
            from_node_id: id(*from),
            to_node_id: id(*to),
            label: label.map(str::to_owned),
        });
    Graph {
        nodes: nodes.collect(),
        edges: edges.collect(),
    }
}

/// Call (3 tries, 4 hours apart), a day, SMS, two working days, call, given up; won when interested.
fn cadence() -> Graph {
    use NodeType::*;
    graph(
        &[
            (
                VoiceCall,
                json!({"max_attempts": 3, "retry_after_minutes": 240}),
            ),
            (Time, json!({"delay_hours": 24})),
            (Sms, json!({"text": "Hi"})),
            (Time, json!({"value": 2, "unit": "business_days"})),
            (VoiceCall, json!({})),
            (Dropped, json!({})),
            (Converted, json!({"status_key": "qualified"})),
        ],
        &[
            (0, 6, Some("INTERESTED")),
            (0, 1, None),
            (1, 2, None),
            (2, 3, None),
            (3, 4, None),
            (4, 6, Some("INTERESTED")),
            (4, 5, None),
        ],
    )
}

fn santiago<'a>(now: &str, hours: &'a ContactHours) -> Moment<'a> {
    Moment {
        now: now.parse().unwrap(),
        zone: chrono_tz::America::Santiago,
        hours,
    }
}

fn at(graph: &Graph, node: usize, attempt: i32) -> Place<'_> {
    Place {
        graph,
        node: graph.node(id(node)).unwrap(),
        attempt,
    }
}

fn step(next: Next) -> Landing {
    match next {
        Next::Step(landing) => landing,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_call_out_of_hours_waits_and_says_until_when() {
    let (graph, hours) = (cadence(), ContactHours::default());
    // A Sunday.
    let moment = santiago("2026-11-29T15:00:00Z", &hours);
    let Due::Wait { until, why } = due(at(&graph, 0, 1), moment.now, &Facts::default(), moment)
    else {
        panic!("it fired")
    };
    assert_eq!(until.to_rfc3339(), "2026-11-30T12:00:00+00:00");
    assert!(why.unwrap().contains("Mon"), "it says which day");
}

#[test]
fn no_answer_is_tried_again_until_the_attempts_are_used_up() {
    let (graph, hours) = (cadence(), ContactHours::default());
    let moment = santiago("2026-11-23T13:00:00Z", &hours);
    for attempt in 1..3 {
        let again = step(reported(at(&graph, 0, attempt), "NO_ANSWER", None, moment));
        assert_eq!((again.node.id, again.attempt), (id(0), attempt + 1));
        assert_eq!(again.due_at, moment.now + TimeDelta::hours(4));
    }
    let on = step(reported(at(&graph, 0, 3), "NO_ANSWER", None, moment));
    assert_eq!((on.node.id, on.attempt), (id(1), 1));
    assert_eq!(on.due_at, moment.now + TimeDelta::hours(24));
}

#[test]
fn an_answer_takes_its_edge_at_once_and_an_end_names_its_status() {
    let (graph, hours) = (cadence(), ContactHours::default());
    let moment = santiago("2026-11-23T13:00:00Z", &hours);
    let Next::End(end) = reported(at(&graph, 0, 1), "INTERESTED", None, moment) else {
        panic!("it goes on")
    };
    assert_eq!(end.status, RunStatus::Converted);
    assert_eq!(end.status_key.as_deref(), Some("qualified"));
}

#[test]
fn a_promised_call_back_is_the_same_attempt_at_its_hour() {
    let (graph, hours) = (cadence(), ContactHours::default());
    let moment = santiago("2026-11-23T13:00:00Z", &hours);
    let promised = moment.now + TimeDelta::hours(9);
    let back = step(reported(
        at(&graph, 0, 2),
        "CALL_BACK",
        Some(promised),
        moment,
    ));
    assert_eq!(
        (back.attempt, back.due_at, back.rank),
        (2, promised, Some(0))
    );
}

#[test]
fn replies_meetings_and_refusals_stop_a_run_without_an_edge_of_their_own() {
    let hours = ContactHours::default();
    let moment = santiago("2026-11-23T13:00:00Z", &hours);
    let mut graph = cadence();
    let after = |graph: &Graph, outcome: &str| reported(at(graph, 0, 1), outcome, None, moment);
    assert!(
        matches!(after(&graph, "REPLIED"), Next::TakeOver { landing, .. } if landing.node.id == id(1))
    );
    assert!(
        matches!(after(&graph, "MEETING_BOOKED"), Next::End(end) if end.status == RunStatus::Completed)
    );
    assert!(
        matches!(after(&graph, "DO_NOT_CALL"), Next::End(end) if end.status == RunStatus::Dropped)
    );
    graph.edges[0].label = Some("REPLIED".into());
    assert!(
        matches!(after(&graph, "REPLIED"), Next::End(end) if end.status == RunStatus::Converted)
    );
}

#[test]
fn a_plan_tells_each_date_and_the_reason_of_each_shift() {
    let graph = cadence();
    let situation = Situation {
        // Friday 17:30 in Santiago.
        start: "2026-11-27T20:30:00Z".parse().unwrap(),
        zone: chrono_tz::America::Santiago,
        hours: ContactHours::default(),
        outcomes: vec!["NO_ANSWER".into(), "NO_ANSWER".into()],
        facts: Facts::default(),
    };
    let told: Vec<_> = plan(&graph, &situation)
        .into_iter()
        .map(|step| {
            let local = step.due_at.with_timezone(&situation.zone);
            (
                step.label,
                step.attempt,
                local.format("%a %H:%M").to_string(),
                step.why.len(),
            )
        })
        .collect();
    let told: Vec<_> = told
        .iter()
        .map(|(l, a, t, w)| (l.as_str(), *a, t.as_str(), *w))
        .collect();
    assert_eq!(
        told,
        [
            ("step 0", 1, "Fri 17:30", 0),
            ("step 0", 2, "Sat 10:00", 1),
            ("step 0", 3, "Mon 09:00", 1),
            ("step 1", 1, "Tue 09:00", 1),
            ("step 2", 1, "Tue 09:00", 0),
            ("step 3", 1, "Thu 09:00", 1),
            ("step 4", 1, "Thu 09:00", 0),
            ("step 5", 1, "Thu 09:00", 1),
        ]
    );
}

fn any_graph() -> impl Strategy<Value = Graph> {
    let node = prop::sample::select(NodeType::ALL).prop_flat_map(|node_type| {
        (1i64..5, 1i64..3_000).prop_map(move |(attempts, minutes)| {
            let config = match node_type.channel() {
                Some(_) => json!({"max_attempts": attempts, "retry_after_minutes": minutes}),
                None if node_type == NodeType::Time => {
                    json!({"value": minutes, "unit": "minutes"})
                }
                None => json!({}),
            };
            (node_type, config)
        })
    });
    let label = prop::option::of(prop::sample::select(vec![
        "NO_ANSWER",
        "INTERESTED",
        "FAILED",
        "COMPLETED",
        "true",
        "false",
    ]));
    let edges = prop::collection::vec((0usize..6, 0usize..6, label), 0..14);
    (prop::collection::vec(node, 1..6), edges).prop_map(|(nodes, edges)| {
        let edges: Vec<_> = edges
            .into_iter()
            .filter(|(from, to, _)| *from < nodes.len() && *to < nodes.len())
            .collect();
        graph(&nodes, &edges)
    })
}

const ZONES: [Tz; 5] = [
    chrono_tz::America::Santiago,
    chrono_tz::Europe::Madrid,
    chrono_tz::Australia::Lord_Howe,
    chrono_tz::Asia::Kolkata,
    chrono_tz::UTC,
];

fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    // 2026 and 2027, with all their changes of the clocks.
    (0i64..730 * 86_400)
        .prop_map(|seconds| DateTime::from_timestamp(1_767_225_600 + seconds, 0).unwrap())
}

proptest! {
    #[test]
    fn nothing_fires_before_its_time_or_out_of_hours(
        graph in any_graph(), node in 0usize..6, now in any_instant(),
        ahead in -86_400i64..86_400, zone in prop::sample::select(ZONES.to_vec()),
    ) {
        let hours = ContactHours::default();
        let moment = Moment { now, zone, hours: &hours };
        let place = at(&graph, node % graph.nodes.len(), 1);
        let due_at = now + TimeDelta::seconds(ahead);
        match due(place, due_at, &Facts::default(), moment) {
            Due::Wait { until, .. } => prop_assert!(until > now),
            _ if now < due_at => prop_assert!(false, "it fired {ahead} s early"),
            Due::Reach { until } => prop_assert!(until > now),
            Due::Go { .. } => prop_assert!(place.node.node_type.channel().is_none()),
        }
    }

    #[test]
    fn a_report_never_plans_the_past_nor_an_attempt_above_the_most(
        graph in any_graph(), node in 0usize..6, attempt in 1i32..12, now in any_instant(),
        outcome in prop::sample::select(vec![
            "NO_ANSWER", "BUSY", "VOICEMAIL", "FAILED", "COMPLETED", "INTERESTED", "REPLIED", "whatever",
        ]),
        zone in prop::sample::select(ZONES.to_vec()),
    ) {
        let hours = ContactHours::default();
        let moment = Moment { now, zone, hours: &hours };
        let place = at(&graph, node % graph.nodes.len(), attempt);
        match reported(place, outcome, None, moment) {
            Next::Step(landing) | Next::TakeOver { landing, .. } => {
                prop_assert!(landing.due_at >= now);
                prop_assert!(landing.attempt == 1 || landing.attempt <= landing.node.max_attempts());
                prop_assert!(landing.attempt <= 10);
                prop_assert!(graph.node(landing.node.id).is_some());
            }
            Next::End(end) => prop_assert!(!end.status.is_live() && !end.why.is_empty()),
        }
    }

    #[test]
    fn every_plan_ends_and_goes_forward(
        graph in any_graph(), start in any_instant(), zone in prop::sample::select(ZONES.to_vec()),
    ) {
        let situation = Situation {
            start, zone, hours: ContactHours::default(), outcomes: Vec::new(), facts: Facts::default(),
        };
        let steps = plan(&graph, &situation);
        prop_assert!(steps.len() <= 101);
        prop_assert!(steps.iter().all(|step| step.due_at >= start));
        prop_assert!(steps.windows(2).all(|two| two[0].due_at <= two[1].due_at));
    }
}
