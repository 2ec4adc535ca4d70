use super::Delimiter;

/// How many rows are looked at.
const ROWS: usize = 100;

/// What separates the cells of a text, by its start: the character that makes most cells of the
/// header and as many of the rows below. What stands in quotation marks doesn't count. A text
/// with one column is one of commas.
///
/// `whole` says that nothing follows.
pub(super) fn sniff(start: &str, whole: bool) -> Delimiter {
    let rows = counted(start, whole);
    let Some(header) = rows.first() else {
        return Delimiter::Comma;
    };
    let weight = |at: &usize| {
        let alike = rows.iter().filter(|row| row.of[*at] == header.of[*at]);
        let tight: usize = rows.iter().map(|row| row.tight[*at]).sum();
        // Of two that are as good, the one that isn't also punctuation; then the likelier.
        (
            alike.count() * header.of[*at],
            tight,
            std::cmp::Reverse(*at),
        )
    };
    let best = (0..Delimiter::ALL.len())
        .filter(|at| header.of[*at] > 0)
        .max_by_key(weight);
    best.map_or(Delimiter::Comma, |at| Delimiter::ALL[at])
}

/// How often each delimiter stands in a row.
#[derive(Clone, Copy, Default)]
struct Counted {
    of: [usize; 4],
    /// Those that no space follows.
    tight: [usize; 4],
}

fn counted(start: &str, whole: bool) -> Vec<Counted> {
    let mut rows = Vec::new();
    let mut row = Counted::default();
    let (mut quoted, mut cell_starts, mut any) = (false, true, false);
    let mut bytes = start.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if quoted {
            if byte == b'"' {
                // A doubled one stands for itself.
                quoted = bytes.next_if_eq(&b'"').is_some();
            }
            continue;
        }
        match byte {
            b'\r' | b'\n' => {
                if any {
                    rows.push(row);
                }
                if rows.len() == ROWS {
                    return rows;
                }
                (row, any, cell_starts) = (Counted::default(), false, true);
                continue;
            }
            b'"' if cell_starts => quoted = true,
            _ => {}
        }
        any = true;
        let delimiter = Delimiter::ALL.iter().position(|it| it.byte() == byte);
        if let Some(at) = delimiter {
            row.of[at] += 1;
            row.tight[at] += usize::from(bytes.peek() != Some(&b' '));
        }
        cell_starts = delimiter.is_some();
    }
    // The row that the start breaks off is no measure of the others.
    if any && (whole && !quoted || rows.is_empty()) {
        rows.push(row);
    }
    rows
}

/// The delimiter that a first line `sep=;` names, as Excel writes and reads it, and that line's
/// length.
pub(super) fn said(start: &str) -> Option<(Delimiter, usize)> {
    let bytes = start.as_bytes();
    let (word, rest) = bytes.split_at_checked(4)?;
    if !word.eq_ignore_ascii_case(b"sep=") {
        return None;
    }
    let delimiter = Delimiter::of(*rest.first()?)?;
    let end = match rest.get(1..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([b'\r' | b'\n', ..]) => 1,
        Some([]) => 0,
        _ => return None,
    };
    Some((delimiter, 5 + end))
}
