//! Signing in.

mod code;

use chrono::TimeDelta;
use leadline::caller::Role;

use crate::app::{Browser, PASSWORD, Page, TestApp};

const WRONG: &str = "That e-mail and password do not go together.";

fn wrong_tries(visitor: &Browser, email: &str, tries: usize) -> Page {
    let page = visitor.get("/login");
    let answers = (0..tries).map(|_| visitor.sign_in_at(&page, email, "not the password"));
    answers.last().unwrap()
}

#[test]
fn a_person_signs_in_and_the_day_begins() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let visitor = app.visitor();
    assert_eq!(visitor.get("/login").heading(), "Sign in");
    let answer = visitor.sign_in(firm.email(Role::Rep), PASSWORD);
    assert_eq!(
        (answer.status, answer.location().as_deref()),
        (303, Some("/"))
    );
    assert!(visitor.get("/profile").says("Rita Osei"));
}

#[test]
fn an_e_mail_is_the_same_however_it_is_written() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let shouted = format!(" {} ", firm.email(Role::Rep).to_uppercase());
    assert_eq!(app.visitor().sign_in(&shouted, PASSWORD).status, 303);
}

#[test]
fn an_unknown_e_mail_is_answered_like_a_wrong_password() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let wrong = app
        .visitor()
        .sign_in(firm.email(Role::Rep), "not the password");
    let unknown = app
        .visitor()
        .sign_in("nobody@acme.example", "not the password");
    assert_eq!((wrong.status, unknown.status), (422, 422));
    assert_eq!(
        (wrong.alert().as_str(), unknown.alert().as_str()),
        (WRONG, WRONG)
    );
    assert_eq!(wrong.text(), unknown.text());
    assert_eq!(wrong.field("E-mail").value, firm.email(Role::Rep));
    assert_eq!(wrong.field("Password").value, "");
}

#[test]
fn nobody_signs_in_without_a_password() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for (email, password) in [
        (firm.email(Role::Rep), ""),
        ("", PASSWORD),
        ("", ""),
        ("a\0b", "\0"),
    ] {
        let answer = app.visitor().sign_in(email, password);
        assert_eq!(
            (answer.status, answer.alert().as_str()),
            (422, WRONG),
            "{email:?}"
        );
    }
}

#[test]
fn after_ten_tries_a_person_has_to_wait_whatever_the_password() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let visitor = app.visitor();
    let email = firm.email(Role::Rep);
    assert_eq!(wrong_tries(&visitor, email, 10).status, 422);
    app.wait(TimeDelta::minutes(5));
    let refused = visitor.sign_in(email, PASSWORD);
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (429, Some("600"))
    );
    assert_eq!(
        refused.alert(),
        "Too many tries. Wait 10 min, then try again."
    );
    let colleague = visitor.sign_in(firm.email(Role::Manager), PASSWORD);
    assert_eq!(colleague.status, 303, "another person does not wait");
    app.wait(TimeDelta::minutes(10));
    assert_eq!(app.visitor().sign_in(email, PASSWORD).status, 303);
}

#[test]
fn an_unknown_person_is_throttled_like_a_known_one() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor();
    wrong_tries(&visitor, "nobody@acme.example", 10);
    assert_eq!(wrong_tries(&visitor, "nobody@acme.example", 1).status, 429);
}

#[test]
fn a_right_password_forgets_the_tries_before_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let email = firm.email(Role::Rep);
    wrong_tries(&app.visitor(), email, 9);
    assert_eq!(app.visitor().sign_in(email, PASSWORD).status, 303);
    assert_eq!(wrong_tries(&app.visitor(), email, 10).status, 422);
}

#[test]
fn after_thirty_tries_an_address_has_to_wait_and_others_do_not() {
    let app = TestApp::start_with(|settings| settings.trust_proxy = true);
    let firm = app.firm("Acme");
    let from = |ip| app.visitor().with_header("x-forwarded-for", ip);
    let page = from("203.0.113.7").get("/login");
    assert_eq!(page.status, 200);
    let guesser = from("203.0.113.7");
    let page = guesser.get("/login");
    for guess in 0..30 {
        let answer = guesser.sign_in_at(&page, &format!("{guess}@acme.example"), "x");
        assert_eq!(answer.status, 422);
    }
    assert_eq!(
        guesser
            .sign_in_at(&page, firm.email(Role::Rep), PASSWORD)
            .status,
        429
    );
    let elsewhere = from("203.0.113.8").sign_in(firm.email(Role::Rep), PASSWORD);
    assert_eq!(elsewhere.status, 303);
}

#[test]
fn whoever_is_deactivated_is_answered_like_a_stranger() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let rep = firm.person(Role::Rep).id;
    assert_eq!(
        admin
            .post(&format!("/settings/users/{rep}/deactivation"), &[])
            .status,
        303
    );
    let answer = app.visitor().sign_in(firm.email(Role::Rep), PASSWORD);
    assert_eq!((answer.status, answer.alert().as_str()), (422, WRONG));
}

#[test]
fn signing_in_leads_back_to_where_one_was_going() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let visitor = app.visitor();
    let door = visitor.get("/campaigns?sort=name&page=2");
    assert_eq!(door.status, 303);
    let page = visitor.follow(door);
    assert_eq!(page.heading(), "Sign in");
    let failed = visitor.sign_in_at(&page, firm.email(Role::Rep), "not the password");
    let answer = visitor.sign_in_at(&failed, firm.email(Role::Rep), PASSWORD);
    assert_eq!(
        answer.location().as_deref(),
        Some("/campaigns?sort=name&page=2")
    );
}

#[test]
fn a_form_of_somebody_signed_out_leads_back_to_its_page() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app
        .visitor()
        .with_header("referer", &format!("{}/campaigns/new?from=mail", app.base));
    let answer = visitor.post("/campaigns", &[("name", "Spring")]);
    assert_eq!(
        answer.location().as_deref(),
        Some("/login?next=%2Fcampaigns%2Fnew%3Ffrom%3Dmail")
    );
}

#[test]
fn nobody_is_led_to_another_site() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for next in [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "evil",
        "/logout",
    ] {
        let visitor = app.visitor();
        let form = visitor.get("/login").form("Sign in").forge("next", next);
        let answer = visitor.send(
            form.fill("E-mail", firm.email(Role::Rep))
                .fill("Password", PASSWORD),
        );
        assert_eq!(answer.location().as_deref(), Some("/"), "{next:?}");
    }
    let signed_in = firm.signed_in(Role::Rep);
    let asked = signed_in.get("/login?next=%2F%2Fevil.example");
    assert_eq!(asked.location().as_deref(), Some("/"));
}

#[test]
fn whoever_is_signed_in_needs_no_door() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let answer = firm.signed_in(Role::Rep).get("/login?next=%2Fcampaigns");
    assert_eq!(answer.location().as_deref(), Some("/campaigns"));
}

#[test]
fn the_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let answer = app.visitor().sign_in(firm.email(Role::Rep), PASSWORD);
    let cookies = answer.headers("set-cookie");
    let session = cookies
        .iter()
        .find(|one| one.starts_with("leadline="))
        .unwrap();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(attribute), "{session}");
    }
    assert!(
        !session.contains("Secure"),
        "over http it would be lost: {session}"
    );
}

#[test]
fn over_tls_no_cookie_goes_unencrypted() {
    let app =
        TestApp::start_with(|settings| settings.public_url = Some("https://leads.example".into()));
    let firm = app.firm("Acme");
    let answer = app.visitor().sign_in(firm.email(Role::Rep), PASSWORD);
    let cookies = answer.headers("set-cookie");
    assert!(
        !cookies.is_empty() && cookies.iter().all(|one| one.contains("Secure")),
        "{cookies:?}"
    );
    assert_eq!(
        answer.header("strict-transport-security"),
        Some("max-age=31536000")
    );
}

#[test]
fn a_key_that_somebody_made_up_opens_nothing() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor();
    for key in ["x", "AAAA.BBBB", "%00", "a%22b"] {
        visitor.set_cookie("leadline", key);
        assert_eq!(visitor.get("/profile").status, 303, "{key}");
    }
}
