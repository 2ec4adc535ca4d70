//! Not now.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::workflows::NodeType::VoiceCall;

use super::due;
use crate::app::TestApp;

#[test]
fn a_skipped_lead_comes_back_in_an_hour() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    let rep = firm.signed_in(Role::Rep);
    let form = rep
        .get("/today")
        .form("Skip")
        .fill("Why", "Wants her husband there");
    let page = rep.follow(rep.send(form));
    assert_eq!(page.flash(), "Skipped; it comes back in an hour.");
    assert_eq!(page.heading(), "Nothing is due now");
    assert!(page.says("Next comes Ann"), "{page:?}");
    app.wait(TimeDelta::minutes(61));
    app.work();
    let page = rep.get("/today");
    assert_eq!(page.heading(), "Ann");
    assert!(
        page.says("Wants her husband there"),
        "the reason is kept: {page:?}"
    );
}

#[test]
fn a_skip_wants_a_reason() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.send(rep.get("/today").form("Skip").fill("Why", "  "));
    assert_eq!((page.status, page.heading().as_str()), (422, "Ann"));
    assert_eq!(page.problem_of("Why"), "The reason is required");
}
