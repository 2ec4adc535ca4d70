//! Cells that a spreadsheet would run. One that starts like a formula is written with an
//! apostrophe before it, which makes it plain text there; read back, the apostrophe goes again.
//!
//! A cell that has apostrophes before such a start of its own gets one more, so that writing and
//! reading is the same for every text.

use std::borrow::Cow;

/// The cell as it may be written.
pub(super) fn harmless(cell: &str) -> Cow<'_, str> {
    if runs(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell as it was before it was made [`harmless`].
pub(super) fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet could take a cell for a formula. Phone numbers and negative numbers start
/// like one and do nothing.
fn runs(cell: &str) -> bool {
    match cell.chars().next() {
        Some('=' | '@' | '＝' | '＋' | '－' | '＠') => true,
        // Space at the start is passed over when what follows is looked at.
        Some('\t' | '\r' | '\n') => !cell.trim().is_empty(),
        Some('+') => !digits(&cell[1..]),
        Some('-') => !number(&cell[1..]),
        _ => false,
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> bool {
    match text.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_text() {
        for cell in [
            "=1+1",
            "+1-2",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1",
            "'=1",
            "+",
            "-",
            "+1 555 0100",
            "-.5",
            "--5",
        ] {
            assert_eq!(harmless(cell), format!("'{cell}"));
            assert_eq!(restored(&harmless(cell)), cell);
        }
    }

    #[test]
    fn numbers_and_names_stay_as_they_are() {
        for cell in [
            "+15551234567",
            "-12",
            "-12.50",
            "12",
            "O'Neil",
            "'s",
            "a=b",
            "",
            "'",
        ] {
            assert_eq!(harmless(cell), cell);
            assert_eq!(restored(cell), cell);
        }
    }
}
