use proptest::prelude::*;
use serde_json::json;

use super::examples::{graph, plain, surroundings, whole};
use super::*;
use crate::workflows::NodeType;

proptest! {
    #[test]
    fn a_linear_cadence_has_no_faults(
        types in prop::collection::vec(
            prop::sample::select(vec![
                NodeType::VoiceCall, NodeType::Sms, NodeType::Whatsapp, NodeType::Email,
                NodeType::Time, NodeType::Application,
            ]),
            1..12,
        ),
    ) {
        let mut nodes = plain(&types);
        nodes.push((NodeType::Dropped, json!({"status_key": "lost"})));
        let edges: Vec<_> = (0..types.len()).map(|at| (at, at + 1, None)).collect();
        let checked = check(&graph(&nodes, &edges), &surroundings());
        prop_assert_eq!(checked, Checked::default());
    }

    #[test]
    fn every_graph_is_checked(
        types in prop::collection::vec(prop::sample::select(NodeType::ALL), 0..10),
        edges in prop::collection::vec(
            (0usize..12, 0usize..12, prop::option::of("[A-Z]{0,3}|true|false")), 0..40),
        is_whole in any::<bool>(),
    ) {
        let nodes: Vec<_> = types
            .iter()
            .map(|one| (*one, if is_whole { whole(*one) } else { json!({}) }))
            .collect();
        // Some lead to nodes that are not there.
        let edges: Vec<_> = edges
            .iter()
            .map(|(from, to, label)| (*from, *to, label.as_deref()))
            .collect();
        let drawn = graph(&nodes, &edges);
        let checked = check(&drawn, &surroundings());
        for fault in checked.faults.iter().chain(&checked.warnings) {
            prop_assert!(fault.node_id.is_none_or(|id| drawn.node(id).is_some()));
        }
        // What may be run takes no lead round without rest: from any node that is no wait, a
        // walk over such nodes ends.
        if checked.faults.is_empty() {
            let rests = |node: &Node| node.node_type == NodeType::Time;
            for node in drawn.nodes.iter().filter(|node| !rests(node)) {
                let far = reached_from(&drawn, node.id, |next| !rests(next));
                prop_assert!(node.node_type.is_terminal() || !far.contains(&node.id));
            }
        }
    }
}
