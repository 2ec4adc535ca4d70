//! A file is uploaded.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use leadline::caller::Role;

use super::{LEADS, begun};
use crate::app::TestApp;

/// The files in the folder for uploads.
fn kept(app: &TestApp) -> usize {
    fs::read_dir(app.data.path().join("uploads")).map_or(0, Iterator::count)
}

#[test]
fn a_file_is_kept_and_its_first_rows_are_shown() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get("/imports/new");
    assert!(page.says("at most 256 MiB"), "{page:?}");
    assert_eq!(page.texts("[aria-current=step]"), ["File"]);
    let id = begun(&manager, "../../leads.csv", LEADS);
    assert_eq!(kept(&app), 1);
    let page = manager.get(&format!("/imports/{id}/file"));
    assert_eq!(page.row("Ann"), ["2", "+442079460321", "Ann", "Leeds"]);
}

#[test]
fn a_file_that_is_none_is_told_beside_its_field_and_not_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let wide: String = (0..300).map(|at| format!("c{at},")).collect();
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("leads.csv", Vec::new(), "The file is empty"),
        ("leads.csv", b"phone,city\n".to_vec(), "no rows"),
        (
            "leads.csv",
            vec![0x7f, b'E', b'L', b'F', 0, 1, 2, 0],
            "neither a CSV",
        ),
        (
            "leads.xlsx",
            b"PK\x03\x04 and then nothing".to_vec(),
            "workbook",
        ),
        (
            "leads.csv",
            format!("{wide}\n1\n").into_bytes(),
            "at most 256",
        ),
        ("", Vec::new(), "Choose a file first"),
    ];
    for (name, bytes, said) in cases {
        let page = owner.upload("/imports", name, &bytes);
        assert_eq!(page.status, 422, "{page:?}");
        let problem = page.problem_of("A file with leads");
        assert!(problem.contains(said), "{problem}, not {said}");
    }
    let without = owner.post("/imports", &[]);
    assert_eq!(
        without.problem_of("A file with leads"),
        "Choose a file first"
    );
    assert_eq!(kept(&app), 0);
    assert!(owner.get("/imports").says("No file has come in yet"));
}

#[test]
fn no_byte_of_a_file_is_taken_without_the_token_before_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    for token in [None, Some("made-up"), Some("")] {
        let page = owner.upload_with(token, "/imports", "leads.csv", LEADS);
        assert_eq!(
            (page.status, page.heading().as_str()),
            (403, "This form is out of date")
        );
    }
    // Not even the folder was made.
    assert!(!app.data.path().join("uploads").exists());
    let elsewhere = owner.upload("/campaigns", "leads.csv", LEADS);
    assert_eq!(elsewhere.status, 415, "{elsewhere:?}");
}

#[test]
fn nothing_is_taken_of_somebody_who_is_not_signed_in() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor();
    let answer = visitor.upload("/imports", "leads.csv", LEADS);
    assert_eq!(answer.location().as_deref(), Some("/login"));
    assert!(!app.data.path().join("uploads").exists());
}

#[test]
fn a_file_of_somebody_who_may_not_import_is_gone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    assert_eq!(rep.upload("/imports", "leads.csv", LEADS).status, 403);
    assert_eq!(kept(&app), 0);
}

#[test]
fn a_connection_that_is_cut_leaves_no_file() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let (head, body) = owner.upload_request("/imports", "leads.csv", LEADS);
    let mut connection = TcpStream::connect(app.base.strip_prefix("http://").unwrap()).unwrap();
    connection.write_all(head.as_bytes()).unwrap();
    connection.write_all(&body[..body.len() - 30]).unwrap();
    let came = Instant::now();
    while kept(&app) == 0 {
        assert!(
            came.elapsed() < Duration::from_secs(20),
            "the file began to come"
        );
        std::thread::yield_now();
    }
    connection.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer);
    drop(connection);
    while kept(&app) > 0 {
        assert!(came.elapsed() < Duration::from_secs(20), "the file is gone");
        std::thread::yield_now();
    }
    assert!(owner.get("/imports").says("No file has come in yet"));
}
