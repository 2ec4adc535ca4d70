//! How the messages of each channel leave.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use diesel::prelude::*;
use diesel::sql_types::{Binary, Nullable};
use leadline::caller::Role;
use leadline::connectors::{self, Channel, Kind};
use leadline::outreach::{self, Policy};
use leadline::secrets::Sealer;

use crate::app::{Browser, Firm, Form, Page, TestApp};

const PATH: &str = "/settings/connectors";

fn form(browser: &Browser, channel: &str) -> Form {
    let page = browser.get(&format!("{PATH}/{channel}"));
    page.form("Save changes")
}

fn mail(browser: &Browser) -> Form {
    form(browser, "email")
        .forge("kind", "smtp")
        .fill("Server", "smtp.example.com")
        .fill("From address", "ann@example.com")
}

fn opened(app: &TestApp, firm: &Firm<'_>, channel: Channel) -> outreach::Connector {
    let mut conn = app.connect();
    let sealer = Sealer::new(&leadline::db::secret(&mut conn).unwrap());
    let opened = connectors::open(&mut conn, firm.owner().account.id, channel, &sealer);
    opened.unwrap().unwrap()
}

#[derive(QueryableByName)]
struct Sealed {
    #[diesel(sql_type = Nullable<Binary>)]
    secret: Option<Vec<u8>>,
}

fn set_webhook(browser: &Browser, channel: &str, url: &str) -> Page {
    let form = form(browser, channel).forge("kind", "http");
    browser.send(form.fill("Address", url))
}

#[test]
fn before_anybody_has_chosen_people_do_what_people_can_do() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let list = firm.signed_in(Role::Admin).get(PATH);
    assert_eq!(list.rows().len(), 5);
    for (channel, way) in [
        ("Calls", "A person does it"),
        ("Text messages", "A person does it"),
        ("WhatsApp messages", "A person does it"),
        ("E-mails", "not set: they are not sent"),
        ("Hand-overs to other systems", "not set: they are not sent"),
    ] {
        assert_eq!(list.row(channel)[1], way);
    }
    let kinds = connectors::kinds(&mut app.connect(), firm.owner().account.id).unwrap();
    assert_eq!(kinds.get(&Channel::Call), Some(&Kind::Person));
    assert_eq!(kinds.get(&Channel::Email), None);
}

#[test]
fn a_secret_is_shown_once_and_another_replaces_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let page = set_webhook(&admin, "call", "https://dialer.example/calls");
    assert_eq!(page.status, 201, "{page:?}");
    let secret = page.attribute("#secret", "value").unwrap();
    assert!(secret.starts_with("whsec_"), "{secret}");
    let again = admin.get(&format!("{PATH}/call"));
    assert!(!again.body.contains(&secret));
    assert_eq!(again.field("Address").value, "https://dialer.example/calls");
    // Another address keeps the secret, which nobody is shown again.
    let saved = set_webhook(&admin, "call", "https://dialer.example/v2");
    assert_eq!(admin.follow(saved).flash(), "Calls are set.");
    let is = |secret: &str| match opened(&app, &firm, Channel::Call) {
        outreach::Connector::Http(http) => http.secret == secret,
        _ => false,
    };
    assert!(is(&secret));
    let other = admin.send(
        admin
            .get(&format!("{PATH}/call"))
            .form("Make another secret"),
    );
    let other = other.attribute("#secret", "value").unwrap();
    assert_ne!(other, secret);
    assert!(is(&other));
}

#[test]
fn a_password_is_sealed_never_shown_and_kept_for_its_own_server_alone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let with_user = || mail(&admin).fill("User name", "ann");
    let page = admin.send(with_user());
    assert_eq!(page.problem_of("Password"), "Password is required");
    let saved = admin.send(with_user().fill("Password", "seven seals"));
    assert_eq!(admin.follow(saved).flash(), "E-mails are set.");
    let page = admin.get(&format!("{PATH}/email"));
    assert!(!page.body.contains("seven seals"));
    let sealed: Sealed = diesel::sql_query("SELECT secret FROM connectors")
        .get_result(&mut app.connect())
        .unwrap();
    let sealed = sealed.secret.unwrap();
    assert!(!sealed.windows(5).any(|part| part == b"seven"));

    // Another sender, the same server: the password stays.
    let saved = admin.send(with_user().fill("From name", "Ann of Acme"));
    assert_eq!(saved.status, 303, "{saved:?}");
    match opened(&app, &firm, Channel::Email) {
        outreach::Connector::Smtp(smtp) => {
            assert_eq!(smtp.password.as_deref(), Some("seven seals"));
            assert_eq!(smtp.from_name.as_deref(), Some("Ann of Acme"));
        }
        _ => panic!("a mail server was set"),
    }
    // It is not sent to a server that somebody has named in its place.
    let page = admin.send(with_user().fill("Server", "smtp.elsewhere.example"));
    assert_eq!(page.problem_of("Password"), "Password is required");
}

#[test]
fn what_is_wrong_is_said_beside_its_field_and_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let page = set_webhook(&admin, "sms", "http://gateway.example/");
    assert_eq!(page.status, 422);
    assert!(page.problem_of("Address").contains("https://"), "{page:?}");
    assert_eq!(page.field("Address").value, "http://gateway.example/");
    let page = admin.send(
        mail(&admin)
            .fill("Port", "many")
            .fill("From address", "ann"),
    );
    assert_eq!(
        page.problem_of("Port"),
        "Port must be a number from 1 to 65535"
    );
    assert_eq!(
        page.problem_of("From address"),
        "From address must look like name@example.com"
    );
    assert_eq!(admin.get(&format!("{PATH}/letters")).status, 404);
    assert_eq!(admin.get(PATH).row("Text messages")[1], "A person does it");
}

#[test]
fn a_test_says_what_is_wrong_and_the_list_since_when() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    set_webhook(&admin, "call", "https://127.0.0.1:9/calls");
    let test = || admin.get(&format!("{PATH}/call")).form("Send a test");
    let page = admin.follow(admin.send(test()));
    assert!(page.flash().contains("private network"), "{page:?}");
    let row = admin.get(PATH).row("Calls");
    assert!(
        row[2].contains("Failing") && row[2].contains("private network"),
        "{row:?}"
    );
    let failing = connectors::failing(&mut app.connect(), &firm.owner()).unwrap();
    assert_eq!(failing[0].0, Channel::Call);
    assert_eq!(failing[0].1.since, app.clock.now());
    // What is set anew counts as whole.
    let form = form(&admin, "call").forge("kind", "outbox");
    admin.follow(admin.send(form));
    assert!(!admin.get(PATH).says("Failing"));
}

#[test]
fn a_connector_that_answers_works() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/calls", other.local_addr().unwrap());
    let answering = thread::spawn(move || {
        let (mut line, _) = other.accept().unwrap();
        let (mut asked, mut part) = (Vec::new(), [0_u8; 4096]);
        while !asked.ends_with(b"}") {
            let read = line.read(&mut part).unwrap();
            asked.extend_from_slice(&part[..read]);
        }
        line.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
            .unwrap();
        String::from_utf8(asked).unwrap()
    });
    let app = TestApp::start_with(|settings| {
        settings.policy = Policy {
            allow_private: true,
        };
    });
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    set_webhook(&admin, "call", &url);
    let form = admin.get(&format!("{PATH}/call")).form("Send a test");
    let page = admin.follow(admin.send(form));
    assert_eq!(page.flash(), "It works: the other side has answered.");
    let asked = answering.join().unwrap().to_lowercase();
    assert!(asked.contains("x-signature: sha256="), "{asked}");
    assert!(admin.get(PATH).row("Calls")[2].contains("Works"));
}

#[test]
fn a_connector_that_is_forgotten_leaves_its_channel_to_people() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Other"));
    let admin = firm.signed_in(Role::Admin);
    set_webhook(&admin, "call", "https://dialer.example/calls");
    assert_eq!(
        other.signed_in(Role::Admin).get(PATH).row("Calls")[1],
        "A person does it"
    );
    let page = admin.send(admin.get(&format!("{PATH}/call")).form("Forget it"));
    assert_eq!(
        admin.follow(page).flash(),
        "Calls are done by people again."
    );
    let gone = admin.post(&format!("{PATH}/call/removal"), &[]);
    assert_eq!(gone.status, 404);
}
