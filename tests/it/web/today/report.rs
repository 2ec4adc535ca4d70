//! What came of it.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::workflows::NodeType::VoiceCall;

use super::due;
use crate::app::TestApp;

#[test]
fn one_outcome_is_one_post_and_brings_the_next_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ids = due(&app, &firm, VoiceCall, &[("Ann", None), ("Bob", None)]);
    let rep = firm.signed_in(Role::Rep);
    let form = rep.get("/today").form("No answer").fill("Note", "Rang out");
    let answer = rep.send(form);
    assert_eq!(
        (answer.status, answer.location().as_deref()),
        (303, Some("/today"))
    );
    let page = rep.follow(answer);
    assert_eq!(page.heading(), "Bob");
    assert!(page.flash().starts_with("Ann: no answer."), "{page:?}");
    assert!(page.says("1 done today"), "{page:?}");
    let lead = rep.get(&format!("/leads/{}", ids[0]));
    assert!(
        lead.says("called: no answer") && lead.says("Rang out"),
        "{lead:?}"
    );
}

#[test]
fn a_time_to_call_back_is_understood_as_people_say_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    let rep = firm.signed_in(Role::Rep);
    let form = rep
        .get("/today")
        .form("Call back")
        .fill("Call back at", "tue 3pm");
    let page = rep.follow(rep.send(form));
    assert_eq!(page.flash(), "Ann: call back Tue 24 Nov, 15:00.");
    app.wait(TimeDelta::hours(5 * 24 + 3));
    app.work();
    let page = firm.signed_in(Role::Rep).get("/today");
    assert_eq!(page.heading(), "Ann");
    assert!(page.says("Asked to be called back"), "{page:?}");
}

#[test]
fn a_time_that_is_none_comes_back_with_everything_that_was_typed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None), ("Bob", None)]);
    let rep = firm.signed_in(Role::Rep);
    for typed in ["someday", ""] {
        let form = rep.get("/today").form("Call back");
        let form = form.fill("Call back at", typed).fill("Note", "At lunch");
        let page = rep.send(form);
        assert_eq!((page.status, page.heading().as_str()), (422, "Ann"));
        assert!(
            page.problem_of("Call back at").contains("tue 3pm"),
            "{page:?}"
        );
        assert_eq!(page.field("Note").value, "At lunch");
        assert_eq!(page.field("Call back at").value, typed);
    }
    let form = rep
        .get("/today")
        .form("No answer")
        .fill("Call back at", "tue 3pm");
    let page = rep.send(form);
    assert_eq!(page.status, 422, "a promise is not dropped: {page:?}");
    assert_eq!(page.field("Call back at").value, "tue 3pm");
}

#[test]
fn a_form_without_an_outcome_asks_for_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    let rep = firm.signed_in(Role::Rep);
    let form = rep.get("/today").form("No answer").fill("Note", "Kept");
    for outcome in ["", "MARRIED"] {
        let page = rep.send(form.clone().forge("outcome", outcome));
        assert_eq!((page.status, page.heading().as_str()), (422, "Ann"));
        assert!(!page.problem_of("How did it go?").is_empty(), "{page:?}");
        assert_eq!(page.field("Note").value, "Kept");
    }
}

#[test]
fn a_form_that_comes_too_late_says_who_was_faster_and_keeps_the_note() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None), ("Bob", None)]);
    let rep = firm.signed_in(Role::Rep);
    let form = rep.get("/today").form("No answer");
    rep.send(form.clone());
    let page = rep.send(form.fill("Note", "She is back on Monday"));
    assert_eq!((page.status, page.heading().as_str()), (409, "Bob"));
    let said = page.alert();
    assert!(
        said.contains("Rita Osei has already recorded “no answer”"),
        "{said}"
    );
    let kept = page.form("Keep it as a note on Ann");
    let lead = rep.follow(rep.send(kept));
    assert_eq!(lead.heading(), "Ann");
    assert_eq!(lead.texts(".quote"), ["She is back on Monday"]);
}

#[test]
fn a_form_about_no_step_or_another_accounts_changes_nothing() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    due(&app, &other, VoiceCall, &[("Zoe", None)]);
    let rep = firm.signed_in(Role::Rep);
    let theirs = other.signed_in(Role::Rep).get("/today");
    let theirs = theirs.attribute("input[name=step_id]", "value").unwrap();
    let form = rep.get("/today").form("Not interested");
    let page = rep.send(form.clone().forge("step_id", "x"));
    assert_eq!((page.status, page.heading().as_str()), (409, "Ann"));
    assert_eq!(rep.send(form.forge("step_id", &theirs)).status, 404);
    assert_eq!(other.signed_in(Role::Rep).get("/today").heading(), "Zoe");
}
