use std::collections::HashSet;

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::workflows::NodeType::*;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn node(node_type: NodeType, label: &str) -> Node {
    Node {
        id: ids::new(NOW),
        workflow_id: Uuid::nil(),
        node_type,
        label: label.to_owned(),
        position_x: 0.0,
        position_y: 0.0,
        config: json!({}),
        step_number: None,
    }
}

/// A cadence of these steps, one after the other.
fn cadence(steps: &[(NodeType, &str)]) -> (Graph, Vec<Uuid>) {
    let (mut graph, mut ids) = (Graph::default(), Vec::new());
    for (node_type, label) in steps {
        let node = node(*node_type, label);
        let place = ids.last().map_or(Place::Top, |last| Place::After(*last));
        ids.push(node.id);
        insert(&mut graph, &place, node, NOW).unwrap();
    }
    (graph, ids)
}

fn told(graph: &Graph) -> Vec<&str> {
    let path = graph.path().into_iter();
    path.map(|node| node.label.as_str()).collect()
}

fn leads<'a>(graph: &'a Graph, node: Uuid, outcome: &str) -> &'a str {
    graph.next(node, outcome).map_or("", |node| &node.label)
}

#[test]
fn the_first_call_of_an_empty_list_has_its_ends() {
    let (graph, ids) = cadence(&[(VoiceCall, "Call")]);
    assert_eq!(told(&graph), ["Call", "Given up"]);
    assert_eq!(leads(&graph, ids[0], "INTERESTED"), "Won");
    assert_eq!(leads(&graph, ids[0], "DO_NOT_CALL"), "Given up");
}

#[test]
fn a_step_is_put_where_it_was_asked_for() {
    let (mut graph, ids) = cadence(&[(VoiceCall, "A"), (Time, "wait"), (Email, "B")]);
    insert(&mut graph, &Place::After(ids[0]), node(Sms, "new"), NOW).unwrap();
    insert(&mut graph, &Place::Top, node(Email, "top"), NOW).unwrap();
    assert_eq!(told(&graph), ["top", "A", "new", "wait", "B", "Given up"]);
    assert_eq!(leads(&graph, ids[0], "INTERESTED"), "Won");
}

#[test]
fn a_step_on_a_branch_makes_a_line_of_its_own() {
    let (mut graph, ids) = cadence(&[(VoiceCall, "A"), (Email, "B")]);
    let place = Place::Branch(ids[0], "INTERESTED".to_owned());
    insert(&mut graph, &place, node(Sms, "Confirm"), NOW).unwrap();
    assert_eq!(leads(&graph, ids[0], "INTERESTED"), "Confirm");
    let list = lines(&graph);
    assert_eq!(list.lines.len(), 2);
    assert_eq!(list.lines[1].off.unwrap().label, "A");
    assert_eq!(list.lines[1].then.unwrap().label, "Won");
    // An outcome without a branch of its own gets one.
    let place = Place::Branch(ids[0], "CALL_BACK".to_owned());
    insert(&mut graph, &place, node(Sms, "Later"), NOW).unwrap();
    assert_eq!(leads(&graph, ids[0], "CALL_BACK"), "Later");
    assert_eq!(leads(&graph, ids[0], "BUSY"), "B");
    // Everybody on the way to a node passes a step before it.
    let won = lines(&graph).lines[1].then.unwrap().id;
    insert(&mut graph, &Place::Before(won), node(Sms, "Welcome"), NOW).unwrap();
    assert_eq!(
        graph
            .edges
            .iter()
            .filter(|edge| edge.to_node_id == won)
            .count(),
        1
    );
}

#[test]
fn steps_change_places_and_keep_their_branches_and_the_waits_between_them() {
    let (mut graph, ids) = cadence(&[(VoiceCall, "A"), (Time, "wait"), (VoiceCall, "B")]);
    let skip = Branch {
        outcome: Some("CALL_BACK".to_owned()),
        target: Target::Node(ids[2]),
    };
    lead(&mut graph, ids[0], &[skip], NOW).unwrap();
    shift(&mut graph, ids[2], Way::Up, NOW).unwrap();
    assert_eq!(told(&graph), ["B", "wait", "A", "Given up"]);
    assert_eq!(leads(&graph, ids[0], "INTERESTED"), "Won");
    assert_eq!(leads(&graph, ids[0], "CALL_BACK"), "Given up");
    shift(&mut graph, ids[2], Way::Up, NOW).unwrap();
    assert_eq!(told(&graph), ["B", "wait", "A", "Given up"]);
    shift(&mut graph, ids[1], Way::Down, NOW).unwrap();
    assert_eq!(told(&graph), ["B", "A", "wait", "Given up"]);
}

#[test]
fn what_ends_for_an_outcome_still_ends_when_a_step_is_put_in_or_moved() {
    let (mut graph, ids) = cadence(&[(VoiceCall, "A")]);
    insert(&mut graph, &Place::After(ids[0]), node(Sms, "B"), NOW).unwrap();
    let refused = |graph: &Graph| leads(graph, ids[0], "NOT_INTERESTED").to_owned();
    assert_eq!(told(&graph), ["A", "B", "Given up"]);
    assert_eq!(refused(&graph), "Given up");
    shift(&mut graph, ids[0], Way::Down, NOW).unwrap();
    assert_eq!(told(&graph), ["B", "A", "Given up"]);
    shift(&mut graph, ids[0], Way::Up, NOW).unwrap();
    assert_eq!(told(&graph), ["A", "B", "Given up"]);
    assert_eq!(refused(&graph), "Given up");
}

#[test]
fn nothing_leads_back_to_the_first_step() {
    let (mut graph, ids) = cadence(&[(Email, "A"), (Email, "B"), (Email, "C")]);
    let back = |to| Branch {
        outcome: None,
        target: Target::Node(to),
    };
    let before = graph.clone();
    assert!(matches!(
        lead(&mut graph, ids[2], &[back(ids[0])], NOW),
        Err(Error::Conflict(sentence)) if sentence.contains("“A” can’t be the first step")
    ));
    assert_eq!(graph, before);
    lead(&mut graph, ids[2], &[back(ids[1])], NOW).unwrap();
    assert!(shift(&mut graph, ids[1], Way::Up, NOW).is_err());
    assert!(remove(&mut graph, ids[0]).is_err());
    assert_eq!(told(&graph), ["A", "B", "C"]);
}

#[test]
fn a_question_leads_both_answers_on_until_one_is_led_elsewhere() {
    let (mut graph, ids) = cadence(&[(Email, "A"), (Email, "B")]);
    let asked = node(Conditional, "Known?");
    let id = asked.id;
    insert(&mut graph, &Place::After(ids[0]), asked, NOW).unwrap();
    let end = Branch {
        outcome: Some("true".to_owned()),
        target: Target::NewEnd(Converted),
    };
    lead(&mut graph, id, &[end], NOW).unwrap();
    assert_eq!(told(&graph), ["A", "Known?", "B", "Given up"]);
    assert_eq!(leads(&graph, id, "true"), "Won");
    let all = branches(&graph, graph.node(id).unwrap());
    assert_eq!(all.len(), 2);
    remove(&mut graph, id).unwrap();
    assert_eq!(told(&graph), ["A", "B", "Given up"]);
    assert_eq!(graph.nodes.len(), 3, "the end that only it led to is gone");
}

#[test]
fn an_end_that_branches_lead_to_stays() {
    let (mut graph, _) = cadence(&[(Email, "A")]);
    let end = graph.path()[1].id;
    assert!(remove(&mut graph, end).is_err());
    assert!(insert(&mut graph, &Place::Top, node(Dropped, "x"), NOW).is_err());
    assert!(insert(&mut graph, &Place::After(end), node(Sms, "x"), NOW).is_err());
}

/// What to do, with a step of which type, at which step, and whether up, or after it.
type Asked = (u8, NodeType, prop::sample::Index, bool);

fn act(graph: &mut Graph, (what, node_type, at, up): &Asked) -> Option<Uuid> {
    let steps: Vec<Uuid> = lines(graph)
        .lines
        .iter()
        .flat_map(|line| &line.nodes)
        .map(|node| node.id)
        .collect();
    let one = (!steps.is_empty()).then(|| *at.get(&steps));
    match (what % 4, one) {
        (0, Some(one)) => {
            let way = if *up { Way::Up } else { Way::Down };
            shift(graph, one, way, NOW).unwrap();
            None
        }
        (1, Some(one)) => {
            remove(graph, one).unwrap();
            Some(one)
        }
        (_, one) => {
            let place = one.filter(|_| *up).map_or(Place::Top, Place::After);
            insert(graph, &place, node(*node_type, "x"), NOW).unwrap();
            None
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_done_a_cadence_stays_one_line_from_its_first_step_to_an_end(
        acts in prop::collection::vec(
            (any::<u8>(), prop::sample::select(vec![VoiceCall, Sms, Whatsapp, Email, Time]),
             any::<prop::sample::Index>(), any::<bool>()),
            0..40,
        ),
    ) {
        let mut graph = Graph::default();
        for asked in &acts {
            let before: HashSet<Uuid> = graph.nodes.iter().filter(|node| !node.node_type.is_terminal()).map(|node| node.id).collect();
            let gone = act(&mut graph, asked);
            let now: HashSet<Uuid> = graph.nodes.iter().map(|node| node.id).collect();
            prop_assert!(before.iter().all(|id| now.contains(id) != (gone == Some(*id))), "ids are kept");
            holds(&graph)?;
        }
    }
}

fn holds(graph: &Graph) -> Result<(), TestCaseError> {
    let list = lines(graph);
    prop_assert!(list.lines.len() <= 1);
    prop_assert_eq!(list.ids().count(), graph.nodes.len());
    let entry = graph.entry().map(|node| node.id);
    prop_assert_eq!(entry, list.ids().next());
    if let Some(line) = list.lines.first() {
        prop_assert!(line.then.is_some_and(|end| end.node_type.is_terminal()));
        let mut path = line.nodes.clone();
        path.extend(line.then);
        prop_assert_eq!(graph.path(), path);
    }
    let mut seen = HashSet::new();
    for edge in &graph.edges {
        prop_assert!(
            seen.insert((edge.from_node_id, edge.to_node_id, &edge.label)),
            "twice"
        );
        prop_assert!(
            graph.node(edge.from_node_id).is_some() && graph.node(edge.to_node_id).is_some()
        );
    }
    let entries = graph
        .nodes
        .iter()
        .filter(|node| !graph.edges.iter().any(|edge| edge.to_node_id == node.id));
    prop_assert_eq!(entries.count(), usize::from(!graph.nodes.is_empty()));
    prop_assert!(graph.nodes.is_sorted_by(|a, b| a.position_y < b.position_y));
    Ok(())
}
