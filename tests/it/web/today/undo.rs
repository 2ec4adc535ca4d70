//! Taking the last outcome back.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::workflows::NodeType::VoiceCall;

use super::due;
use crate::app::TestApp;

#[test]
fn the_last_outcome_can_be_taken_back_from_the_sentence_on_top() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ids = due(&app, &firm, VoiceCall, &[("Ann", None), ("Bob", None)]);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.follow(rep.send(rep.get("/today").form("Not interested")));
    let page = rep.follow(rep.send(page.form("Undo")));
    assert_eq!(page.heading(), "Ann", "{page:?}");
    assert!(page.says("0 done today"), "{page:?}");
    let lead = rep.get(&format!("/leads/{}", ids[0]));
    assert!(
        lead.has_button("Work it now"),
        "it waits for a person again: {lead:?}"
    );
}

#[test]
fn it_stays_possible_for_a_while_after_the_sentence_is_gone_and_only_once() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None), ("Bob", None)]);
    let rep = firm.signed_in(Role::Rep);
    rep.follow(rep.send(rep.get("/today").form("No answer")));
    let page = rep.get("/today");
    assert!(
        page.flash().is_empty() && page.says("Ann: no answer"),
        "{page:?}"
    );
    let undo = page.form("Undo");
    rep.send(undo.clone());
    assert_eq!(
        rep.send(undo).status,
        404,
        "there is nothing left to take back"
    );
}

#[test]
fn after_a_while_it_is_too_late() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None), ("Bob", None)]);
    let rep = firm.signed_in(Role::Rep);
    let undo = rep.follow(rep.send(rep.get("/today").form("No answer")));
    let undo = undo.form("Undo");
    app.wait(TimeDelta::hours(1));
    assert!(!rep.get("/today").has_button("Undo"));
    assert_eq!(rep.send(undo).status, 409);
}
