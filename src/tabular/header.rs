use std::collections::BTreeMap;

use super::{Fault, Row, Rows, limits};

/// The header and its row: the chosen one, or else the first that isn't blank.
pub(super) fn read(rows: &mut Rows, chosen: Option<u32>) -> Result<(Vec<String>, u32), Fault> {
    let mut row = Row::new();
    let wanted = chosen.unwrap_or(1);
    let mut any = false;
    while rows.next(&mut row)? {
        any = true;
        if chosen.is_some_and(|chosen| row.number > chosen) {
            break;
        }
        if row.number >= wanted {
            return Ok((names(&row)?, row.number));
        }
    }
    Err(if any {
        Fault::NoHeader(wanted)
    } else {
        Fault::Empty
    })
}

fn names(row: &Row) -> Result<Vec<String>, Fault> {
    let mut names: Vec<String> = row.cells().map(|cell| cell.trim().to_owned()).collect();
    // A sheet with formats far to the right has as many cells without a name.
    while names.len() > limits::COLUMNS && names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    if names.len() > limits::COLUMNS {
        return Err(Fault::TooManyColumns(names.len()));
    }
    Ok(names)
}

/// What a person should look at in the names of columns: a sentence for each name that more than
/// one column has, and one for columns without a name.
pub fn doubts(header: &[String]) -> Vec<String> {
    let mut columns: BTreeMap<String, (&str, Vec<usize>)> = BTreeMap::new();
    for (at, name) in header.iter().enumerate() {
        let known = columns.entry(name.to_lowercase());
        known.or_insert_with(|| (name, Vec::new())).1.push(at + 1);
    }
    let mut doubts: Vec<(usize, String)> = Vec::new();
    for (name, at) in columns.values() {
        let said = listed(at);
        match (name.is_empty(), at.len()) {
            (true, 1) => doubts.push((at[0], format!("Column {said} has no name"))),
            (true, _) => doubts.push((at[0], format!("Columns {said} have no name"))),
            (false, 1) => {}
            (false, _) => doubts.push((at[0], format!("Columns {said} are all called “{name}”"))),
        }
    }
    doubts.sort();
    doubts.into_iter().map(|(_, said)| said).collect()
}

/// `2, 4 and 7`
fn listed(numbers: &[usize]) -> String {
    let said: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    match said.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
