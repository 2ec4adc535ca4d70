//! The graph as a small picture: a column for each line, the ends in a row below, and edges that
//! run between the columns, so that none crosses a step.

use std::collections::HashMap;

use askama::Template;
use uuid::Uuid;

use super::filters;
use crate::workflows::arrange::{self, Lines};
use crate::workflows::{Graph, Node};

/// From one column, and one row, to the next.
const COLUMN: i32 = 136;
const ROW: i32 = 46;
const WIDTH: i32 = 110;
const HEIGHT: i32 = 26;
const MARGIN: i32 = 16;
/// As many letters of a name as a box holds.
const LETTERS: usize = 14;

/// The picture.
#[derive(Template)]
#[template(path = "workflows/picture.html")]
pub struct Picture {
    width: i32,
    height: i32,
    name: String,
    boxes: Vec<Drawn>,
    ways: Vec<Way>,
}

/// A node.
struct Drawn {
    x: i32,
    y: i32,
    node_type: &'static str,
    label: String,
    name: String,
    class: &'static str,
}

/// An edge.
struct Way {
    path: String,
    tip: String,
}

impl Picture {
    /// The picture of a graph; none while there is nothing to be seen.
    pub fn of(graph: &Graph, name: &str) -> Option<Self> {
        if graph.nodes.is_empty() {
            return None;
        }
        let places = places(&arrange::lines(graph));
        let columns = places.values().map(|(column, _)| column + 1).max()?;
        let rows = places.values().map(|(_, row)| row + 1).max()?;
        let boxes = graph.nodes.iter();
        let boxes = boxes.filter_map(|node| Some(drawn(node, *places.get(&node.id)?)));
        let mut ways: Vec<Way> = Vec::new();
        for edge in &graph.edges {
            let ends = (places.get(&edge.from_node_id), places.get(&edge.to_node_id));
            if let (Some(from), Some(to)) = ends {
                let way = way(*from, *to);
                if ways.iter().all(|known| known.path != way.path) {
                    ways.push(way);
                }
            }
        }
        Some(Self {
            width: 2 * MARGIN + columns * COLUMN - (COLUMN - WIDTH),
            height: rows * ROW - (ROW - HEIGHT) + 4,
            name: name.to_owned(),
            boxes: boxes.collect(),
            ways,
        })
    }
}

/// Column and row of each node: a line begins a row below the step it branches off. The end of
/// the first line stands under it, the others in columns of their own.
fn places(list: &Lines<'_>) -> HashMap<Uuid, (i32, i32)> {
    let mut places: HashMap<Uuid, (i32, i32)> = HashMap::new();
    for (column, line) in (0..).zip(&list.lines) {
        let off = line.off.and_then(|off| places.get(&off.id));
        let top = off.map_or(0, |(_, row)| row + 1);
        for (row, node) in (top..).zip(&line.nodes) {
            places.insert(node.id, (column, row));
        }
    }
    let bottom = places.values().map(|(_, row)| row + 1).max().unwrap_or(0);
    let main = list.lines.first().and_then(|line| line.then);
    let main = main.filter(|then| then.node_type.is_terminal());
    let mut column = i32::from(main.is_some());
    for end in &list.ends {
        if main.is_some_and(|main| main.id == end.id) {
            places.insert(end.id, (0, bottom));
        } else {
            places.insert(end.id, (column, bottom));
            column += 1;
        }
    }
    places
}

fn drawn(node: &Node, place: (i32, i32)) -> Drawn {
    let (x, y) = corner(place);
    let label = match node.label.char_indices().nth(LETTERS) {
        Some((cut, _)) => format!("{}…", node.label[..cut].trim_end()),
        None => node.label.clone(),
    };
    Drawn {
        x,
        y,
        node_type: node.node_type.as_str(),
        label,
        name: node.label.clone(),
        class: match (node.node_type.as_str(), node.node_type.channel()) {
            ("CONVERTED", _) => "n n-won",
            ("DROPPED", _) => "n n-lost",
            (_, Some(_)) => "n n-out",
            _ => "n",
        },
    }
}

fn corner((column, row): (i32, i32)) -> (i32, i32) {
    (MARGIN + column * COLUMN, 2 + row * ROW)
}

/// Straight down to the next row; else out at the side, along the gap beside the column, and in
/// from above.
fn way(from: (i32, i32), to: (i32, i32)) -> Way {
    let ((x, y), (to_x, to_y)) = (corner(from), corner(to));
    let (middle, tip_y) = (to_x + WIDTH / 2, to_y - 1);
    let tip = format!("M{} {}h8l-4 5z", middle - 4, tip_y - 5);
    if from.0 == to.0 && to.1 == from.1 + 1 {
        let path = format!("M{middle} {}V{}", y + HEIGHT, tip_y - 4);
        return Way { path, tip };
    }
    let right = to.0 > from.0;
    let (side, gap, turn) = match right {
        true => (x + WIDTH, x + WIDTH + 13, 1),
        false => (x, x - 11, -1),
    };
    let (start_y, over) = (y + HEIGHT / 2, to_y - 12);
    let down = (over - start_y).signum() * 5;
    let inward = (middle - gap).signum() * 5;
    let path = format!(
        "M{side} {start_y}H{}q{} 0 {} {down}V{}q0 {down} {inward} {down}H{middle}V{}",
        gap - 5 * turn,
        5 * turn,
        5 * turn,
        over - down,
        tip_y - 4,
    );
    Way { path, tip }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_step_is_straight_below_and_others_are_gone_round_to() {
        assert_eq!(way((0, 0), (0, 1)).path, "M71 28V43");
        assert!(way((0, 0), (0, 2)).path.starts_with("M16 15H10q-5 0 -5 5V"));
        assert!(
            way((0, 2), (0, 0))
                .path
                .starts_with("M16 107H10q-5 0 -5 -5V")
        );
        assert!(way((0, 0), (1, 3)).path.starts_with("M126 15H134q5 0 5 5V"));
    }
}
