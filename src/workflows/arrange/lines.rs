//! The lines of a graph: the way of a lead that never answers first, then what branches off it.

use std::collections::HashSet;

use uuid::Uuid;

use super::follow;
use crate::workflows::graph::{Graph, Node};

/// Steps that follow one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// The step this line branches off; none for the first line and for one that nothing leads
    /// to.
    pub off: Option<&'a Node>,
    /// Its nodes from the top down, without the end.
    pub nodes: Vec<&'a Node>,
    /// Where it leads: to an end, or to a step of a line.
    pub then: Option<&'a Node>,
}

/// A graph as a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines<'a> {
    /// The lines; when there is any step, the first begins where leads come in.
    pub lines: Vec<Line<'a>>,
    /// The ends.
    pub ends: Vec<&'a Node>,
}

impl<'a> Lines<'a> {
    /// Every node in the order of the list.
    pub fn ids(&self) -> impl Iterator<Item = Uuid> {
        let nodes = self.lines.iter().flat_map(|line| &line.nodes);
        nodes.chain(&self.ends).map(|node| node.id)
    }

    /// The line a node stands on.
    pub fn of(&self, node: Uuid) -> Option<&Line<'a>> {
        self.lines
            .iter()
            .find(|line| line.nodes.iter().any(|one| one.id == node))
    }
}

/// The lines of a graph; every node stands on one of them, or among the ends.
pub fn lines(graph: &Graph) -> Lines<'_> {
    let mut drawn = Drawn {
        graph,
        placed: HashSet::new(),
        lines: Vec::new(),
    };
    if let Some(entry) = first(graph) {
        drawn.line(entry, None);
    }
    let mut at = 0;
    loop {
        if let Some(line) = drawn.lines.get(at) {
            for node in line.nodes.clone() {
                drawn.branches_off(node);
            }
            at += 1;
        } else if let Some(stray) = drawn.stray() {
            drawn.line(stray, None);
        } else {
            break;
        }
    }
    let ends = graph.nodes.iter();
    Lines {
        lines: drawn.lines,
        ends: ends.filter(|node| node.node_type.is_terminal()).collect(),
    }
}

/// The step that leads come in by.
pub(super) fn first(graph: &Graph) -> Option<&Node> {
    let reached: HashSet<Uuid> = graph.edges.iter().map(|edge| edge.to_node_id).collect();
    let mut steps = graph
        .nodes
        .iter()
        .filter(|node| !node.node_type.is_terminal());
    steps.find(|node| !reached.contains(&node.id))
}

struct Drawn<'a> {
    graph: &'a Graph,
    placed: HashSet<Uuid>,
    lines: Vec<Line<'a>>,
}

impl<'a> Drawn<'a> {
    fn line(&mut self, start: &'a Node, off: Option<&'a Node>) {
        let (mut nodes, mut at) = (Vec::new(), Some(start));
        while let Some(node) = at.filter(|node| self.is_to_place(node)) {
            self.placed.insert(node.id);
            nodes.push(node);
            at = follow(self.graph, node).and_then(|id| self.graph.node(id));
        }
        self.lines.push(Line {
            off,
            nodes,
            then: at,
        });
    }

    fn branches_off(&mut self, node: &'a Node) {
        let graph = self.graph;
        for edge in graph.out_of(node.id) {
            if let Some(to) = graph
                .node(edge.to_node_id)
                .filter(|to| self.is_to_place(to))
            {
                self.line(to, Some(node));
            }
        }
    }

    /// The first node that no line has reached, one that nothing leads to before others.
    fn stray(&self) -> Option<&'a Node> {
        let led_to = |node: &Node| {
            self.graph
                .edges
                .iter()
                .any(|edge| edge.to_node_id == node.id)
        };
        let strays = || {
            self.graph
                .nodes
                .iter()
                .filter(|node| self.is_to_place(node))
        };
        strays()
            .find(|node| !led_to(node))
            .or_else(|| strays().next())
    }

    fn is_to_place(&self, node: &Node) -> bool {
        !node.node_type.is_terminal() && !self.placed.contains(&node.id)
    }
}
