//! Workbooks that are larger than they may be.

use super::sample::{Book, read};
use super::workbooks::{HEADER, said, sheet};

#[test]
fn what_unpacks_to_too_much_is_not_unpacked() {
    let mut bytes = sheet(HEADER);
    // Two entries that say they are of 4 GiB less a byte each.
    let entries: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter_map(|(at, it)| (it == b"PK\x01\x02").then_some(at))
        .collect();
    for at in &entries[..2] {
        bytes[at + 24..at + 28].fill(0xFF);
        bytes[at + 27] = 0xFE;
    }
    let sentence = "Unpacked, this workbook is larger than 4096 MiB; split it, or save it as CSV";
    assert_eq!(read(&bytes).unwrap_err().to_string(), sentence);
}

#[test]
fn a_text_that_no_cell_can_hold_is_not_held() {
    let long = format!(
        r#"{HEADER}<row><c/><c t="str"><v>{}</v></c></row>"#,
        "x".repeat(70_000)
    );
    assert!(said(sheet(&long)).starts_with("Row 2 has more than 64 KiB in column 2"));
    let escaped = format!(
        r#"{HEADER}<row><c t="str"><v>{}</v></c></row>"#,
        "&lt;".repeat(70_000)
    );
    assert!(said(sheet(&escaped)).starts_with("Row 2 has more than 64 KiB in column 1"));
    let piece = "x".repeat(2_000_000);
    for data in [
        format!("{HEADER}<row><c t=\"str\"><v>{piece}</v></c></row>"),
        format!("{HEADER}<!--{piece}-->"),
        format!("<row r=\"1\" x=\"{piece}\"/>"),
    ] {
        assert_eq!(
            said(sheet(&data)),
            "A cell of this workbook has more than 64 KiB"
        );
    }
    let strings = format!("<sst><si><t>{}</t></si></sst>", "é".repeat(40_000));
    let data = format!(r#"{HEADER}<row><c t="s"><v>0</v></c></row>"#);
    let book = Book {
        strings: &strings,
        sheets: &[&data],
        ..Book::default()
    };
    assert!(said(book.packed()).starts_with("Row 2 has more than 64 KiB in column 1"));
}

#[test]
fn rows_and_columns_have_the_limits_of_a_sheet() {
    let rows = r#"<row r="1048577"><c><v>1</v></c></row>"#;
    assert_eq!(said(sheet(rows)), "A sheet can have at most 1048576 rows");
    let wide = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(300));
    assert_eq!(
        said(sheet(&wide)),
        "The header names 300 columns; a file can have at most 256"
    );
}
