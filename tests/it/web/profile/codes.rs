//! One's own two-factor codes.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Text};
use leadline::caller::Role;

use crate::app::{Browser, Firm, PASSWORD, Page, Phone, TestApp, recovery_codes, with_codes};

fn begun(firm: &Firm<'_>, role: Role) -> (Browser, Page) {
    let browser = firm.signed_in(role);
    let form = browser.get("/profile").form("Set up codes");
    let page = browser.follow(browser.send(form));
    (browser, page)
}

fn press(browser: &Browser, button: &str, password: &str, code: &str) -> Page {
    let form = browser.get("/profile/codes").form(button);
    browser.send(form.fill("Password", password).fill("Code", code))
}

fn is_asked_for_a_code(firm: &Firm<'_>, role: Role) -> bool {
    let answer = firm.app().visitor().sign_in(firm.email(role), PASSWORD);
    answer.location().as_deref() == Some("/login/code")
}

#[test]
fn codes_come_on_once_the_app_has_shown_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let elsewhere = firm.signed_in(Role::Rep);
    let (browser, page) = begun(&firm, Role::Rep);
    assert!(
        page.attribute("svg.qr path", "d")
            .is_some_and(|d| d.len() > 1000)
    );
    assert!(
        !is_asked_for_a_code(&firm, Role::Rep),
        "the app may not have it yet"
    );
    let code = Phone::with(&page).code(app.clock.now());
    let page = press(&browser, "Turn codes on", PASSWORD, &code);
    assert_eq!(
        (page.status, page.heading().as_str()),
        (201, "Recovery codes")
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(recovery_codes(&page).len(), 10);
    assert_eq!(elsewhere.get("/profile").status, 303);
    let page = browser.get("/profile");
    assert!(
        page.says("On since 19 Nov 2026. 10 recovery codes are left."),
        "{page:?}"
    );
    assert!(
        browser
            .get("/profile/codes")
            .texts("#secret, .qr")
            .is_empty()
    );
    assert!(is_asked_for_a_code(&firm, Role::Rep));
}

#[test]
fn they_stay_off_for_whoever_lacks_the_password_or_the_app() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (browser, page) = begun(&firm, Role::Rep);
    let code = Phone::with(&page).code(app.clock.now());
    for (password, typed, field, why) in [
        ("", code.as_str(), "Password", "Password is required"),
        (PASSWORD, "", "Code", "Code is required"),
        (
            "not the password",
            &code,
            "Password",
            "This is not your password now",
        ),
        (
            PASSWORD,
            "12345",
            "Code",
            "This is not the code that your app shows now; each one works once",
        ),
    ] {
        let page = press(&browser, "Turn codes on", password, typed);
        assert_eq!((page.status, page.problem_of(field).as_str()), (422, why));
    }
    assert!(!is_asked_for_a_code(&firm, Role::Rep));
}

#[test]
fn begun_again_the_picture_from_before_is_of_no_use() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (browser, first) = begun(&firm, Role::Rep);
    assert_eq!(
        browser.get("/profile/codes").texts("#secret"),
        first.texts("#secret")
    );
    browser.post("/profile/codes/secret", &[]);
    let code = Phone::with(&first).code(app.clock.now());
    assert_eq!(
        press(&browser, "Turn codes on", PASSWORD, &code).status,
        422
    );
}

#[test]
fn codes_that_are_on_are_not_begun_or_turned_on_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (browser, phone, _) = with_codes(&firm, Role::Rep);
    assert_eq!(browser.post("/profile/codes/secret", &[]).status, 409);
    app.wait(TimeDelta::seconds(30));
    let code = phone.code(app.clock.now());
    let form = [("password", PASSWORD), ("code", &code)];
    assert_eq!(browser.post("/profile/codes/activation", &form).status, 409);
    let never = firm.signed_in(Role::Viewer);
    assert_eq!(never.post("/profile/codes/activation", &form).status, 409);
    assert_eq!(never.post("/profile/codes/deactivation", &form).status, 422);
}

#[test]
fn new_recovery_codes_take_the_place_of_the_old_ones() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (browser, _, old) = with_codes(&firm, Role::Rep);
    let page = press(&browser, "Make new recovery codes", PASSWORD, &old[0]);
    let new = recovery_codes(&page);
    assert_eq!((page.status, new.len()), (201, 10));
    assert!(!new.iter().any(|code| old.contains(code)));
    assert_eq!(
        press(&browser, "Turn codes off", PASSWORD, &old[1]).status,
        422
    );
    assert_eq!(
        press(&browser, "Turn codes off", PASSWORD, &new[1]).status,
        303
    );
}

#[test]
fn codes_go_with_the_password_and_a_code() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (browser, phone, _) = with_codes(&firm, Role::Rep);
    app.wait(TimeDelta::seconds(30));
    let code = phone.code(app.clock.now());
    let page = press(&browser, "Turn codes off", "not the password", &code);
    assert_eq!(page.problem_of("Password"), "This is not your password now");
    let page = browser.follow(press(&browser, "Turn codes off", PASSWORD, &code));
    assert_eq!(
        page.flash(),
        "Two-factor codes are off. Everywhere else you are signed out."
    );
    assert!(page.has_button("Set up codes"));
    assert!(!is_asked_for_a_code(&firm, Role::Rep));
}

#[test]
fn guessing_at_codes_inside_is_counted_as_at_the_door() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (browser, phone, _) = with_codes(&firm, Role::Rep);
    for _ in 0..5 {
        press(&browser, "Turn codes off", PASSWORD, "12345");
    }
    app.wait(TimeDelta::seconds(30));
    let code = phone.code(app.clock.now());
    let page = press(&browser, "Turn codes off", PASSWORD, &code);
    assert_eq!(
        page.problem_of("Code"),
        "Too many tries. Wait 15 min, then try again."
    );
}

#[test]
fn the_database_tells_neither_secret_nor_recovery_code() {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bytea)]
        sealed_secret: Vec<u8>,
        #[diesel(sql_type = Text)]
        hashes: String,
    }
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, page) = begun(&firm, Role::Viewer);
    let (_, _, recovery) = with_codes(&firm, Role::Rep);
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT sealed_secret, (SELECT string_agg(code_hash::text, ' ') FROM recovery_codes) hashes
         FROM two_factor_secrets",
    )
    .load(&mut app.connect())
    .unwrap();
    assert_eq!(rows.len(), 2);
    let phone = Phone::with(&page);
    for row in rows {
        assert!(row.sealed_secret.len() > 20);
        assert!(
            !row.sealed_secret
                .windows(20)
                .any(|part| part == phone.secret())
        );
        let plain = recovery.iter().map(|code| code.replace('-', ""));
        assert!(plain.into_iter().all(|code| !row.hashes.contains(&code)));
    }
}

#[test]
fn the_audit_tells_when_codes_came_and_went() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (browser, _, recovery) = with_codes(&firm, Role::Owner);
    let page = press(&browser, "Make new recovery codes", PASSWORD, &recovery[0]);
    let recovery = recovery_codes(&page);
    press(&browser, "Turn codes off", PASSWORD, &recovery[0]);
    let page = browser.get("/audit");
    for said in [
        "turned two-factor codes on",
        "made new recovery codes",
        "turned two-factor codes off",
    ] {
        assert!(page.says(said), "{said}: {page:?}");
    }
}
