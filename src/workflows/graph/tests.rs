use proptest::prelude::*;
use serde_json::json;

use super::*;

fn graph(types: &[NodeType], edges: &[(usize, usize, Option<&str>)]) -> Graph {
    let id = |at: usize| Uuid::from_u128(at as u128 + 1);
    Graph {
        nodes: types
            .iter()
            .enumerate()
            .map(|(at, node_type)| Node {
                id: id(at),
                workflow_id: Uuid::nil(),
                node_type: *node_type,
                label: at.to_string(),
                position_x: 0.0,
                position_y: 0.0,
                config: json!({}),
                step_number: None,
            })
            .collect(),
        edges: edges
            .iter()
            .enumerate()
            .map(|(at, (from, to, label))| Edge {
                id: Uuid::from_u128(at as u128),
                workflow_id: Uuid::nil(),
                from_node_id: id(*from),
                to_node_id: id(*to),
                label: label.map(str::to_owned),
            })
            .collect(),
    }
}

fn labels(path: Vec<&Node>) -> Vec<&str> {
    path.into_iter().map(|node| node.label.as_str()).collect()
}

#[test]
fn a_lead_that_never_answers_takes_the_edges_of_silence() {
    use NodeType::*;
    let graph = graph(
        &[VoiceCall, Converted, Time, Email, Dropped],
        &[
            (0, 1, Some("INTERESTED")),
            (0, 2, None),
            (2, 3, None),
            (3, 4, None),
        ],
    );
    assert_eq!(labels(graph.path()), ["0", "2", "3", "4"]);
    assert_eq!(
        graph.next(Uuid::from_u128(1), "INTERESTED").unwrap().label,
        "1"
    );
}

#[test]
fn a_branch_without_an_edge_for_silence_ends_there() {
    use NodeType::*;
    let graph = graph(&[VoiceCall, Converted], &[(0, 1, Some("INTERESTED"))]);
    assert_eq!(labels(graph.path()), ["0"]);
}

#[test]
fn steps_are_numbered_along_the_path_and_waits_do_not_count() {
    use NodeType::*;
    let mut graph = graph(
        &[Whatsapp, Time, VoiceCall, Sms],
        &[(0, 1, None), (1, 2, None), (2, 3, Some("INTERESTED"))],
    );
    assert_eq!(graph.number_steps(), 2);
    let numbers: Vec<_> = graph.nodes.iter().map(|node| node.step_number).collect();
    assert_eq!(numbers, [Some(1), None, Some(2), None]);
}

proptest! {
    #[test]
    fn every_graph_has_a_path_that_ends(
        types in prop::collection::vec(prop::sample::select(NodeType::ALL), 0..8),
        edges in prop::collection::vec((0usize..8, 0usize..8, prop::option::of("[a-z]{0,3}")), 0..20),
    ) {
        let edges: Vec<_> = edges
            .iter()
            .filter(|(from, to, _)| *from < types.len() && *to < types.len())
            .map(|(from, to, label)| (*from, *to, label.as_deref()))
            .collect();
        let mut graph = graph(&types, &edges);
        let steps = graph.number_steps();
        prop_assert!(graph.path().len() <= types.len());
        let mut numbers: Vec<_> = graph.nodes.iter().filter_map(|node| node.step_number).collect();
        numbers.sort_unstable();
        prop_assert_eq!(numbers, (1..=steps).collect::<Vec<_>>());
    }
}
