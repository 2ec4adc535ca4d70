//! The list as a file.

use std::collections::HashMap;
use std::io::{Read as _, Seek as _, Write as _};
use std::net::TcpStream;

use leadline::audit::{self, Entry, Event};
use leadline::caller::Role;
use leadline::leads::{Metadata, NewLead, OwnerRef};
use leadline::tabular::{self, Choices, Kind, Row};
use serde_json::{Value, json};

use crate::app::{Browser, Firm, TestApp};

/// A file as who opens it sees it: each lead by the names of its columns.
pub struct Sheet {
    pub name: String,
    pub kind: Kind,
    pub bytes: Vec<u8>,
    pub header: Vec<String>,
    pub leads: Vec<HashMap<String, String>>,
}

pub fn export(browser: &Browser, address: &str) -> Sheet {
    let (name, bytes) = browser.download(address);
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    file.rewind().unwrap();
    let mut table = tabular::open(&file, &Choices::default()).unwrap();
    let header = table.header().to_vec();
    let (mut row, mut leads) = (Row::new(), Vec::new());
    while table.next_row(&mut row).unwrap() {
        // A workbook's row ends with the last cell that has something in it.
        let cells = (0..header.len()).map(|at| row.cell(at).to_owned());
        leads.push(header.iter().cloned().zip(cells).collect());
    }
    Sheet {
        name,
        kind: table.found().kind,
        bytes,
        header,
        leads,
    }
}

impl Sheet {
    fn of(&self, column: &str) -> Vec<&str> {
        self.leads
            .iter()
            .map(|lead| lead[column].as_str())
            .collect()
    }
}

pub fn named(first_name: &str) -> NewLead {
    NewLead {
        first_name: first_name.to_owned(),
        ..NewLead::default()
    }
}

pub fn own(metadata: Value) -> Metadata {
    metadata.as_object().cloned().unwrap()
}

/// What the audit keeps of exports, in their order.
fn kept(app: &TestApp, firm: &Firm<'_>) -> Vec<Entry> {
    let account = firm.owner().account.id;
    let entries = audit::of_subject(&mut app.connect(), &firm.owner(), account, 100).unwrap();
    let exports = [Event::LeadsExportBegun, Event::LeadsExported];
    let kept = entries
        .into_iter()
        .filter(|one| exports.contains(&one.event));
    let mut kept: Vec<Entry> = kept.collect();
    kept.reverse();
    kept
}

#[test]
fn the_list_leaves_as_it_is_filtered_and_ordered() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    other.lead("Zoe");
    let rep = firm.person(Role::Rep);
    firm.leads(vec![
        NewLead {
            phone: Some("(201) 555-0123".to_owned()),
            owner: Some(OwnerRef::Id(rep.id)),
            tags: vec!["vip".to_owned(), "fair".to_owned()],
            metadata: own(json!({"edad": 35, "vip": true})),
            ..named("Bea")
        },
        NewLead {
            owner: Some(OwnerRef::Id(rep.id)),
            ..named("Ann")
        },
        named("Carl"),
    ]);
    let browser = firm.signed_in(Role::Rep);
    let page = browser.get("/leads?owner=me&sort=last_name");
    for (link, kind, name) in [
        ("CSV, for any program", Kind::Csv, "leads-2026-11-19.csv"),
        (
            "Excel workbook (.xlsx)",
            Kind::Xlsx,
            "leads-2026-11-19.xlsx",
        ),
    ] {
        let sheet = export(&browser, &page.link(link));
        assert_eq!((sheet.name.as_str(), sheet.kind), (name, kind));
        assert_eq!(sheet.of("first_name"), ["Ann", "Bea"]);
        assert_eq!(sheet.of("phone_number"), ["", "+12015550123"]);
        assert_eq!(sheet.of("leadline.phone_as_given"), ["", "(201) 555-0123"]);
        assert_eq!(sheet.of("leadline.owner"), [&rep.email; 2]);
        assert_eq!(sheet.of("leadline.tags"), ["", "vip, fair"]);
        assert_eq!(sheet.of("leadline.created_at")[0], "2026-11-19T12:00:00Z");
        assert_eq!(sheet.of("edad"), ["", "35"]);
        assert_eq!(sheet.of("vip"), ["", "true"]);
    }
    let nobody = export(&browser, "/leads/export?q=nobody");
    assert_eq!(nobody.leads.len(), 0);
    assert!(!nobody.header.contains(&"edad".to_owned()));
}

#[test]
fn who_may_read_may_take_along_and_the_audit_tells() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.lead("Ann");
    let viewer = firm.signed_in(Role::Viewer);
    assert!(viewer.get("/leads").has_link("CSV, for any program"));
    assert!(
        !viewer
            .get("/leads?q=nobody")
            .has_link("CSV, for any program")
    );
    for format in ["csv", "xlsx"] {
        let address = format!("/leads/export?owner=me&archived=true&format={format}");
        export(&viewer, &address);
    }
    let kept = kept(&app, &firm);
    let events: Vec<Event> = kept.iter().map(|one| one.event).collect();
    let each = [Event::LeadsExportBegun, Event::LeadsExported];
    assert_eq!(events, [each, each].concat());
    for (entry, format) in kept.iter().zip(["csv", "csv", "xlsx", "xlsx"]) {
        assert_eq!(entry.actor, firm.email(Role::Viewer));
        assert_eq!(entry.data["format"], format);
        assert_eq!(entry.data["leads"], 0);
        let filters = json!(["Owner is Victor Hale", "Only archived"]);
        assert_eq!(entry.data["filters"], filters);
    }
    assert_eq!(kept[0].data["export"], kept[1].data["export"]);
    assert_ne!(kept[1].data["export"], kept[2].data["export"]);
}

#[test]
fn an_address_that_is_not_understood_gives_no_file() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.lead("Ann");
    let owner = firm.signed_in(Role::Owner);
    for wrong in ["format=pdf", "campaign_id=spring", "created_after=monday"] {
        let page = owner.get(&format!("/leads/export?{wrong}"));
        assert_eq!(page.status, 400, "{page:?}");
        assert_eq!(page.heading(), "We could not read that");
    }
    assert!(kept(&app, &firm).is_empty());
}

#[test]
fn keys_beyond_the_columns_of_a_file_share_one_that_says_so() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let keys = |from: usize, to: usize| -> Metadata {
        let keys = (from..to).map(|key| (format!("k{key:03}"), json!(format!("v{key}"))));
        keys.collect()
    };
    firm.leads(vec![
        NewLead {
            metadata: keys(0, 150),
            ..named("Ann")
        },
        NewLead {
            metadata: keys(50, 203),
            ..named("Bea")
        },
    ]);
    let browser = firm.signed_in(Role::Rep);
    let sheet = export(&browser, "/leads/export?sort=last_name");
    let last = "leadline.3 more keys, for which there are no columns";
    assert_eq!(sheet.header.last().map(String::as_str), Some(last));
    // Those that both have are there; of the others the first by name.
    assert_eq!(sheet.of("k050"), ["v50", "v50"]);
    assert_eq!(sheet.of("k149"), ["v149", "v149"]);
    assert_eq!(sheet.of(last), ["", "k200: v200\nk201: v201\nk202: v202"]);
}

#[test]
fn who_goes_away_ends_it_and_the_audit_does_not_say_it_was_whole() {
    let mut app = TestApp::start();
    let firm = app.firm("Acme");
    let text = "x".repeat(6_000);
    let new = |number: usize| NewLead {
        metadata: own(json!({ "text": text })),
        ..named(&format!("Lead {number}"))
    };
    // Two pieces are more than lies ready for somebody who does not read, so the third is not made.
    firm.leads((0..2_001).map(new).collect());
    let browser = firm.signed_in(Role::Rep);
    let account = firm.owner();
    let mut connection = TcpStream::connect(app.base.strip_prefix("http://").unwrap()).unwrap();
    let cookies = browser.cookie_header();
    let head = format!("GET /leads/export HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\n\r\n");
    connection.write_all(head.as_bytes()).unwrap();
    let mut start = [0; 32];
    connection.read_exact(&mut start).unwrap();
    assert!(start.starts_with(b"HTTP/1.1 200"));
    drop(connection);
    app.stop().join().unwrap();
    let mut conn = app.connect();
    let entries = audit::of_subject(&mut conn, &account, account.account.id, 100).unwrap();
    let events: Vec<Event> = entries.iter().map(|one| one.event).collect();
    assert!(events.contains(&Event::LeadsExportBegun), "{events:?}");
    assert!(!events.contains(&Event::LeadsExported), "{events:?}");
}
