//! What must hold of every decision.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use serde_json::json;

use super::super::graph::Graph;
use super::super::words::NodeType;
use super::samples::{at, graph};
use super::*;
use crate::hours::ContactHours;

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
