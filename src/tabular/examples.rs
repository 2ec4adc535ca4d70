//! CSV files as people have them.

use super::sample::{cells, file_of, read, read_as};
use super::{Choices, Delimiter, Encoding, Fault, Kind, Row, Table, doubts, limits, open};

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn windows1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

#[test]
fn a_text_reads_the_same_in_every_encoding() {
    let text = "name,phone\nJosé “Ñ” Ibáñez,+15551234567\n";
    let marked = format!("\u{FEFF}{text}");
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (marked.as_bytes().to_vec(), Encoding::Utf8),
        (utf16(text, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(text, u16::to_be_bytes), Encoding::Utf16Be),
        (utf16(&marked, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(&marked, u16::to_be_bytes), Encoding::Utf16Be),
        (windows1252(text), Encoding::Windows1252),
    ] {
        let content = read(&bytes).unwrap();
        assert_eq!(content.found.encoding, Some(encoding));
        assert_eq!(content.header, ["name", "phone"]);
        assert_eq!(cells(&content), [["José “Ñ” Ibáñez", "+15551234567"]]);
    }
}

#[test]
fn utf16_is_known_without_latin_letters() {
    let text = "नाम,फ़ोन\nअमित,९८७६५४३२१०\n";
    let content = read(utf16(text, u16::to_le_bytes)).unwrap();
    assert_eq!(content.header, ["नाम", "फ़ोन"]);
}

#[test]
fn the_first_accent_may_stand_in_the_last_row() {
    let mut text = "name\n".to_owned();
    text.push_str(&"Jim\n".repeat(200_000));
    text.push_str("José\n");
    for (bytes, encoding) in [
        (windows1252(&text), Encoding::Windows1252),
        (text.clone().into_bytes(), Encoding::Utf8),
    ] {
        let content = read(&bytes).unwrap();
        assert_eq!(content.found.encoding, Some(encoding));
        let last = content.rows.last().unwrap();
        assert_eq!(*last, (200_002, vec!["José".to_owned()]));
    }
}

#[test]
fn a_stray_byte_in_utf8_loses_no_row() {
    let mut bytes = "name\nJosé\nÁngel\n".as_bytes().to_vec();
    bytes.extend(windows1252("Zoë\n"));
    bytes.extend("Ñusta\n".as_bytes());
    bytes.push(0xC3);
    let content = read(&bytes).unwrap();
    assert_eq!(content.found.encoding, Some(Encoding::Utf8));
    assert_eq!(
        cells(&content),
        [["José"], ["Ángel"], ["Zoë"], ["Ñusta"], ["Ã"]]
    );
}

#[test]
fn a_character_may_lie_across_two_blocks() {
    for shift in 0..4 {
        let text = format!("{}\n{}\n", "n".repeat(1 + shift), "é€😀".repeat(6_000));
        let text = format!("{text}{}\n", "😀é€".repeat(7_000));
        let content = read(&text).unwrap();
        assert_eq!(content.rows[0].1[0], "é€😀".repeat(6_000));
        assert_eq!(content.rows[1].1[0], "😀é€".repeat(7_000));
    }
}

#[test]
fn the_delimiter_is_found() {
    for (text, delimiter) in [
        ("a,b\n1,2\n", Delimiter::Comma),
        ("a;b;c\n1,5;2,5;3,5\n", Delimiter::Semicolon),
        ("Last, first;phone\nDoe, Jim;1\n", Delimiter::Semicolon),
        ("a;b\n\"x, y, z\";1\n", Delimiter::Semicolon),
        ("a\tb\n1,2\t3\n", Delimiter::Tab),
        ("a|b\nx;y|z\n", Delimiter::Pipe),
        ("a, b, c\n1, 2, 3\n", Delimiter::Comma),
        ("a; b\n1; 2\n", Delimiter::Semicolon),
        ("a,b,c\n1,2\n1\n1,2,3,4\n", Delimiter::Comma),
        (
            "name;note\nx;\"line\nline, line, line\"\n",
            Delimiter::Semicolon,
        ),
        ("name,size\nPipe,5\" ; steel\n", Delimiter::Comma),
        ("phone_number\n1\n", Delimiter::Comma),
        ("x,\"a;b;c\"\ny,\"d;e;f\"\n", Delimiter::Comma),
        ("a;b\r1;2\r", Delimiter::Semicolon),
    ] {
        let content = read(text).unwrap();
        assert_eq!(content.found.delimiter, Some(delimiter), "{text}");
    }
}

#[test]
fn a_first_line_may_name_the_delimiter_and_is_no_row() {
    for start in ["sep=;\r\n", "SEP=;\n", "sep=;\r", "\u{FEFF}sep=;\r\n"] {
        let content = read(format!("{start}a,b;c\n1;2\n")).unwrap();
        assert_eq!(content.header, ["a,b", "c"]);
        assert_eq!(content.rows[0].0, 2);
    }
    let content = read("sep=none,b\n1,2\n").unwrap();
    assert_eq!(content.header, ["sep=none", "b"]);
}

#[test]
fn a_choice_goes_before_what_is_found() {
    let choices = Choices {
        encoding: Some(Encoding::Windows1252),
        delimiter: Some(Delimiter::Pipe),
        header_row: Some(3),
        ..Choices::default()
    };
    let content = read_as("Leads of May\n\né|b,c\n1|2\n", &choices).unwrap();
    assert_eq!(content.header, ["Ã©", "b,c"]);
    assert_eq!(content.rows, [(4, vec!["1".to_owned(), "2".to_owned()])]);
    let again = read_as("Leads of May\n\né|b,c\n1|2\n", &content.found.choices()).unwrap();
    assert_eq!(again, content);
}

#[test]
fn rows_have_the_numbers_that_a_spreadsheet_shows() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "\na,b\n1,2\n\n\n\"x\n\ny\",3\n,\n4,5\n\n6,7".replace('\n', end);
        let content = read(&text).unwrap();
        assert_eq!(content.found.header_row, 2);
        let numbers: Vec<u32> = content.rows.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [3, 6, 8, 10], "{text:?}");
        assert_eq!(content.rows[1].1[0], format!("x{end}{end}y"));
    }
}

#[test]
fn ragged_rows_are_left_to_whoever_reads() {
    let file = file_of("a,b\n1\n1,2,,\n1,2, ,4\n");
    let mut table = open(&file, &Choices::default()).unwrap();
    let mut row = Row::new();
    assert!(table.next_row(&mut row).unwrap());
    assert_eq!((row.len(), row.cell(1), row.beyond_header()), (1, "", None));
    assert!(table.next_row(&mut row).unwrap());
    assert_eq!((row.len(), row.beyond_header()), (4, None));
    assert!(table.next_row(&mut row).unwrap());
    assert_eq!(row.beyond_header(), Some((3, "4")));
    assert!(!table.next_row(&mut row).unwrap());
    assert!(!table.next_row(&mut row).unwrap());
}

#[test]
fn names_of_columns_are_kept_and_doubts_are_said() {
    let content = read(" Name ,e-mail,,E-Mail,\nx,y\n").unwrap();
    assert_eq!(content.header, ["Name", "e-mail", "", "E-Mail", ""]);
    assert_eq!(
        doubts(&content.header),
        [
            "Columns 2 and 4 are all called “e-mail”",
            "Columns 3 and 5 have no name"
        ]
    );
    assert_eq!(
        doubts(&["a".to_owned(), "b".to_owned()]),
        Vec::<String>::new()
    );
}

#[test]
fn a_header_alone_is_a_table_without_rows() {
    for text in [
        "phone_number",
        "phone_number\n",
        "phone_number\r\n\r\n  \r\n",
    ] {
        let content = read(text).unwrap();
        assert_eq!(content.header, ["phone_number"]);
        assert_eq!(content.rows, []);
        assert_eq!(content.found.kind, Kind::Csv);
    }
}

#[test]
fn the_apostrophe_that_made_a_cell_harmless_goes_again() {
    let content = read("'=a,b\n'=1+1,'+15551234567\n'hi,''@x\n").unwrap();
    assert_eq!(content.header, ["=a", "b"]);
    assert_eq!(cells(&content), [["=1+1", "'+15551234567"], ["'hi", "'@x"]]);
}

fn said(content: impl AsRef<[u8]>) -> String {
    read(content).unwrap_err().to_string()
}

#[test]
fn what_is_no_table_is_refused_with_a_sentence() {
    for blank in ["", "\n\n", "\u{FEFF}", " , \n,,\n"] {
        assert_eq!(said(blank), "The file is empty");
    }
    let noise: Vec<u8> = (0..4_000u32).map(|at| ((at * at) >> 3) as u8).collect();
    let binary = "This is neither a CSV file nor an Excel workbook (.xlsx)";
    assert_eq!(said(&noise), binary);
    assert_eq!(
        said([b"\x89PNG\r\n\x1a\n".to_vec(), noise].concat()),
        binary
    );
    assert_eq!(said([0; 100]), binary);
    let wide = format!("{}\n", "x,".repeat(299) + "x");
    assert_eq!(
        said(wide),
        "The header names 300 columns; a file can have at most 256"
    );
    let formatted = format!("a,b{}\n1,2\n", ",".repeat(300));
    assert_eq!(read(formatted).unwrap().header.len(), limits::COLUMNS);
}

#[test]
fn a_row_that_is_not_there_can_not_be_the_header() {
    for (row, text) in [(2, "a\n\nb\n"), (9, "a\nb\n"), (0, "")] {
        let choices = Choices {
            header_row: Some(row),
            ..Choices::default()
        };
        match read_as(text, &choices).unwrap_err() {
            Fault::NoHeader(said) => assert_eq!(said, row),
            Fault::Empty => assert_eq!(text, ""),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_names_its_row() {
    let text = format!("a,b\n1,2\n3,\"4\n{}", "5,6\n".repeat(400_000));
    assert_eq!(
        said(text),
        "Row 3 has more than 64 KiB in column 2; perhaps a quotation mark is never closed"
    );
    // A short file ends before that.
    let content = read("a,b\n1,\"2\n3,4\n").unwrap();
    assert_eq!(cells(&content), [["1", "2\n3,4\n"]]);
}

#[test]
fn rows_and_cells_have_limits() {
    let most = format!("a\n{}\n", "x".repeat(limits::CELL));
    assert_eq!(read(most).unwrap().rows[0].1[0].len(), limits::CELL);
    let more = format!("a\n{}\n", "x".repeat(limits::CELL + 1));
    assert!(said(more).starts_with("Row 2 has more than 64 KiB in column 1"));
    let long = format!("a\n{}\n", vec!["x".repeat(60_000); 20].join(","));
    assert_eq!(said(long), "Row 2 has more than 16384 cells or 1024 KiB");
    let wide = format!("a\n{}\n", "1,".repeat(20_000));
    assert_eq!(said(wide), "Row 2 has more than 16384 cells or 1024 KiB");
}

#[test]
fn a_nul_in_one_cell_is_left_to_whoever_reads() {
    let text = format!("name\n{}a\0b\n", "Jim Smith\n".repeat(100));
    let content = read(text).unwrap();
    assert_eq!(content.rows[100].1[0], "a\0b");
}

#[test]
fn a_table_may_be_read_on_another_thread() {
    fn goes<T: Send>() {}
    goes::<Table>();
}
