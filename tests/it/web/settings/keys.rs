//! API keys.

use leadline::caller::Role;

use crate::app::{Browser, Form, TestApp};

fn new_key(browser: &Browser) -> Form {
    browser.get("/settings/keys/new").form("Make the key")
}

#[test]
fn a_key_is_shown_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    assert!(admin.get("/settings/keys").says("No keys yet"));
    let page = admin.send(new_key(&admin).fill("Name", "Website form"));
    assert_eq!(
        (page.status, page.heading().as_str()),
        (201, "Website form")
    );
    let secret = page.attribute("#secret", "value").unwrap();
    assert!(
        secret.starts_with("nxr_live_") && secret.len() > 40,
        "{secret}"
    );
    let list = admin.get("/settings/keys");
    assert!(!list.body.contains(&secret));
    let row = list.row("Website form");
    assert_eq!(row[1], format!("nxr_live_…{}", &secret[secret.len() - 4..]));
    assert_eq!(
        (row[2].as_str(), row[3].as_str(), row[4].as_str()),
        ("everything", "never", "until revoked")
    );
    assert!(row[0].contains("Adam Reyes"), "{row:?}");
}

#[test]
fn a_key_may_do_what_was_ticked() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let mut form = new_key(&admin).fill("Name", "Report");
    for scope in [
        "Make and change leads and campaigns leads:write",
        "Change workflows workflows:write",
        "Read settings settings:read",
        "Change settings settings:write",
    ] {
        form = form.untick(scope);
    }
    assert_eq!(admin.send(form).status, 201);
    assert_eq!(
        admin.get("/settings/keys").row("Report")[2],
        "leads:read, workflows:read"
    );
}

#[test]
fn a_key_that_may_do_nothing_or_is_over_already_is_not_made() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let page = admin.send(
        new_key(&admin)
            .fill("Name", "Old")
            .forge("scopes", "moon:write"),
    );
    assert_eq!(
        (page.status, page.problem_of("Scopes").as_str()),
        (422, "Tick at least one thing the key may do")
    );
    let page = admin.send(
        new_key(&admin)
            .fill("Name", "Old")
            .fill("Valid until", "2026-11-18"),
    );
    assert_eq!(
        page.problem_of("Valid until"),
        "The key must end in the future"
    );
    assert_eq!(page.field("Valid until").value, "2026-11-18");
    let page = admin.send(
        new_key(&admin)
            .fill("Name", " ")
            .fill("Valid until", "tomorrow"),
    );
    assert_eq!(
        page.problem_of("Valid until"),
        "Valid until must be a date such as 2027-03-31"
    );
    let page = admin.send(new_key(&admin).fill("Name", " "));
    assert_eq!(page.problem_of("Name"), "Name is required");
    assert!(admin.get("/settings/keys").says("No keys yet"));
}

#[test]
fn two_live_keys_do_not_share_a_name() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    firm.key("Website", &[]);
    let page = admin.send(new_key(&admin).fill("Name", "Website"));
    let why = "A key of this name is in use; choose another name, or revoke that key";
    assert_eq!((page.status, page.problem_of("Name").as_str()), (422, why));
    let ask = admin.get(&admin.get("/settings/keys").link("Revoke… Website"));
    admin.send(ask.form("Revoke the key"));
    assert_eq!(
        admin.send(new_key(&admin).fill("Name", "Website")).status,
        201
    );
}

#[test]
fn revoking_asks_first_and_holds() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    firm.key("Website", &[]);
    let path = admin.get("/settings/keys").link("Revoke… Website");
    let ask = admin.get(&path);
    assert_eq!(ask.heading(), "Revoke “Website”?");
    assert!(ask.says("It has never been used."));
    assert!(admin.get("/settings/keys").row("Website")[4].contains("until revoked"));
    let page = admin.follow(admin.send(ask.form("Revoke the key")));
    assert_eq!(page.flash(), "The key is revoked.");
    assert!(page.row("Website")[4].contains("revoked") && !page.has_link("Revoke… Website"));
    assert_eq!(admin.get(&path).status, 404);
    assert_eq!(
        admin.send(ask.form("Revoke the key")).status,
        303,
        "again changes nothing"
    );
}
