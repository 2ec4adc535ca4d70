//! Every page, by day and by night, wide and narrow: axe-core finds no fault, and nothing is wider
//! than the window.

use std::fs;
use std::io::Write as _;

use chrono::TimeDelta;
use leadline::accounts;
use leadline::caller::{Caller, Role};
use leadline::demo;
use leadline::enrolment::imports;
use leadline::routes::Route;
use leadline::server;
use serde_json::{Value, json};

use crate::app::{PASSWORD, Phone, TestApp, WithKey, tried};
use crate::browser::Browser;
use crate::driver::required;

/// Every page that can be opened; what is for machines is no page, nor is a file to be kept.
fn pages() -> impl Iterator<Item = &'static Route> {
    let machines = [
        "/api/",
        "/healthz",
        "/readyz",
        "/metrics",
        "/static/",
        "/invitations/",
        "/opt-out/",
        "/leads/export",
        "/audit/export",
        "/imports/{id}/progress",
        "/imports/{id}/failed",
    ];
    server::routes()
        .filter(|route| route.method == "GET")
        .filter(move |route| !machines.iter().any(|one| route.path.starts_with(one)))
}

/// The page of something of the demo account. A new page has to be named here.
fn path(route: &Route, program: &WithKey, browser: &Browser) -> String {
    let first = |list: &str| {
        program.get(list).of(200)["data"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let id = match route.path.split("/{").next().unwrap_or_default() {
        _ if !route.path.contains('{') => return route.path.to_owned(),
        "/leads" => first("/leads"),
        "/campaigns" => first("/campaigns"),
        "/workflows" => first("/workflows"),
        list @ ("/imports"
        | "/outbox"
        | "/settings/do-not-contact"
        | "/settings/keys"
        | "/settings/users"
        | "/settings/teams"
        | "/settings/sources"
        | "/settings/rotations"
        | "/settings/fields"
        | "/settings/numbers"
        | "/settings/destinations") => linked(browser, list),
        "/settings/connectors" => return route.path.replace("{channel}", "email"),
        path => panic!("say in this test whose page {path} is to be opened"),
    };
    route.path.replace("{id}", &id)
}

/// The first thing that a list links to.
pub fn linked(browser: &Browser, list: &str) -> String {
    browser.goto(list);
    let script = "const list = arguments[0] + '/';
        const paths = [...document.querySelectorAll('main a')].map((a) => new URL(a.href).pathname);
        const parts = paths.filter((path) => path.startsWith(list))
            .map((path) => path.slice(list.length).split('/')[0]);
        return parts.find((part) => part.length === 36)";
    let id = browser.run(script, vec![json!(list)]);
    id.as_str().unwrap().to_owned()
}

/// The demo account in a browser, its owner signed in.
pub fn demo(app: &TestApp) -> (Browser, demo::Demo) {
    let demo = demo::load(&mut app.connect(), app.clock.now()).unwrap();
    let browser = Browser::open(&app.base);
    browser.sign_in(&demo.email, &demo.password);
    (browser, demo)
}

fn faults(browser: &Browser, rules: &Value) -> Vec<String> {
    let script = "const done = arguments[1]; axe.run(document, arguments[0]).then(
        (found) => done(found.violations.flatMap((one) => one.nodes.map(
            (node) => `${one.id}: ${node.html} ${node.failureSummary}`))),
        (error) => done([String(error)]));";
    let found = browser.run_until_done(script, vec![rules.clone()]);
    serde_json::from_value(found).unwrap()
}

/// How a story looks at a page; where no script runs, nothing can.
pub type Look = fn(&Browser, &str);

/// Looks at the page that is open in every size and light.
pub fn look(browser: &Browser, page: &str) {
    let axe = fs::read_to_string(required("LEADLINE_AXE")).unwrap();
    browser.run(&axe, Vec::new());
    let everything = json!({ "resultTypes": ["violations"] });
    // Night changes nothing but colours.
    let colours = json!({ "runOnly": { "type": "rule", "values": ["color-contrast"] } });
    for width in [1280, 360] {
        browser.resize(width, 900);
        for (theme, rules) in [("light", &everything), ("dark", &colours)] {
            browser.theme(theme);
            let found = faults(browser, rules);
            assert!(found.is_empty(), "{page} at {width} by {theme}: {found:#?}");
        }
    }
    for width in [320, 360, 768, 1920] {
        browser.resize(width, 900);
        let wide = browser.run("return document.documentElement.scrollWidth", Vec::new());
        assert!(
            wide.as_u64().unwrap() <= u64::from(width),
            "{page} is {wide} wide at {width}"
        );
    }
    browser.resize(1280, 900);
    browser.theme("light");
}

/// The demo account in a browser, with something on every page.
pub fn everything(app: &TestApp) -> (Browser, WithKey) {
    let (browser, demo) = demo(app);
    let program = app.with_key(&demo.api_key);
    let owner = accounts::authenticate_key(
        &mut app.connect(),
        &accounts::hash_key(&demo.api_key),
        app.clock.now(),
        None,
    );
    let owner = owner.unwrap();
    let account_id = owner.account.id;
    imported(app, &owner);
    tried(&mut app.connect(), account_id, app.clock.now());
    (browser, program)
}

/// Looks at those pages that are of the settings, or at all others but the doors.
fn look_at_all(browser: &Browser, program: &WithKey, settings: bool) {
    let doors = ["/setup", "/login", "/login/code"];
    let pages = pages().filter(|route| !doors.contains(&route.path));
    for route in pages.filter(|route| route.path.starts_with("/settings") == settings) {
        let path = path(route, program, browser);
        browser.goto(&path);
        look(browser, &path);
    }
}

#[test]
fn no_page_of_the_settings_has_a_fault() {
    let app = TestApp::start();
    let (browser, program) = everything(&app);
    look_at_all(&browser, &program, true);
}

#[test]
fn no_other_page_has_a_fault() {
    let app = TestApp::start();
    let (browser, program) = everything(&app);
    look_at_all(&browser, &program, false);
    let lead = path_of_a_lead(&program);
    for path in [
        format!("{lead}?tab=audit"),
        "/leads?q=nobody&owner=me".to_owned(),
        "/leads?archived=true".to_owned(),
        "/leads?density=compact&sort=last_name".to_owned(),
    ] {
        browser.goto(&path);
        look(&browser, &path);
    }
    browser.goto("/leads");
    browser.run(
        "document.querySelector('.head details').open = true",
        Vec::new(),
    );
    look(&browser, "/leads with the ways to export it");
    browser.goto(&format!("{lead}/edit"));
    browser.fill("First name", " ");
    browser.press("Save changes");
    browser.says("First name is required");
    look(&browser, "the edit form with errors");
}

/// A file whose columns are chosen, as far as its pages go before it is checked.
fn imported(app: &TestApp, caller: &Caller) {
    let (mut conn, uploads) = (app.connect(), app.uploads());
    let mut received = uploads.receive().unwrap();
    let rows = "Phone,First name,,City\n+442079460321,Ann,x,Leeds\n";
    received.write_all(rows.as_bytes()).unwrap();
    let begun = imports::begin(&mut conn, caller, &uploads, received, "leads.csv");
    let import = imports::import(&mut conn, caller, begun.unwrap()).unwrap();
    let targets = imports::suggested(&import.header);
    imports::choose_columns(&mut conn, caller, import.id, targets, None).unwrap();
}

fn path_of_a_lead(program: &WithKey) -> String {
    let leads = program.get("/leads?limit=1").of(200);
    format!("/leads/{}", leads["data"][0]["id"].as_str().unwrap())
}

#[test]
fn no_page_of_two_factor_codes_has_a_fault() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let browser = Browser::open(&app.base);
    browser.sign_in(firm.email(Role::Rep), PASSWORD);
    browser.goto("/profile");
    browser.press("Set up codes");
    browser.says("1. Give it to your app");
    let phone = Phone::typed(&browser.value("No camera? Type this instead"));
    browser.press("Turn codes on");
    browser.says("Not on yet");
    look(&browser, "setting codes up with errors");
    browser.fill("Password", PASSWORD);
    browser.fill("Code", &phone.code(app.clock.now()));
    browser.press("Turn codes on");
    browser.says("These codes are shown only now.");
    look(&browser, "recovery codes");
    browser.follow("I have kept them");
    browser.says("10 recovery codes are left.");
    look(&browser, "/profile with codes on");
    browser.follow("Recovery codes and turning off");
    browser.press("Turn codes off");
    browser.says("Not changed yet");
    look(&browser, "/profile/codes with errors");
    browser.goto("/profile");
    browser.unfold("Your menu, Rita Osei");
    browser.press("Sign out");
    browser.says("You are signed out.");
    browser.fill("E-mail", firm.email(Role::Rep));
    browser.fill("Password", PASSWORD);
    browser.press("Sign in");
    browser.reads("Two-factor code");
    browser.fill("Code", "1");
    browser.press("Go on");
    browser.says("That is not the code.");
    look(&browser, "/login/code with an error");
    app.wait(TimeDelta::minutes(1));
    browser.fill("Code", &phone.code(app.clock.now()));
    browser.press("Go on");
    browser.unfold("Your menu, Rita Osei");
}

#[test]
fn no_door_has_a_fault() {
    let app = TestApp::start();
    let browser = Browser::open(&app.base);
    browser.goto("/setup");
    look(&browser, "/setup");
    browser.press("Make the account");
    browser.says("Not made yet");
    look(&browser, "/setup with errors");
    let firm = app.firm("Acme");
    browser.goto("/login");
    look(&browser, "/login");
    browser.fill("E-mail", "nobody@acme.example");
    browser.fill("Password", "not the password");
    browser.press("Sign in");
    browser.says("That e-mail and password do not go together.");
    look(&browser, "/login with an error");
    browser.goto("/no/such/page");
    look(&browser, "a page that is none");
    browser.sign_in(firm.email(Role::Owner), PASSWORD);
    for path in ["/", "/leads", "/campaigns", "/workflows", "/settings/keys"] {
        browser.goto(path);
        look(&browser, &format!("{path} with nothing in it"));
    }
    browser.goto("/campaigns/new");
    browser.press("Make campaign");
    browser.says("Name is required");
    look(&browser, "/campaigns/new with errors");
}
