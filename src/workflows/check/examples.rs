use chrono::DateTime;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::connectors::{Channel, Kind};
use crate::telephony::{self, CallingNumber, DEMO_NUMBER, Rules};
use crate::workflows::{Edge, NodeType};

pub(super) type Drawn<'a> = (NodeType, Value);

pub(super) fn graph(nodes: &[Drawn<'_>], edges: &[(usize, usize, Option<&str>)]) -> Graph {
    let id = |at: usize| Uuid::from_u128(at as u128 + 1);
    let node = |(at, (node_type, config)): (usize, &Drawn<'_>)| Node {
        id: id(at),
        workflow_id: Uuid::nil(),
        node_type: *node_type,
        label: at.to_string(),
        position_x: 0.0,
        position_y: at as f64,
        config: config.clone(),
        step_number: None,
    };
    let edge = |(at, (from, to, label)): (usize, &(usize, usize, Option<&str>))| Edge {
        id: Uuid::from_u128(at as u128),
        workflow_id: Uuid::nil(),
        from_node_id: id(*from),
        to_node_id: id(*to),
        label: label.map(str::to_owned),
    };
    Graph {
        nodes: nodes.iter().enumerate().map(node).collect(),
        edges: edges.iter().enumerate().map(edge).collect(),
    }
}

pub(super) fn whole(node_type: NodeType) -> Value {
    match node_type {
        NodeType::Sms | NodeType::Whatsapp => json!({"text": "Hello {{first_name}}"}),
        NodeType::Email => json!({"subject": "Hello", "text": "Hello {{metadata.city}}"}),
        NodeType::Time => json!({"delay_hours": 24}),
        NodeType::Conditional => json!({"condition_field": "status"}),
        _ => json!({}),
    }
}

/// The number an account begins with.
fn number() -> CallingNumber {
    CallingNumber {
        id: Uuid::nil(),
        phone_number: DEMO_NUMBER.to_owned(),
        kind: telephony::Kind::Carrier,
        is_active: true,
        created_at: DateTime::UNIX_EPOCH,
    }
}

/// What an account has that has set nothing.
fn bare() -> Surroundings {
    let usual = Channel::ALL
        .iter()
        .filter_map(|channel| Some((*channel, channel.usual()?)));
    Surroundings {
        senders: usual.collect(),
        people: 2,
        telephony: Rules::new("US", &[], &[number()]),
        ..Surroundings::default()
    }
}

pub(super) fn surroundings() -> Surroundings {
    let mut all = bare();
    all.senders.insert(Channel::Email, Kind::Outbox);
    all.senders.insert(Channel::Application, Kind::Http);
    all.status_keys.push("lost".to_owned());
    all
}

fn faults(nodes: &[Drawn<'_>], edges: &[(usize, usize, Option<&str>)]) -> Vec<String> {
    let checked = check(&graph(nodes, edges), &surroundings());
    checked
        .faults
        .into_iter()
        .map(|fault| fault.sentence)
        .collect()
}

fn warnings(nodes: &[Drawn<'_>], edges: &[(usize, usize, Option<&str>)]) -> Vec<String> {
    let checked = check(&graph(nodes, edges), &surroundings());
    assert_eq!(checked.faults, []);
    checked
        .warnings
        .into_iter()
        .map(|fault| fault.sentence)
        .collect()
}

pub(super) fn plain(types: &[NodeType]) -> Vec<Drawn<'static>> {
    types.iter().map(|one| (*one, whole(*one))).collect()
}

#[test]
fn every_fault_of_the_shape_is_named() {
    use NodeType::*;
    assert_eq!(faults(&[], &[]), ["The workflow has no steps yet"]);
    let sms = plain(&[Sms, Dropped]);
    assert_eq!(
        faults(&sms, &[]),
        [
            "“1” can't be reached: no step leads to it, and leads come in at “0” alone",
            "“0” leads nowhere: add an edge to another step or to an end",
        ]
    );
    let round = plain(&[Sms, VoiceCall, Email, Dropped]);
    let circle = [
        (0, 1, None),
        (1, 2, Some("BUSY")),
        (2, 1, None),
        (1, 3, None),
    ];
    assert_eq!(
        faults(&round, &circle),
        ["“1”, “2” lead in a circle without a wait"]
    );
    let no_way_in = plain(&[Sms, Time]);
    assert_eq!(
        faults(&no_way_in, &[(0, 1, None), (1, 0, None)]),
        ["There is no way in: every step has another one that leads to it"]
    );
    let itself = plain(&[Time, Sms]);
    assert_eq!(
        faults(&itself, &[(0, 1, None), (1, 1, None)]),
        ["“1” leads back to itself without a wait"]
    );
}

#[test]
fn a_call_is_made_from_an_active_number() {
    use NodeType::*;
    let with = |number: &str| {
        let call = (VoiceCall, json!({ "from_phone_number": number }));
        faults(&[call, (Converted, json!({}))], &[(0, 1, None)])
    };
    assert_eq!(with(DEMO_NUMBER), [""; 0]);
    assert_eq!(with("(202) 555-0100"), [""; 0]);
    let gone = "“0” calls from +12025550199, which is none of your active numbers";
    assert_eq!(with("+12025550199"), [gone]);
    let silent = Surroundings {
        telephony: Rules::default(),
        ..surroundings()
    };
    let calls = graph(&plain(&[VoiceCall, Converted]), &[(0, 1, None)]);
    let checked = check(&calls, &silent);
    assert_eq!(checked.faults, []);
    assert!(
        checked.warnings[0]
            .sentence
            .starts_with("“0” has no number to call from")
    );
}

#[test]
fn a_circle_with_a_wait_may_be_run() {
    use NodeType::*;
    let nodes = plain(&[VoiceCall, Time, Sms, Converted]);
    let edges = [
        (0, 3, Some("INTERESTED")),
        (0, 1, None),
        (1, 2, None),
        (2, 1, None),
    ];
    assert_eq!(warnings(&nodes, &edges), [""; 0]);
}

#[test]
fn every_fault_of_a_step_is_named() {
    use NodeType::*;
    for (node, sentence) in [
        ((Sms, json!({})), "“0” has no text"),
        ((Email, json!({"text": "Hi"})), "“0” has no subject"),
        ((Time, json!({})), "“0” does not say how long to wait"),
        ((Conditional, json!({})), "“0” does not say what it asks"),
        (
            (Sms, json!({"text": "Hi {{firstname}}"})),
            "“0” speaks of {{firstname}}, which no lead has",
        ),
        (
            (VoiceCall, json!({"script": "Hi {{first_name"})),
            "“0”: {{first_name has no }} at its end",
        ),
        (
            (VoiceCall, json!({"max_attempts": 99})),
            "“0”: config.max_attempts must be a whole number from 1 to 10",
        ),
    ] {
        let nodes = [node, (Dropped, json!({}))];
        assert_eq!(faults(&nodes, &[(0, 1, None)]), [sentence]);
    }
    let ends = [(Sms, whole(Sms)), (Dropped, json!({"status_key": "gone"}))];
    assert_eq!(
        faults(&ends, &[(0, 1, None)]),
        ["“1” gives the status gone, which is not there"]
    );
    let test = json!({"conditions": [{"field": "email", "operator": "exists"}]});
    let half = [(Conditional, test), (Dropped, json!({}))];
    assert_eq!(
        faults(&half, &[(0, 1, Some("true"))]),
        ["“0” has no edge for false"]
    );
}

#[test]
fn what_leaves_needs_a_sender_unless_a_person_does_it() {
    use NodeType::*;
    let drawn = graph(
        &plain(&[VoiceCall, Sms, Email, Application, Dropped]),
        &[(0, 1, None), (1, 2, None), (2, 3, None), (3, 4, None)],
    );
    let told: Vec<String> = check(&drawn, &bare())
        .faults
        .into_iter()
        .map(|fault| fault.sentence)
        .collect();
    assert_eq!(
        told,
        [
            "“2” has no sender: say in the settings how e-mail leaves",
            "“3” has no sender: say in the settings how requests leave",
        ]
    );
}

#[test]
fn edges_that_are_never_taken_are_warned_of() {
    use NodeType::*;
    let nodes = plain(&[VoiceCall, Converted, Dropped]);
    let edges = [
        (0, 1, Some("MAYBE")),
        (0, 2, None),
        (0, 1, Some("INTERESTED")),
    ];
    assert_eq!(
        warnings(&nodes, &edges),
        [
            "“0”: the edge “MAYBE” is taken only by those who report just that; it is none of the \
             usual outcomes",
            "“0”: the edge “INTERESTED” is never taken, since one before it takes every outcome",
        ]
    );
    let nodes = plain(&[Application, Converted]);
    assert_eq!(
        warnings(&nodes, &[(0, 1, Some("DONE")), (0, 1, None)]),
        ["“0”: the edge “DONE” is never taken; this step has no such outcome"]
    );
    let nodes = plain(&[VoiceCall, Converted]);
    assert_eq!(
        warnings(&nodes, &[(0, 1, Some("INTERESTED"))]),
        ["“0”: a lead that does not answer ends here, since no edge is for it"]
    );
}

#[test]
fn the_load_of_people_is_estimated() {
    use NodeType::*;
    let drawn = graph(
        &plain(&[VoiceCall, Time, VoiceCall, Dropped]),
        &[(0, 1, None), (1, 2, None), (2, 3, None)],
    );
    let busy = Surroundings {
        leads_of_last_week: 700,
        leads_without_phone: 3,
        ..bare()
    };
    let warned = check(&drawn, &busy).warnings;
    assert_eq!(
        warned[0].sentence,
        "3 leads of the workflow have no phone number"
    );
    assert!(
        warned[1]
            .sentence
            .starts_with("About 100 tasks a day for each of 2 people")
    );
}
