//! The operator's command line, beside a server that runs on the same database.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use diesel::connection::SimpleConnection;
use leadline::caller::Role;
use leadline::workflows::NodeType;
use leadline::{audit, server};

use crate::app::{PASSWORD, TestApp, with_codes};

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
fn whoever_is_locked_out_gets_in_with_a_password_that_is_printed_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (inside, ..) = with_codes(&firm, Role::Owner);
    let shouted = firm.email(Role::Owner).to_uppercase();
    let password = said(&app, &["user", "reset", &shouted]);
    assert_eq!(password.len(), 20, "{password}");
    assert_eq!(inside.get("/profile").status, 303);
    let visitor = app.visitor();
    let before = visitor.sign_in(firm.email(Role::Owner), PASSWORD);
    assert_eq!(before.status, 422);
    let answer = visitor.sign_in(firm.email(Role::Owner), &password);
    assert_eq!(answer.location().as_deref(), Some("/"));
    assert!(visitor.get("/profile").has_button("Set up codes"));
    let entries = visitor.get("/audit?event=user_reset");
    let sentence = "gave a person another password and turned their two-factor codes off";
    assert!(
        entries.says(sentence) && entries.says("The operator"),
        "{entries:?}"
    );
    assert!(!entries.body.contains(&password));
}

/// `user reset` with a password from standard input.
fn reset_to(app: &TestApp, email: &str, password: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadline"));
    let command = command.args(["user", "reset", email, "--password-stdin"]);
    let command = command.env("DATABASE_URL", &app.database.url);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = pipes.stderr(Stdio::piped()).spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    input.write_all(password.as_bytes()).unwrap();
    drop(input);
    running.wait_with_output().unwrap()
}

#[test]
fn the_operator_may_say_the_password_where_nobody_sees_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let email = firm.email(Role::Rep);
    let weak = reset_to(&app, email, "short\n");
    assert_eq!(
        String::from_utf8(weak.stderr).unwrap(),
        "leadline: --password must be at least 10 characters long\n"
    );
    assert_eq!(app.visitor().sign_in(email, PASSWORD).status, 303);
    let output = reset_to(&app, email, "another nine knots\nand no more\n");
    assert!(
        output.status.success() && output.stdout.is_empty(),
        "{output:?}"
    );
    assert_eq!(
        app.visitor().sign_in(email, "another nine knots").status,
        303
    );
}

#[test]
fn nobody_is_let_in_who_is_not_there_or_deactivated() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.person(Role::Rep).id;
    let admin = firm.signed_in(Role::Admin);
    admin.post(&format!("/settings/users/{rep}/deactivation"), &[]);
    let sentence = |email: &str| refused(&app, &["user", "reset", email]);
    assert_eq!(
        sentence("nobody@acme.example"),
        "leadline: User not found\n"
    );
    assert_eq!(
        sentence(firm.email(Role::Rep)),
        "leadline: Rita Osei is deactivated; an admin of their account lets them in again first\n"
    );
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

#[test]
fn the_doctor_reads_the_audit_when_asked_to() {
    let app = TestApp::start();
    account(&app);
    assert!(!String::from_utf8_lossy(&leadline(&app, &["doctor"]).stdout).contains("audit"));
    let sealed = audit::seal(&mut app.connect(), app.clock.now()).unwrap();
    assert!(sealed > 0);
    let found = leadline(&app, &["doctor", "--audit"]);
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    let sound = format!("Acme: {sealed} entries sound, 0 to be sealed, chain ");
    assert!(found.status.success() && text.contains(&sound), "{text}");
    let changed = "ALTER TABLE audit_entries DISABLE TRIGGER USER; \
                   UPDATE audit_entries SET actor = 'nobody'; \
                   ALTER TABLE audit_entries ENABLE TRIGGER USER";
    app.connect().batch_execute(changed).unwrap();
    let found = leadline(&app, &["doctor", "--audit"]);
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(!found.status.success(), "{text}");
    assert!(text.contains("was changed after it was written"), "{text}");
}
