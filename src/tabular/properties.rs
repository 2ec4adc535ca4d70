//! What holds for any table and any bytes: what is written reads the same, and nothing that is
//! read stops the program or gives other rows the second time.

use proptest::prelude::*;

use super::sample::{Book, Content, read, read_as};
use super::{Choices, CsvWriter, Delimiter, Encoding, Fault, XlsxWriter};

/// Cells of all kinds, with what matters to a format or a spreadsheet more often.
fn cell() -> impl Strategy<Value = String> {
    let marked = prop::collection::vec(
        prop::sample::select(vec![
            "=", "+", "-", "@", "'", "\"", ",", ";", "\t", "|", "\r", "\n", "\r\n", "\0", " ", "a",
            "é", "😀", "1", "_x000D_", "_x", "&", "<", ">", "]]>", "sep=", "\u{FEFF}", "\u{FFFE}",
            "＝", "1E9", "\u{1b}",
        ]),
        0..6,
    );
    prop_oneof![
        marked.prop_map(|parts| parts.concat()),
        any::<String>(),
        "\\+[0-9]{8,15}",
        Just(String::new()),
    ]
}

/// A header that begins with a name, and rows of any length.
fn table() -> impl Strategy<Value = (Vec<String>, Vec<Vec<String>>)> {
    let header = prop::collection::vec(cell(), 0..6);
    let rows = prop::collection::vec(prop::collection::vec(cell(), 0..8), 0..12);
    (header, rows).prop_map(|(mut header, rows)| {
        header.insert(0, "name".to_owned());
        (header, rows)
    })
}

/// A table as it is read: names trimmed, blank rows passed over, and no empty cells at the end.
fn as_read(header: &[String], rows: &[Vec<String>]) -> (Vec<String>, Vec<(u32, Vec<String>)>) {
    let names = header.iter().map(|name| name.trim().to_owned()).collect();
    let numbered = (2u32..).zip(rows);
    let full = numbered.filter(|(_, row)| !row.concat().trim().is_empty());
    (
        full_names(names),
        full.map(|(number, row)| (number, bare(row))).collect(),
    )
}

fn full_names(mut names: Vec<String>) -> Vec<String> {
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

fn bare(row: &[String]) -> Vec<String> {
    full_names(row.to_vec())
}

fn check(content: Content, header: &[String], rows: &[Vec<String>]) -> Result<(), TestCaseError> {
    let (wanted, wanted_rows) = as_read(header, rows);
    prop_assert_eq!(full_names(content.header), wanted);
    let read: Vec<_> = content
        .rows
        .iter()
        .map(|(number, row)| (*number, bare(row)))
        .collect();
    prop_assert_eq!(read, wanted_rows);
    Ok(())
}

fn csv(header: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = CsvWriter::new(Vec::new());
    writer.row(header).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap()
}

fn xlsx(header: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = XlsxWriter::new(Vec::new(), "Leads & more: \"x\"").unwrap();
    writer.row(header).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap()
}

/// A change of a file as a bad connection or a bad person makes it.
#[derive(Clone, Debug)]
enum Change {
    Cut(f64),
    Set(f64, u8),
    Insert(f64, Vec<u8>),
    Repeat(f64, f64),
}

fn change() -> impl Strategy<Value = Change> {
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 1..8),
        prop::sample::select(vec![
            &b"\""[..],
            b"\0",
            b"\r",
            b"<",
            b"]]>",
            b"&#0;",
            b"<!--",
            b"PK\x01\x02"
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    prop_oneof![
        1 => (0.0..1.0).prop_map(Change::Cut),
        4 => (0.0..1.0, any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (0.0..1.0, bytes).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        1 => (0.0..1.0, 0.0..1.0).prop_map(|(from, to)| Change::Repeat(from, to)),
    ]
}

fn changed(mut file: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let place = |part: &f64| (file.len() as f64 * part) as usize;
        match change {
            Change::Cut(at) => file.truncate(place(at)),
            Change::Set(at, byte) => {
                let at = place(at);
                if let Some(old) = file.get_mut(at) {
                    *old = *byte;
                }
            }
            Change::Insert(at, bytes) => {
                let at = place(at);
                file.splice(at..at, bytes.iter().copied());
            }
            Change::Repeat(from, to) => {
                let (from, to) = (place(from), place(to));
                let part = file[from.min(to)..from.max(to)].to_vec();
                file.splice(from..from, part);
            }
        }
    }
    file
}

fn choices() -> impl Strategy<Value = Choices> {
    let encoding = prop::option::of(prop::sample::select(&Encoding::ALL[..]));
    let delimiter = prop::option::of(prop::sample::select(&Delimiter::ALL[..]));
    (encoding, delimiter, prop::option::of(0u32..5)).prop_map(
        |(encoding, delimiter, header_row)| Choices {
            encoding,
            delimiter,
            sheet: None,
            header_row,
        },
    )
}

/// Reads a file twice, the second time with what was found, and as a disk error never comes.
fn check_any(file: &[u8], choices: &Choices) -> Result<(), TestCaseError> {
    match read_as(file, choices) {
        Ok(content) => {
            let numbers: Vec<u32> = content.rows.iter().map(|(number, _)| *number).collect();
            prop_assert!(numbers.is_sorted_by(|a, b| a < b));
            prop_assert!(
                numbers
                    .first()
                    .is_none_or(|first| *first > content.found.header_row)
            );
            let again = read_as(file, &content.found.choices()).unwrap();
            prop_assert_eq!(again, content);
        }
        Err(Fault::Io(error)) => prop_assert!(false, "{}", error),
        Err(fault) => {
            let again = read_as(file, choices).unwrap_err();
            prop_assert_eq!(again.to_string(), fault.to_string());
        }
    }
    Ok(())
}

/// The XML of a sheet, out of pieces that may fit.
fn sheet() -> impl Strategy<Value = String> {
    let pieces = vec![
        "<row>",
        "</row>",
        "<row r=\"3\">",
        "<row r=\"4294967295\">",
        "<c>",
        "</c>",
        "<c r=\"C1\">",
        "<c t=\"s\">",
        "<c t=\"b\">",
        "<c s=\"1\">",
        "<c t=\"inlineStr\">",
        "<v>",
        "</v>",
        "<is>",
        "</is>",
        "<t>",
        "</t>",
        "<v>1</v>",
        "<v>1e400</v>",
        "<v>46350.5</v>",
        "<v>-9</v>",
        "text",
        "&amp;",
        "&#0;",
        "<row><c><v>1</v></c></row>",
        "<c><v>2</v></c>",
        "<!-- -->",
        "<![CDATA[x]]>",
        "</sheetData>",
        "<row><c t=\"d\"><v>2026-11-24T00:00:00</v></c></row>",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..20).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn a_table_written_as_csv_reads_the_same((header, rows) in table()) {
        check(read(csv(&header, &rows)).unwrap(), &header, &rows)?;
    }

    #[test]
    fn a_table_written_as_a_workbook_reads_the_same((header, rows) in table()) {
        check(read(xlsx(&header, &rows)).unwrap(), &header, &rows)?;
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does(
        lines in prop::collection::vec(prop::sample::select(vec!["", "x", "x,y", "\"p\n\nq\",z", "\"\"", ",", "\"a\"\"b\""]), 1..30),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        last in any::<bool>(),
    ) {
        let text = lines.iter().map(|it| it.replace('\n', end)).collect::<Vec<_>>().join(end);
        let text = format!("a,b{end}{text}{}", if last { end } else { "" });
        let full = (2u32..).zip(&lines).filter(|(_, line)| !matches!(**line, "" | "\"\"" | ","));
        let wanted: Vec<u32> = full.map(|(number, _)| number).collect();
        let read: Vec<u32> = read(text).unwrap().rows.iter().map(|(number, _)| *number).collect();
        prop_assert_eq!(read, wanted);
    }

    #[test]
    fn any_bytes_can_be_given(
        file in prop::collection::vec(any::<u8>(), 0..600),
        text in "[a-z,;\"\n\r\t |=é]{0,300}",
        choices in choices(),
    ) {
        check_any(&file, &choices)?;
        check_any(text.as_bytes(), &choices)?;
    }

    #[test]
    fn a_changed_csv_file_can_be_given(
        (header, rows) in table(),
        changes in prop::collection::vec(change(), 1..5),
        choices in choices(),
    ) {
        check_any(&changed(csv(&header, &rows), &changes), &choices)?;
    }

    #[test]
    fn a_changed_workbook_can_be_given(
        (header, rows) in table(),
        changes in prop::collection::vec(change(), 1..5),
        choices in choices(),
    ) {
        check_any(&changed(xlsx(&header, &rows), &changes), &choices)?;
    }

    #[test]
    fn any_xml_can_be_given(
        data in sheet(),
        styles in "(<cellXfs>|<xf numFmtId=\"(14|46|9999999999)\"/>|<numFmt numFmtId=\"1\" formatCode=\"[a-z;\\[\\]]{0,6}\"/>|</cellXfs>){0,6}",
        strings in "(<si>|<t>|x|</t>|</si>|<rPh>|_x0041_){0,9}",
    ) {
        let strings = format!("<sst>{strings}</sst>");
        let styles = format!("<styleSheet>{styles}</styleSheet>");
        let sheets = &[data.as_str()];
        let book = Book { styles: &styles, strings: &strings, sheets, ..Book::default() };
        check_any(&book.packed(), &Choices::default())?;
        let sheets_only = Book { sheets, ..Book::default() };
        check_any(&sheets_only.packed(), &Choices::default())?;
    }
}
