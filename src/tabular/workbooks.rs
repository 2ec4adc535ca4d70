//! Workbooks as spreadsheets and programs write them, and as nobody should.

use super::sample::{Book, PACKAGE, cells, read, read_as, zipped};
use super::{Choices, Kind};

pub(super) fn said(content: impl AsRef<[u8]>) -> String {
    read(content).unwrap_err().to_string()
}

pub(super) fn sheet(data: &str) -> Vec<u8> {
    let sheets = &[data];
    Book {
        sheets,
        ..Book::default()
    }
    .packed()
}

pub(super) const HEADER: &str =
    r#"<row><c t="inlineStr"><is><t>a</t></is></c><c t="str"><v>b</v></c></row>"#;

#[test]
fn cells_read_as_people_would_type_them() {
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="11"/></cellXfs></styleSheet>"#;
    let strings = r#"<sst count="9" uniqueCount="5"><si><t>shared</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">ri </t></r><r><t>ch &amp; &#233;</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>a_x000D_b</t></si><si/><si><t>9.87654E+09</t></si></sst>"#;
    let data = format!(
        r#"{HEADER}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="s"><v>3</v></c><c r="E2" t="s"><v>4</v></c></row>
        <row r="3"><c r="A3"><v>15551234567</v></c><c r="B3" s="5"><v>1.5551234567E10</v></c><c r="C3" t="n"><v>0.1</v></c><c r="D3" t="b"><v>1</v></c><c r="E3" t="e"><v>#N/A</v></c></row>
        <row r="4"><c r="A4" s="1"><v>46350</v></c><c r="B4" s="2"><v>46350.625</v></c><c r="C4" s="3"><v>46350</v></c><c r="D4" s="4"><v>1.5</v></c><c r="E4" t="d"><v>2026-11-24T00:00:00Z</v></c></row>
        <row r="5"><c r="A5"><f>1+1</f><v>2</v></c><c r="B5" t="str"><f>"a"&amp;"b"</f><v>ab &lt;</v></c><c r="C5"><f>x</f></c><c r="E5" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>"#
    );
    let book = Book {
        styles,
        strings,
        sheets: &[&data],
        ..Book::default()
    };
    let content = read(book.packed()).unwrap();
    assert_eq!(content.found.kind, Kind::Xlsx);
    assert_eq!(content.header, ["a", "b"]);
    assert_eq!(
        cells(&content),
        [
            ["shared", "ri ch & é", "a\rb", "", "9.87654E+09"],
            ["15551234567", "15551234567", "0.1", "true", ""],
            [
                "2026-11-24",
                "2026-11-24T15:00:00",
                "2026-11-24",
                "36:00:00",
                "2026-11-24"
            ],
            ["2", "ab <", "", "", "inline"],
        ]
    );
}

#[test]
fn rows_and_cells_without_a_place_follow_one_another() {
    let data = format!(
        r#"{HEADER}<row/><row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="9"><c r="B9"><v>2</v></c><c><v>3</v></c></row><row r="11"><c r="A11" s="1"/></row><row><c><v>4</v></c></row>"#
    );
    let content = read(sheet(&data)).unwrap();
    assert_eq!(
        content.rows,
        [
            (3, vec!["1".to_owned(), String::new(), "3".to_owned()]),
            (9, vec![String::new(), "2".to_owned(), "3".to_owned()]),
            (12, vec!["4".to_owned()]),
        ]
    );
}

#[test]
fn names_may_have_a_prefix_and_the_first_sheet_may_be_hidden() {
    let one = HEADER;
    let two = r#"<x:row xmlns:x="m"><x:c><x:v>7</x:v></x:c></x:row>"#;
    let workbook = r#"<x:workbook xmlns:r="r"><x:workbookPr date1904="true"/><x:sheets><x:sheet name="Chart" r:id="c"/><x:sheet name="One" state="hidden" r:id="s1"/><x:sheet name="Two &amp; half" r:id="s2"/></x:sheets></x:workbook>"#;
    let book = Book {
        workbook,
        sheets: &[one, two],
        ..Book::default()
    };
    let content = read(book.packed()).unwrap();
    assert_eq!(content.header, ["7"]);
    assert_eq!(content.found.sheets, ["One", "Two & half"]);
    assert_eq!(content.found.sheet.as_deref(), Some("Two & half"));
    let choices = |sheet: &str| Choices {
        sheet: Some(sheet.to_owned()),
        ..Choices::default()
    };
    let content = read_as(book.packed(), &choices("One")).unwrap();
    assert_eq!(content.header, ["a", "b"]);
    let none = read_as(book.packed(), &choices("Three")).unwrap_err();
    assert_eq!(
        none.to_string(),
        "There is no sheet called “Three” in this workbook"
    );
}

#[test]
fn a_sheet_without_rows_is_empty_and_a_header_alone_is_not() {
    assert_eq!(said(sheet("")), "The file is empty");
    assert_eq!(said(sheet("<row><c s=\"1\"/></row>")), "The file is empty");
    assert_eq!(read(sheet(HEADER)).unwrap().rows, []);
}

#[test]
fn what_is_no_workbook_is_refused_with_a_sentence() {
    let other =
        "This is not an Excel workbook (.xlsx); save it as one from your spreadsheet, or as CSV";
    assert_eq!(said(zipped([("readme.txt", "hello")])), other);
    assert_eq!(said(zipped([])), other);
    let document = PACKAGE.replace("xl/workbook.xml", "word/document.xml");
    let document = [
        ("_rels/.rels", document.as_str()),
        ("word/document.xml", "<document/>"),
    ];
    assert_eq!(said(zipped(document)), other);
    let mut old = [
        &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..],
        &[0; 2_000],
    ]
    .concat();
    old[30] = 9;
    let sentence = "This is an old Excel workbook (.xls); save it as .xlsx or CSV";
    assert_eq!(said(&old), sentence);
    assert_eq!(said(&old[..8]), sentence);
    for (at, unit) in "EncryptedPackage".encode_utf16().enumerate() {
        let place = 640 + at * 2;
        old[place..place + 2].copy_from_slice(&unit.to_le_bytes());
    }
    assert_eq!(
        said(&old),
        "This workbook is protected with a password; save a copy without one"
    );
}

const BROKEN: &str = "This workbook is broken or incomplete; save it again and choose the new file";

#[test]
fn a_broken_workbook_is_refused() {
    let whole = sheet(&format!("{HEADER}<row><c><v>1</v></c></row>"));
    for cut in [10, whole.len() / 2, whole.len() - 1] {
        assert_eq!(said(&whole[..cut]), BROKEN);
    }
    for data in [
        "<row><c>",
        "<row></c></row>",
        r#"<row r="0"/>"#,
        r#"<row r="x"/>"#,
        r#"<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>"#,
        r#"<row r="1"><c r="B1"/><c r="A1"/></row>"#,
        r#"<row r="1"><c r="AAAA1"/></row>"#,
        r#"<row r="1"><c r="1"/></row>"#,
        r#"<row r="1"><c t="s"><v>0</v></c></row>"#,
        r#"<row r="1"><c t="str"><v>&unknown;</v></c></row>"#,
    ] {
        assert_eq!(said(sheet(data)), BROKEN, "{data}");
    }
}

#[test]
fn a_workbook_asks_for_no_more_memory_than_its_texts_need() {
    let strings = r#"<sst uniqueCount="99999999999"><si><t>a</t></si></sst>"#;
    let sheets = &[HEADER];
    let asks = Book {
        strings,
        sheets,
        ..Book::default()
    };
    assert_eq!(said(asks.packed()), BROKEN);
    let code = "0".repeat(3_000);
    let styles = format!(
        r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts></styleSheet>"#
    );
    let long = Book {
        styles: &styles,
        sheets,
        ..Book::default()
    };
    assert_eq!(said(long.packed()), BROKEN);
    let many = format!(
        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
        "<xf/>".repeat(140_000)
    );
    let many = Book {
        styles: &many,
        sheets,
        ..Book::default()
    };
    assert_eq!(said(many.packed()), BROKEN);
    let bits = format!(
        r#"{HEADER}<row><c t="inlineStr"><is>{}</is></c></row>"#,
        "<t>0123456789</t>".repeat(110_000)
    );
    assert_eq!(
        said(sheet(&bits)),
        "A cell of this workbook has more than 64 KiB"
    );
}

#[test]
fn a_workbook_is_read_from_parts_that_were_checked() {
    let relations = Book::default().relations;
    for elsewhere in ["media/image1.png", "/docProps/app.xml"] {
        let relations = relations.replace("worksheets/sheet1.xml", elsewhere);
        let book = Book {
            relations: &relations,
            sheets: &[HEADER],
            ..Book::default()
        };
        assert_eq!(said(book.packed()), BROKEN);
    }
}

#[test]
fn a_cell_far_out_makes_no_grid() {
    let data = format!(r#"{HEADER}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    let content = read(sheet(&data)).unwrap();
    assert_eq!(content.rows.len(), 1);
    assert_eq!(content.rows[0].0, 1_048_576);
    assert_eq!(content.rows[0].1.len(), 16_384);
}

#[test]
fn an_error_that_is_not_known_is_as_empty_as_the_others() {
    let data = format!(
        r#"{HEADER}<row r="2"><c r="A2" t="e"><v>#SPILL!</v></c><c r="B2"><v>2</v></c></row>"#
    );
    assert_eq!(cells(&read(sheet(&data)).unwrap()), [["", "2"]]);
}

#[test]
fn a_changed_byte_is_noticed() {
    // The XML stays whole: only the sum over it tells.
    let mut bytes = sheet(HEADER);
    assert_eq!(read(&bytes).unwrap().header, ["a", "b"]);
    let at = bytes.windows(8).position(|it| it == b"<t>a</t>").unwrap();
    bytes[at + 3] = b'c';
    assert_eq!(said(&bytes), BROKEN);
}
