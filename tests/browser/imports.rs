//! A file of leads, as an admin brings it in.

use std::fs;

use leadline::caller::Role;
use leadline::workflows::NodeType;

use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;
use crate::pages::{Look, look};

const FILE: &str = "Phone,Full name,City\n\
    +442079460321,Ann Ames,Leeds\n\
    not a number,Ben Boyd,York\n\
    +442079460321,Ann again,Leeds\n";

/// From the file to its leads, and back. `again` is how a page hears that the worker is done.
fn a_file(app: &TestApp, browser: &Browser, again: fn(&Browser), look: Look) {
    let firm = app.firm("Acme");
    firm.workflow("Outreach", &[NodeType::Sms]);
    browser.sign_in(firm.email(Role::Admin), PASSWORD);
    let file = app.data.path().join("leads.csv");
    fs::write(&file, FILE).unwrap();
    browser.goto("/imports");
    browser.follow("Import a file");
    let field = browser.find("//input[@type='file']");
    browser.wait(field.send_keys(file.to_str().unwrap()), "the file");
    browser.press("Upload the file");
    browser.says("The first 3 rows");
    browser.press("Continue to columns");
    browser.press("Continue to rules");
    browser.choose("Workflow", "Outreach");
    browser.press("Check the rows");
    browser.says("Checking the rows");
    look(browser, "a check under way");
    app.import_all();
    again(browser);
    browser.says("All 3 rows checked");
    look(browser, "a check");
    browser.follow("Put right: the phone number is not a valid phone number");
    browser.reads("Rows that fail");
    look(browser, "rows that fail");
    browser.fill("Phone in row 3", "+442079460322");
    browser.press("Save and check again");
    browser.says("The rows are checked again");
    app.import_all();
    again(browser);
    browser.press("Import 2 rows");
    browser.says("The leads are coming in");
    look(browser, "a run under way");
    app.import_all();
    again(browser);
    browser.says("Show its leads");
    look(browser, "what became of the rows");
    browser.follow("Show its leads");
    browser.says("Ben Boyd");
    browser.goto("/imports");
    browser.follow("leads.csv");
    browser.unfold("Undo this import…");
    browser.press("Undo it");
    browser.says("The import is being undone");
    app.import_all();
    again(browser);
    browser.says("2 leads were removed");
    look(browser, "an import that was undone");
}

#[test]
fn a_file_is_brought_in_and_taken_back() {
    let app = TestApp::start();
    let browser = Browser::open(&app.base);
    // The page hears of it by itself.
    a_file(&app, &browser, |_| (), look);
}

#[test]
fn a_file_is_brought_in_and_taken_back_without_scripts() {
    let app = TestApp::start();
    let browser = Browser::without_scripts(&app.base);
    let again = |browser: &Browser| browser.goto(&browser.at());
    a_file(&app, &browser, again, |_, _| ());
}
