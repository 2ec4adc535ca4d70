//! The steps on a lead's page, and what people do about them.

use leadline::caller::Role;
use leadline::connectors::Channel;
use leadline::workflows::NodeType::{Converted, Sms, Time, VoiceCall};
use serde_json::json;

use crate::app::{Firm, PASSWORD, TestApp};
use crate::browser::Browser;
use crate::pages::{Look, look};

/// The path of a lead that waits for tomorrow's message after a call.
fn waiting(app: &TestApp, firm: &Firm<'_>) -> String {
    firm.keep_messages(Channel::Sms);
    let workflow = firm.chain(&[
        (VoiceCall, json!({ "max_attempts": 2 })),
        (Time, json!({ "value": 1, "unit": "days" })),
        (Sms, json!({ "text": "Hello {{first_name}}" })),
        (Converted, json!({})),
    ]);
    let program = firm.program();
    let lead = program.enrol(workflow, json!({ "phone": "+442079460018" }));
    app.work();
    lead.outcome("WRONG_NUMBER");
    app.work();
    format!("/leads/{}", lead.lead)
}

fn steers_a_lead(app: &TestApp, browser: &Browser, look: Look) {
    let firm = app.firm("Acme");
    let lead = waiting(app, &firm);
    browser.sign_in(firm.email(Role::Rep), PASSWORD);
    browser.goto(&lead);
    browser.says("Waiting until Fri 20 Nov 2026, 12:00.");
    browser.says("A wait of a day.");
    browser.press("Pause");
    browser.says("Paused. Nothing leaves by itself until somebody resumes it.");
    browser.press("Resume the cadence");
    browser.says("The cadence goes on; what was left of its wait is left now.");
    browser.unfold("Snooze…");
    browser.fill("Until when", "whenever");
    browser.press("Snooze");
    browser.says("Say when as in tue 3pm");
    assert_eq!(browser.value("Until when"), "whenever");
    look(browser, "a lead that waits");
    browser.fill("Until when", "tue 3pm");
    browser.press("Snooze");
    browser.says("The step waits until Tue 24 Nov, 15:00.");
    browser.press("Run now");
    browser.says("The step is due now.");
    browser.unfold("Move…");
    browser.choose("To the step", "0");
    browser.press("Move it there");
    browser.says("The lead is at the step you chose.");
    app.work();
    browser.goto(&lead);
    browser.press("Work it now");
    browser.reads("Ann");
    browser.goto(&lead);
    browser.unfold("Stop…");
    browser.fill("Reason", "Asked by mail");
    browser.press("Take out of the workflow");
    browser.says("The lead is out of its workflow; what was planned is cancelled.");
    browser.says("Over since just now");
}

#[test]
fn a_lead_is_steered_from_its_page() {
    let app = TestApp::start();
    steers_a_lead(&app, &Browser::open(&app.base), look);
}

#[test]
fn a_lead_is_steered_from_its_page_without_scripts() {
    let app = TestApp::start();
    let browser = Browser::without_scripts(&app.base);
    steers_a_lead(&app, &browser, |_, _| ());
}
