//! What people come for, from the first page to the last.

use crate::app::TestApp;
use crate::browser::Browser;

/// From an empty server to a campaign, a colleague and a key.
fn from_nothing(app: &TestApp, browser: &Browser) {
    browser.goto("/");
    browser.reads("Welcome. Nothing is here yet.");
    browser.fill("Account", "Deep Sea Charters");
    browser.choose("Country", "Chile");
    browser.choose("Time zone", "America/Santiago");
    browser.fill("Your name", "Ana Rojas");
    browser.fill("Your e-mail", "ana@example.com");
    browser.fill("Password", "short");
    browser.press("Make the account");
    browser.says("Password must be at least 10 characters long");
    assert_eq!(browser.value("Account"), "Deep Sea Charters");
    assert_eq!(browser.value("Country"), "CL");
    browser.fill("Password", "a rope with nine knots");
    browser.press("Make the account");
    browser.reads("Your day begins here");

    browser.follow("Campaigns");
    browser.says("No campaigns yet");
    browser.follow("New campaign");
    browser.press("Make campaign");
    browser.says("Name is required");
    browser.fill("Name", "Boat fair");
    browser.fill("Description", "Hall 7");
    browser.press("Make campaign");
    browser.says("“Boat fair” is ready for leads.");
    browser.follow("Edit Boat fair");
    assert_eq!(browser.value("Name"), "Boat fair");
    browser.fill("Name", "Boat show");
    browser.press("Save changes");
    browser.says("Boat show");

    browser.goto("/settings/keys");
    browser.follow("New key");
    browser.fill("Name", "Website form");
    browser.press("Make the key");
    browser.says("This is the key. It is shown only now.");
    let key = browser.value("The key");
    let answer = app
        .with_key(&key)
        .post("/leads", &serde_json::json!({ "first_name": "Maria" }));
    answer.of(201);
    browser.goto("/leads");
    browser.says("Maria");
    a_lead(browser);

    browser.goto("/profile");
    browser.unfold("Your menu, Ana Rojas");
    browser.press("Sign out");
    browser.says("You are signed out.");
    browser.goto("/settings/users");
    browser.reads("Sign in");
    browser.fill("E-mail", "ana@example.com");
    browser.fill("Password", "a rope with nine knots");
    browser.press("Sign in");
    browser.says("Ana Rojas");
    assert_eq!(browser.at(), "/settings/users");
}

/// A lead is added, noted on, changed, found and put away.
fn a_lead(browser: &Browser) {
    browser.follow("New lead");
    browser.reads("New lead");
    browser.fill("First name", "Carlos");
    browser.fill("Last name", "López");
    browser.fill("Phone", "+56 9 5555 0142");
    browser.choose("Campaign", "Boat show");
    browser.press("Add lead");
    browser.says("Carlos López is here.");
    browser.fill("Note", "Prefers mornings");
    browser.press("Add note");
    browser.says("Your note is written.");
    browser.follow("Edit");
    browser.reads("Edit Carlos López");
    browser.fill("Company", "Astilleros");
    browser.fill("E-mail", "carlos@");
    browser.press("Save changes");
    browser.says("E-mail must look like name@example.com");
    assert_eq!(browser.value("Company"), "Astilleros");
    browser.fill("E-mail", "carlos@astilleros.example");
    browser.press("Save changes");
    browser.says("Carlos López is saved.");
    browser.goto("/leads?q=astill");
    browser.follow("Carlos López");
    browser.reads("Carlos López");
    browser.says("Prefers mornings");
    browser.unfold("More for Carlos López");
    browser.press("Archive");
    browser.says("Carlos López is archived.");
    browser.press("Undo");
    browser.says("Carlos López is back in the lists.");
}

#[test]
fn a_newcomer_sets_up_and_works() {
    let app = TestApp::start();
    from_nothing(&app, &Browser::open(&app.base));
}

#[test]
fn a_newcomer_sets_up_and_works_without_scripts() {
    let app = TestApp::start();
    from_nothing(&app, &Browser::without_scripts(&app.base));
}
