//! Decisions by example.

use chrono::TimeDelta;

use super::super::graph::Graph;
use super::super::words::RunStatus;
use super::samples::{at, cadence, id, santiago, step};
use super::*;
use crate::hours::ContactHours;

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
