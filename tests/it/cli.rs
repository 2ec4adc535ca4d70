//! The operator's command line, beside a server that runs on the same database.

mod doctor;
mod user_reset;

use std::io::Write as _;
use std::process::{Command, Output};

use leadline::server;
use leadline::workflows::NodeType;

use crate::app::TestApp;

fn leadline(app: &TestApp, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadline"));
    command
        .args(arguments)
        .env("DATABASE_URL", &app.database.url);
    command.output().unwrap()
}

/// What a command printed that went well: one line.
fn said(app: &TestApp, arguments: &[&str]) -> String {
    let output = leadline(app, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.lines().count() <= 1, "{said}");
    said.trim_end().to_owned()
}

/// The sentence of a command that did not.
fn refused(app: &TestApp, arguments: &[&str]) -> String {
    let output = leadline(app, arguments);
    assert!(
        !output.status.success() && output.stdout.is_empty(),
        "{output:?}"
    );
    String::from_utf8(output.stderr).unwrap()
}

fn account(app: &TestApp) -> String {
    let arguments = [
        "--name",
        "Acme",
        "--email",
        "ann@acme.example",
        "--password",
        "nine knots in a rope",
    ];
    said(app, &[&["account", "create"], &arguments[..]].concat())
}

#[test]
fn an_account_that_was_made_can_be_signed_in_to() {
    let app = TestApp::start();
    let id = account(&app);
    assert!(uuid::Uuid::parse_str(&id).is_ok(), "{id}");
    let browser = app.visitor();
    assert_eq!(
        browser
            .sign_in("ann@acme.example", "nine knots in a rope")
            .status,
        303
    );
    assert!(browser.get("/profile").says("Owner"));
}

#[test]
fn a_person_gets_the_role_that_was_said() {
    let app = TestApp::start();
    let id = account(&app);
    let person = [
        "--account",
        &id,
        "--name",
        "Bob",
        "--email",
        "bob@acme.example",
        "--password",
        "nine knots in a rope",
    ];
    said(
        &app,
        &[&["user", "create", "--role", "viewer"], &person[..]].concat(),
    );
    let browser = app.visitor();
    browser.sign_in("bob@acme.example", "nine knots in a rope");
    assert!(browser.get("/profile").says("Viewer"));
}

#[test]
fn a_key_is_printed_alone_works_and_is_revoked() {
    let app = TestApp::start();
    let id = account(&app);
    let create = [
        "key",
        "create",
        "--account",
        &id,
        "--name",
        "Website",
        "--scopes",
        "leads:read",
    ];
    let key = said(&app, &create);
    assert!(key.starts_with("nxr_live_"), "{key}");
    let program = app.with_key(&key);
    assert_eq!(program.get("/leads").status, 200);
    assert_eq!(program.get("/workflows").status, 403);
    assert!(refused(&app, &create).contains("in use"));
    assert_eq!(
        said(
            &app,
            &["key", "revoke", "--account", &id, "--name", "Website"]
        ),
        ""
    );
    assert_eq!(program.get("/leads").status, 401);
}

#[test]
fn a_key_can_act_for_a_person() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.owner().account.id.to_string();
    let viewer = firm.email(leadline::caller::Role::Viewer);
    let create = [
        "key",
        "create",
        "--account",
        &id,
        "--name",
        "Sheet",
        "--for",
    ];
    let key = said(&app, &[&create[..], &[viewer]].concat());
    let program = app.with_key(&key);
    assert_eq!(program.get("/leads").status, 200);
    let ann = serde_json::json!({ "first_name": "Ann" });
    assert_eq!(program.post("/leads", &ann).status, 403);
    let refusal = refused(&app, &[&create[..], &["nobody@acme.example"]].concat());
    assert!(
        refusal.contains("does not belong to your account"),
        "{refusal}"
    );
}

#[test]
fn what_can_not_be_done_is_one_sentence() {
    let app = TestApp::start();
    let id = account(&app);
    let nobody = uuid::Uuid::new_v4().to_string();
    for (arguments, sentence) in [
        (
            vec!["key", "create", "--account", &nobody, "--name", "x"],
            "Account not found",
        ),
        (
            vec!["key", "revoke", "--account", &id, "--name", "x"],
            "API key not found",
        ),
        (
            vec![
                "account",
                "create",
                "--name",
                "",
                "--email",
                "x",
                "--password",
                "short",
            ],
            "--name is required; --email must look like name@example.com; --password must be at least 10 characters long",
        ),
    ] {
        assert_eq!(
            refused(&app, &arguments).trim_end(),
            format!("leadline: {sentence}")
        );
    }
}

#[test]
fn every_route_is_listed() {
    let app = TestApp::start();
    let output = leadline(&app, &["routes"]);
    let listed = String::from_utf8(output.stdout).unwrap();
    let all: Vec<String> = server::routes()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert_eq!(listed.lines().collect::<Vec<_>>(), all);
}

#[test]
fn the_demo_account_says_how_to_get_in() {
    let app = TestApp::start();
    let output = leadline(&app, &["demo"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let after = |label: &str| {
        let line = text
            .lines()
            .find(|line| line.trim().starts_with(label))
            .unwrap();
        line.split_whitespace().last().unwrap().to_owned()
    };
    let browser = app.visitor();
    assert_eq!(
        browser.sign_in(&after("e-mail"), &after("password")).status,
        303
    );
    assert!(browser.get("/leads").rows().len() > 20);
    let leads = app.with_key(&after("API key")).get("/leads").of(200);
    assert!(leads["meta"]["total"].as_u64().unwrap() > 20);
    assert!(
        !leadline(&app, &["demo"]).status.success(),
        "once is enough"
    );
}

#[test]
fn a_file_is_imported_and_every_row_told_of() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Messages", &[NodeType::Sms]).to_string();
    let account = firm.owner().account.id.to_string();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"phone_number\n+442079460321\n12ab\n+442079460321\n")
        .unwrap();
    let path = file.path().to_str().unwrap();
    let import = [
        "import",
        path,
        "--account",
        &account,
        "--workflow",
        &workflow,
    ];
    let why = refused(&app, &import);
    assert!(
        why.ends_with(
            "1 of 3 rows can't be enrolled, so none was; \
             1 × phone_number is not a valid phone number (rows 3)\n"
        ),
        "{why}"
    );
    let told = said(&app, &[&import[..], &["--lenient"]].concat());
    assert_eq!(
        told,
        "import 1: 1 of 3 rows enrolled; \
         1 × An earlier row has the same phone number (rows 4); \
         1 × phone_number is not a valid phone number (rows 3)"
    );
    let gone = refused(
        &app,
        &[
            "import",
            "/no/such/file",
            "--account",
            &account,
            "--workflow",
            &workflow,
        ],
    );
    assert!(gone.contains("can't be opened"), "{gone}");
}
