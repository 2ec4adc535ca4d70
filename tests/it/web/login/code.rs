//! The second step of signing in.

use std::thread;

use chrono::TimeDelta;
use leadline::caller::Role;

use crate::app::{Browser, Firm, PASSWORD, Page, Phone, TestApp, with_codes};

const WRONG: &str = "That is not the code. Each one works once: wait for the next.";
const ANEW: &str = "That took too long, or something has changed since. Sign in again.";

/// A browser in which the password was right, and the page it leads to.
fn half_way(firm: &Firm<'_>, role: Role) -> (Browser, Page) {
    let browser = firm.app().visitor();
    let answer = browser.sign_in(firm.email(role), PASSWORD);
    assert_eq!(answer.location().as_deref(), Some("/login/code"));
    let page = browser.follow(answer);
    (browser, page)
}

fn show(browser: &Browser, page: &Page, code: &str) -> Page {
    browser.send(page.form("Go on").fill("Code", code))
}

/// What the phone shows once the code that turned codes on is over.
fn next_code(app: &TestApp, phone: &Phone) -> String {
    app.wait(TimeDelta::seconds(30));
    phone.code(app.clock.now())
}

#[test]
fn a_password_alone_opens_nothing_once_codes_are_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, phone, _) = with_codes(&firm, Role::Owner);
    let (browser, page) = half_way(&firm, Role::Owner);
    assert_eq!(page.heading(), "Two-factor code");
    assert_eq!(browser.cookie("leadline"), None, "there is no session yet");
    for path in ["/", "/leads", "/profile", "/settings/users", "/audit"] {
        let door = browser.get(path).location().unwrap();
        assert!(door.starts_with("/login"), "{path} {door}");
    }
    let code = next_code(&app, &phone);
    let answer = show(&browser, &page, &code);
    assert_eq!(answer.location().as_deref(), Some("/"));
    assert!(browser.get("/profile").says("Olga Brandt"));
    assert_eq!(browser.cookie("leadline_half"), None);
}

#[test]
fn whoever_has_no_codes_is_not_asked() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    with_codes(&firm, Role::Owner);
    let answer = app.visitor().sign_in(firm.email(Role::Rep), PASSWORD);
    assert_eq!(answer.location().as_deref(), Some("/"));
}

#[test]
fn a_code_works_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, phone, _) = with_codes(&firm, Role::Rep);
    let (browser, page) = half_way(&firm, Role::Rep);
    let again = show(&browser, &page, &phone.code(app.clock.now()));
    assert_eq!((again.status, again.alert().as_str()), (422, WRONG));
    let code = next_code(&app, &phone);
    assert_eq!(show(&browser, &page, &code).status, 303);
    let (thief, page) = half_way(&firm, Role::Rep);
    assert_eq!(show(&thief, &page, &code).status, 422);
}

#[test]
fn of_two_who_show_one_code_at_once_one_gets_in() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, phone, _) = with_codes(&firm, Role::Rep);
    let both = [half_way(&firm, Role::Rep), half_way(&firm, Role::Rep)];
    let code = next_code(&app, &phone);
    let mut answers = thread::scope(|scope| {
        let shown = both.map(|(browser, page)| {
            let form = page.form("Go on").fill("Code", &code);
            scope.spawn(move || browser.send(form).status)
        });
        shown.map(|one| one.join().unwrap())
    });
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
}

#[test]
fn a_clock_may_be_half_a_minute_off_but_not_more() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, phone, _) = with_codes(&firm, Role::Rep);
    let (browser, page) = half_way(&firm, Role::Rep);
    app.wait(TimeDelta::minutes(3));
    let at = |seconds| phone.code(app.clock.now() + TimeDelta::seconds(seconds));
    for seconds in [-60, 60] {
        assert_eq!(show(&browser, &page, &at(seconds)).status, 422, "{seconds}");
    }
    assert_eq!(show(&browser, &page, &at(-30)).status, 303);
    let (browser, page) = half_way(&firm, Role::Rep);
    assert_eq!(show(&browser, &page, &at(30)).status, 303);
    let (browser, page) = half_way(&firm, Role::Rep);
    let older = show(&browser, &page, &at(0));
    assert_eq!(older.status, 422, "a later one was used");
}

#[test]
fn a_recovery_code_opens_the_door_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, _, recovery) = with_codes(&firm, Role::Owner);
    let (browser, page) = half_way(&firm, Role::Owner);
    let shouted = recovery[3].replace('-', " ").to_uppercase();
    assert_eq!(show(&browser, &page, &shouted).status, 303);
    assert!(browser.get("/profile").says("9 recovery codes are left."));
    let audit = browser.get("/audit");
    assert!(audit.says("signed in with a recovery code"), "{audit:?}");
    let (browser, page) = half_way(&firm, Role::Owner);
    assert_eq!(show(&browser, &page, &recovery[3]).status, 422);
    assert_eq!(show(&browser, &page, &recovery[4]).status, 303);
}

#[test]
fn a_colleagues_codes_are_of_no_use() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, phone, recovery) = with_codes(&firm, Role::Manager);
    with_codes(&firm, Role::Rep);
    let (browser, page) = half_way(&firm, Role::Rep);
    let code = next_code(&app, &phone);
    assert_eq!(show(&browser, &page, &code).status, 422);
    assert_eq!(show(&browser, &page, &recovery[0]).status, 422);
}

#[test]
fn after_five_wrong_codes_a_person_has_to_wait_whatever_the_code() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, phone, recovery) = with_codes(&firm, Role::Rep);
    let (browser, page) = half_way(&firm, Role::Rep);
    let code = next_code(&app, &phone);
    for wrong in ["", "1", "12345678", "abcdefgh234567ab", "a\0b"] {
        let answer = show(&browser, &page, wrong);
        assert_eq!((answer.status, answer.alert().as_str()), (422, WRONG));
    }
    let (again, page) = half_way(&firm, Role::Rep);
    let refused = show(&again, &page, &code);
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (429, Some("900")),
        "the right password gives no new tries"
    );
    assert_eq!(
        refused.alert(),
        "Too many tries. Wait 15 min, then sign in again."
    );
    assert_eq!(show(&again, &page, &recovery[0]).status, 429);
    app.wait(TimeDelta::minutes(15));
    let (browser, page) = half_way(&firm, Role::Rep);
    assert_eq!(
        show(&browser, &page, &phone.code(app.clock.now())).status,
        303
    );
}

#[test]
fn ten_minutes_later_one_begins_anew() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, phone, _) = with_codes(&firm, Role::Rep);
    let (browser, page) = half_way(&firm, Role::Rep);
    app.wait(TimeDelta::minutes(10));
    let answer = show(&browser, &page, &phone.code(app.clock.now()));
    assert_eq!(answer.location().as_deref(), Some("/login"));
    assert_eq!(browser.follow(answer).flash(), ANEW);
}

#[test]
fn another_password_or_secret_puts_an_end_to_half_the_way() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (inside, phone, _) = with_codes(&firm, Role::Rep);
    let (browser, page) = half_way(&firm, Role::Rep);
    let form = inside.get("/profile").form("Change password");
    let form = form.fill("Password now", PASSWORD);
    inside.send(form.fill("New password", "another nine knots"));
    let code = next_code(&app, &phone);
    let answer = show(&browser, &page, &code);
    assert_eq!(answer.location().as_deref(), Some("/login"));
    assert_eq!(browser.get("/profile").status, 303);
}

#[test]
fn the_question_stands_for_nobody_who_has_not_shown_a_password() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    with_codes(&firm, Role::Rep);
    let visitor = app.visitor();
    for cookie in [None, Some("x"), Some("AAAA"), Some("%00")] {
        if let Some(cookie) = cookie {
            visitor.set_cookie("leadline_half", cookie);
        }
        let asked = visitor.get("/login/code");
        assert_eq!(asked.location().as_deref(), Some("/login"), "{cookie:?}");
        let shown = visitor.post("/login/code", &[("code", "123456")]);
        assert_eq!(shown.location().as_deref(), Some("/login"), "{cookie:?}");
    }
    let inside = firm.signed_in(Role::Viewer);
    let asked = inside.get("/login/code?next=%2Fcampaigns");
    assert_eq!(asked.location().as_deref(), Some("/campaigns"));
}

#[test]
fn both_steps_lead_to_where_one_was_going() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (_, phone, _) = with_codes(&firm, Role::Rep);
    let visitor = app.visitor();
    let page = visitor.visit("/campaigns?sort=name");
    let answer = visitor.sign_in_at(&page, firm.email(Role::Rep), PASSWORD);
    let page = visitor.follow(answer);
    let page = show(&visitor, &page, "1");
    let code = next_code(&app, &phone);
    let form = page.form("Go on").fill("Code", &code);
    let answer = visitor.send(form.clone());
    assert_eq!(answer.location().as_deref(), Some("/campaigns?sort=name"));
    let (visitor, page) = half_way(&firm, Role::Rep);
    let form = page.form("Go on").forge("next", "//evil.example");
    let code = next_code(&app, &phone);
    let answer = visitor.send(form.fill("Code", &code));
    assert_eq!(answer.location().as_deref(), Some("/"));
}

#[test]
fn a_program_with_a_key_is_not_asked() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    with_codes(&firm, Role::Owner);
    assert_eq!(program.get("/leads").status, 200);
}
