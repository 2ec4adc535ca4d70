//! A workflow, from nothing to one that runs and is changed.

use leadline::caller::Role;
use serde_json::json;
use uuid::Uuid;

use crate::app::{Firm, PASSWORD, TestApp};
use crate::browser::Browser;
use crate::pages::{Look, look};

/// Makes a workflow of a call, a wait and a text message, whose text speaks of a field that is
/// none.
fn build(browser: &Browser) {
    browser.goto("/workflows/new");
    browser.fill("Name", "Boat trials");
    browser.tick("Nothing");
    browser.press("Make workflow");
    browser.says("“Boat trials” is a draft now.");
    browser.says("It has no steps yet.");
    browser.follow("Call");
    browser.fill("Name", "First call");
    browser.fill("Script", "Ask {{first_name}} which boat.");
    browser.fill("Attempts", "2");
    browser.press("Add step");
    browser.says("“First call” is in its place.");
    browser.pick("Add after “First call”", "Wait");
    browser.fill("How long", "2");
    browser.choose("Unit", "business days");
    browser.press("Add step");
    browser.says("Then wait 2 business days");
    browser.pick("Add after “Wait”", "SMS");
    browser.fill("Name", "Prices");
    browser.fill("Text", "Hello {{nickname}}, here are the prices: €");
    browser.press("Add step");
    browser.says("“Prices” is in its place.");
}

/// Moves steps, with the mouse and with the keyboard.
fn arrange(browser: &Browser) {
    browser.steps(&["Call: First call", "SMS: Prices"]);
    browser.press("Move “Prices” up");
    browser.steps(&["SMS: Prices", "Call: First call"]);
    browser.enter("Move “Prices” down");
    browser.steps(&["Call: First call", "SMS: Prices"]);
}

/// Leads an outcome elsewhere and adds a status.
fn lead_and_name(browser: &Browser) {
    browser.pick("More for First call", "Branches of First call");
    browser.reads("Where “First call” leads");
    browser.choose("Wrong number", "End: Given up");
    browser.press("Save branches");
    browser.says("The branches are saved.");
    browser.says("wrong number");
    browser.follow("Statuses 7");
    browser.fill("Name", "Tried a boat");
    browser.choose("Meaning", "On its way");
    browser.press("Add status");
    browser.says("“Tried a boat” is added.");
    browser.press("Move Tried a boat up");
    browser.follow("Edit Tried a boat");
    browser.fill("Name", "Sailed");
    browser.press("Save status");
    browser.says("“Sailed” is saved.");
    browser.follow("Steps 2");
}

/// Is told of the field that is none, and mends it.
fn check_and_mend(browser: &Browser, look: Look) {
    browser.press("Activate");
    browser.says("One thing keeps it from being activated");
    browser.says("“Prices” speaks of {{nickname}}, which no lead has");
    look(browser, "a workflow with a fault");
    browser.follow("Edit Prices");
    browser.says("47 characters before fields are filled in, 1 SMS.");
    browser.fill("Text", "Hello {{first_name}}, here are the prices: €");
    browser.press("Save step");
    browser.says("“Prices” is saved.");
    browser.says("Every step is whole, and every way comes to an end.");
}

/// Asks for the plan of a lead that never answers.
fn simulate(browser: &Browser) {
    browser.fill("Enters", "Fri 17:30");
    browser.fill("Lives in", "Santiago");
    browser.press("Show the plan");
    for said in [
        "A lead in America/Santiago, from Fri 20 Nov, 17:30:",
        "Fri 20 Nov, 17:30 Call: First call, try 1 of 2, no answer",
        "Sat 21 Nov, 10:00 Call: First call, try 2 of 2, no answer",
        "contact hours in Santiago",
        "SMS: Prices",
    ] {
        browser.says(said);
    }
}

/// Lets it run, puts two leads in, changes a text, and publishes that.
fn run_and_change(app: &TestApp, firm: &Firm<'_>, browser: &Browser, look: Look) {
    browser.press("Activate");
    browser.says("It is active. Leads that are enrolled start at once.");
    let id = browser
        .at()
        .split(['/', '?', '#'])
        .nth(2)
        .unwrap()
        .to_owned();
    let program = firm.program();
    for phone in ["+442079460018", "+442079460019"] {
        program.enrol(Uuid::try_parse(&id).unwrap(), json!({ "phone": phone }));
    }
    app.work();
    browser.goto(&format!("/workflows/{id}"));
    browser.follow("Edit Prices");
    browser.fill("Text", "Hello {{first_name}}, these are the prices.");
    browser.press("Save step");
    browser.says("The 2 leads in it keep to the steps as they were published last");
    browser.follow("Publish changes…");
    browser.says("What becomes of the 2 leads in it now?");
    look(browser, "publication");
    browser.tick("They go over at their next step");
    browser.press("Publish the changes");
    browser.says("Published. Each lead goes over when it comes to its next step.");
}

fn makes_a_workflow(app: &TestApp, browser: &Browser, look: Look) {
    let firm = app.firm("Acme");
    browser.sign_in(firm.email(Role::Manager), PASSWORD);
    build(browser);
    arrange(browser);
    lead_and_name(browser);
    check_and_mend(browser, look);
    simulate(browser);
    look(browser, "a workflow with a plan");
    run_and_change(app, &firm, browser, look);
}

#[test]
fn a_workflow_is_made_runs_and_is_changed() {
    let app = TestApp::start();
    makes_a_workflow(&app, &Browser::open(&app.base), look);
}

#[test]
fn a_workflow_is_made_runs_and_is_changed_without_scripts() {
    let app = TestApp::start();
    let browser = Browser::without_scripts(&app.base);
    makes_a_workflow(&app, &browser, |_, _| ());
}

#[test]
fn steps_are_dragged_and_texts_counted_while_they_are_typed() {
    let app = TestApp::start();
    let browser = Browser::open(&app.base);
    let firm = app.firm("Acme");
    browser.sign_in(firm.email(Role::Manager), PASSWORD);
    build(&browser);
    browser.pick("Add after “Prices”", "E-mail");
    for field in ["Name", "Subject", "Text"] {
        browser.fill(field, "Goodbye");
    }
    browser.press("Add step");
    browser.says("“Goodbye” is in its place.");
    browser.resize(1280, 1600);
    browser.drag("Call: First call", "E-mail: Goodbye");
    browser.steps(&["SMS: Prices", "E-mail: Goodbye", "Call: First call"]);
    browser.resize(1280, 900);

    for text in ["{{first_name}}", "Canción ☺", "é€\n[x]"] {
        browser.follow("Edit Prices");
        browser.fill("Text", text);
        let counted = browser.hint("Text");
        browser.press("Save step");
        browser.says("“Prices” is saved.");
        browser.follow("Edit Prices");
        assert_eq!(browser.hint("Text"), counted, "of {text}");
        browser.follow("Boat trials");
    }
    browser.follow("Edit Prices");
    browser.fill("Text", &"x".repeat(161));
    browser.says("161 characters before fields are filled in, 2 SMS.");
    browser.heard("161 characters before fields are filled in, 2 SMS.");
    look(&browser, "the form of a text message");
}
