//! Letting somebody in again who lost their password or the app that makes their codes.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use leadline::caller::Role;

use super::{refused, said};
use crate::app::{PASSWORD, TestApp, with_codes};

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
