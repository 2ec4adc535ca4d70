//! What would happen to a lead.

use leadline::caller::Role;
use leadline::workflows::NodeType::{Sms, VoiceCall};

use crate::app::TestApp;

#[test]
fn a_plan_says_what_happens_when_and_why() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!(
        "/workflows/{}",
        firm.workflow("Outreach", &[VoiceCall, Sms])
    );
    let viewer = firm.signed_in(Role::Viewer);
    let form = viewer.get(&path).form("Show the plan");
    let form = form
        .fill("Enters", "Fri 18:30")
        .fill("Lives in", "Santiago");
    let form = form.fill("Says", "Interested").fill("When", "at call 2");
    let page = viewer.send(form);
    let plan = page.texts(".plan > li");
    assert_eq!(plan.len(), 4, "{plan:?}");
    assert!(plan[0].starts_with("Fri 20 Nov, 18:30 Call: VOICE_CALL, try 1 of 3, no answer"));
    assert!(plan[1].starts_with("Sat 21 Nov, 10:00"), "{plan:?}");
    assert!(
        plan[1].contains("interested") && plan[1].contains("Santiago"),
        "{plan:?}"
    );
    assert!(page.says("A lead in America/Santiago, from Fri 20 Nov, 18:30"));
}

#[test]
fn what_can_not_be_read_is_said_and_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/workflows/{}", firm.workflow("Outreach", &[Sms]));
    let viewer = firm.signed_in(Role::Viewer);
    let form = viewer.get(&path).form("Show the plan");
    let form = form
        .fill("Enters", "whenever")
        .fill("Lives in", "Atlantis")
        .fill("Lead", "Nemo");
    let page = viewer.send(form);
    assert!(page.problem_of("Enters").starts_with("Say when as in"));
    assert!(
        page.problem_of("Lives in")
            .starts_with("There is no such place")
    );
    assert_eq!(page.problem_of("Lead"), "No lead is found by these words");
    assert_eq!(page.field("Lives in").value, "Atlantis");
    assert!(page.texts(".plan > li").is_empty());
}
