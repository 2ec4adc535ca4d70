//! Signing out.

use leadline::caller::Role;

use crate::app::TestApp;

#[test]
fn after_signing_out_the_old_cookie_is_of_no_use() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let key = rep.cookie("leadline").unwrap();
    let page = rep.get("/profile");
    let door = rep.follow(rep.send(page.form("Sign out")));
    assert_eq!(door.heading(), "Sign in");
    assert_eq!(door.flash(), "You are signed out.");
    assert_eq!(rep.cookie("leadline"), None);
    let thief = app.visitor();
    thief.set_cookie("leadline", &key);
    assert_eq!(
        thief.get("/profile").location().as_deref(),
        Some("/login?next=%2Fprofile")
    );
}

#[test]
fn a_link_signs_nobody_out() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let answer = rep.get("/logout");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    assert_eq!(rep.get("/profile").status, 200);
}

#[test]
fn one_browser_is_signed_out_and_not_the_others() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (laptop, phone) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Rep));
    laptop.post("/logout", &[]);
    assert_eq!(laptop.get("/profile").status, 303);
    assert_eq!(phone.get("/profile").status, 200);
}
