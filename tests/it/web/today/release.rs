//! Giving a lead back.

use leadline::caller::Role;
use leadline::workflows::NodeType::VoiceCall;

use super::due;
use crate::app::TestApp;

#[test]
fn what_is_given_back_is_there_for_the_next_person() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    let (rep, manager) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Manager));
    let form = rep.get("/today").form("Give it back and stop");
    assert_eq!(manager.get("/today").heading(), "Nothing is due now");
    let answer = rep.send(form.clone());
    assert_eq!(answer.location().as_deref(), Some("/leads"));
    assert_eq!(manager.get("/today").heading(), "Ann");
    rep.send(form);
    assert_eq!(
        manager.get("/today").heading(),
        "Ann",
        "it is hers no more to give"
    );
}
