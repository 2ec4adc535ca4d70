//! What leaves in a file comes in with it again, and does no harm on its way.

use std::io::Read as _;

use leadline::caller::Role;
use leadline::leads::NewLead;
use leadline::workflows::NodeType;
use serde_json::{Value, json};

use super::export::{Sheet, export, named, own};
use crate::app::{TestApp, WithKey};

/// Leads with texts that files and spreadsheets are known to spoil.
fn hard() -> Vec<NewLead> {
    let texts = json!({
        "formula": "=1+1", "plus": "+49 30 1234567", "minus": "-x", "at": "@SUM(A1)",
        "apostrophe": "'", "kept": "'=1", "quotes": "\"a\" 'b'", "lines": "a\nb\n\nc",
        "zeros": "007", "date": "2026-01-02", "long": "12345678901234567890", "float": "1e5",
        "script": "名前 😀 é e\u{301}", "separators": "a,b;c\td|e", "sep": "sep=;",
        "escape": "_x0041_ &amp; <b>", "yes": "TRUE", "error": "#N/A", "percent": "50%",
        "name": "a key", "Phone Number": "a key", "City": "Rome", "city": "Roma",
        "leadline.status": "a key", "metadata.x": "a key", "=1+1": "a key", "a,\"b\"\nc": "a key",
    });
    vec![
        NewLead {
            last_name: Some("+1-800".to_owned()),
            email: Some("o'neil+x@example.com".to_owned()),
            phone: Some("+12125550143".to_owned()),
            company: Some("-x; \"Sons\", Ltd\n2nd line".to_owned()),
            title: Some("@a".to_owned()),
            external_id: Some("00042".to_owned()),
            metadata: own(texts),
            ..named("=HYPERLINK(\"http://example.com\")")
        },
        NewLead {
            phone: Some("+493012345678".to_owned()),
            external_id: Some("12345678901234567890".to_owned()),
            ..named("名前")
        },
        NewLead {
            phone: Some("+12125550144".to_owned()),
            email: Some("ann@example.com".to_owned()),
            metadata: own(json!({"city": "2026-01-02"})),
            ..named("Ann Marie")
        },
    ]
}

/// What of each lead can come in with a file, by their numbers.
fn settable(program: &WithKey) -> Vec<Value> {
    let list = program.get("/leads?limit=200").of(200);
    let mut leads: Vec<Value> = list["data"].as_array().unwrap().clone();
    leads.sort_by_key(|lead| lead["phone"].to_string());
    let fields = [
        "first_name",
        "last_name",
        "email",
        "phone",
        "company",
        "title",
        "external_id",
        "metadata",
    ];
    let of = |lead: &Value| fields.map(|field| lead[field].clone());
    leads.iter().map(|lead| json!(of(lead))).collect()
}

#[test]
fn what_leaves_comes_in_again_unchanged() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.leads(hard());
    let there = settable(&firm.program());
    let browser = firm.signed_in(Role::Rep);
    for (format, called) in [("csv", "Zenith"), ("xlsx", "Borealis")] {
        let sheet = export(&browser, &format!("/leads/export?format={format}"));
        let other = app.firm(called);
        let workflow = other.workflow("Messages", &[NodeType::Sms]);
        let path = format!("/workflows/{workflow}/leads");
        let program = other.program();
        let answer = program.upload(&path, &sheet.name, &sheet.bytes);
        assert_eq!(answer.of(201)["leads_enrolled"], 3, "{answer:?}");
        assert_eq!(settable(&program), there, "{format}");
        // And once more, from there.
        let owner = other.signed_in(Role::Owner);
        let again = export(&owner, &format!("/leads/export?format={format}"));
        let own_keys = |sheet: &Sheet| -> Vec<String> {
            let header = sheet.header.iter();
            let own = header.filter(|name| !name.starts_with("leadline."));
            own.cloned().collect()
        };
        assert_eq!(own_keys(&again), own_keys(&sheet));
    }
}

#[test]
fn no_cell_is_one_that_a_spreadsheet_would_run() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.leads(hard());
    let browser = firm.signed_in(Role::Rep);
    let (_, csv) = browser.download("/leads/export?format=csv");
    let csv = String::from_utf8(csv).unwrap();
    let marked = csv.strip_prefix('\u{FEFF}').unwrap();
    for harmless in [
        ",\"'=HYPERLINK(\"\"http://example.com\"\")\",",
        ",'+1-800,",
        ",'@a,",
        ",\"'-x; ",
        ",'=1+1,",
        ",''=1,",
    ] {
        assert!(marked.contains(harmless), "{harmless}: {marked}");
    }
    // Phone numbers start like formulas and stay as they are.
    assert!(marked.contains("\r\n+12125550143,"), "{marked}");
    let (_, workbook) = browser.download("/leads/export?format=xlsx");
    let mut sheets = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut xml = String::new();
    let mut sheet = sheets.by_name("xl/worksheets/sheet1.xml").unwrap();
    sheet.read_to_string(&mut xml).unwrap();
    assert!(xml.contains("HYPERLINK") && !xml.contains("<f>"), "{xml}");
}
