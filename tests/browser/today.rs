//! A day in Today, as somebody lives it who calls.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::workflows::NodeType::{Dropped, VoiceCall};
use leadline::workflows::WorkflowStatus;
use serde_json::json;

use crate::app::{Firm, PASSWORD, TestApp};
use crate::browser::Browser;
use crate::pages::{Look, look};

/// How an outcome is said: with its number, or with its button where no script listens.
type Say = fn(&Browser, number: &str, words: &str);

/// Four leads in London that Rita is to call, at noon.
fn calls_for_rita(app: &TestApp, firm: &Firm<'_>) {
    let call = json!({ "max_attempts": 2, "script": "Ask {{first_name}} which boat." });
    let nodes = [(VoiceCall, call), (Dropped, json!({}))];
    let workflow = firm.graph(WorkflowStatus::Active, &nodes, &[(0, 1, None)]);
    let program = firm.program();
    for name in ["Ann", "Bob", "Cid", "Dan"] {
        app.wait(TimeDelta::seconds(1));
        let lead =
            json!({ "first_name": name, "phone": "+442079460018", "owner": firm.email(Role::Rep) });
        program.enrol(workflow, lead);
    }
    app.work();
}

/// From the first call to nothing left.
fn a_day(app: &TestApp, browser: &Browser, say: Say, look: Look) {
    let firm = app.firm("Acme");
    calls_for_rita(app, &firm);
    browser.sign_in(firm.email(Role::Rep), PASSWORD);
    browser.goto("/today");
    browser.reads("Ann");
    for said in [
        "12:00 in London, a good hour until",
        "attempt 1 of 2",
        "Ask Ann which boat.",
        "0 done today",
        "4 due",
    ] {
        browser.says(said);
    }
    say(browser, "1", "No answer");
    browser.says("Ann: no answer. Next: 0,");
    browser.reads("Bob");
    browser.says("1 done today");
    browser.press("Undo");
    browser.reads("Ann");
    browser.says("0 done today");
    browser.fill("Note", "Sold her boat");
    browser.press("Not interested");
    browser.says("Ann: not interested.");

    browser.unfold("Skip it for an hour");
    browser.fill("Why", "Engaged until one");
    browser.press("Skip");
    browser.says("Skipped; it comes back in an hour.");

    browser.reads("Cid");
    browser.fill("Call back at", "one of these days");
    browser.press("Call back");
    browser.says("Not recorded: one thing to put right.");
    browser.unfold("Skip it for an hour");
    look(browser, "Today with an error");
    assert_eq!(browser.value("Call back at"), "one of these days");
    browser.fill("Call back at", "tue 3pm");
    browser.press("Call back");
    browser.says("Cid: call back Tue 24 Nov, 15:00.");

    browser.reads("Dan");
    browser.says("2 done today");
    say(browser, "6", "Not interested");
    browser.reads("Done for now");
    browser.says("Next comes Bob, today 13:00.");
    look(browser, "Today with nothing left");
}

#[test]
fn a_day_is_worked_with_the_keyboard() {
    let app = TestApp::start();
    let with_its_number: Say = |browser, number, _| browser.key(number);
    a_day(&app, &Browser::open(&app.base), with_its_number, look);
}

#[test]
fn a_day_is_worked_without_scripts() {
    let app = TestApp::start();
    let browser = Browser::without_scripts(&app.base);
    let with_its_button: Say = |browser, _, words| browser.press(words);
    a_day(&app, &browser, with_its_button, |_, _| ());
}
