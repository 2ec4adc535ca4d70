//! The lead at hand.

use leadline::caller::Role;
use leadline::fields::Kind;
use leadline::workflows::NodeType::{Sms, VoiceCall};
use serde_json::json;

use super::due;
use crate::app::TestApp;

#[test]
fn one_lead_fills_the_page_with_what_to_do_and_what_is_known() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", Some(Role::Rep))]);
    let page = firm.signed_in(Role::Rep).get("/today");
    assert_eq!(page.heading(), "Ann");
    for said in [
        "12:00 in London",
        "attempt 1 of 3",
        "step 1 of 2",
        "0 done today",
        "1 due",
    ] {
        assert!(page.says(said), "{said}: {page:?}");
    }
    assert_eq!(page.link("+44 20 7946 0018"), "tel:+442079460018");
    assert!(page.has_link("Everything about Ann"));
}

#[test]
fn what_a_lead_says_of_its_own_stands_under_its_label() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ids = due(&app, &firm, VoiceCall, &[("Ann", None)]);
    firm.field("starts_on", Kind::Date, &[]);
    let own = json!({ "metadata": { "starts_on": "2027-03-01", "zip": "007" } });
    let program = app.with_key(&firm.key("Fields", &[]));
    program.patch(&format!("/leads/{}", ids[0]), &own).of(200);
    let page = firm.signed_in(Role::Rep).get("/today");
    assert_eq!(page.row("starts_on")[1], "1 Mar 2027");
    assert_eq!(page.row("zip")[1], "007");
}

#[test]
fn the_outcomes_are_numbered_in_their_order_and_say_what_follows() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    let page = firm.signed_in(Role::Rep).get("/today");
    let keys = page.attributes("button.outcome[data-key]", "data-key");
    assert_eq!(keys, ["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    let words = page.texts("button.outcome[data-key] b");
    assert_eq!(words[..3], ["No answer", "Interested", "Call back"]);
    assert_eq!(words[8], "Do not call again");
    let effects = page.texts("button.outcome .sub");
    assert_eq!(
        effects.len(),
        page.texts("button.outcome").len(),
        "{page:?}"
    );
}

#[test]
fn a_message_that_is_sent_by_hand_comes_with_its_text_and_the_app_for_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, Sms, &[("Ann", None)]);
    let page = firm.signed_in(Role::Rep).get("/today");
    assert!(page.says("Hello Ann"), "{page:?}");
    let address = page.link("Open in Messages");
    assert_eq!(address, "sms:+442079460018?body=Hello%20Ann");
    assert_eq!(page.texts("button.outcome b")[0], "Sent");
    assert!(!page.has_button("Call back"), "nobody calls here: {page:?}");
}

#[test]
fn two_people_never_get_the_same_lead() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None), ("Bob", None)]);
    let (rep, manager) = (firm.signed_in(Role::Rep), firm.signed_in(Role::Manager));
    assert_eq!(rep.get("/today").heading(), "Ann");
    assert_eq!(manager.get("/today").heading(), "Bob");
    assert_eq!(rep.get("/today").heading(), "Ann", "it stays before her");
    let owner = firm.signed_in(Role::Owner).get("/today");
    assert_eq!(owner.heading(), "Nothing is due now", "{owner:?}");
}

#[test]
fn a_rep_gets_their_own_leads_and_nobodys() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let leads = [
        ("Ann", Some(Role::Manager)),
        ("Bob", Some(Role::Rep)),
        ("Cid", None),
    ];
    due(&app, &firm, VoiceCall, &leads);
    let rep = firm.signed_in(Role::Rep);
    let mut seen = Vec::new();
    for _ in 0..2 {
        let page = rep.get("/today");
        seen.push(page.heading());
        rep.send(page.form("Not interested"));
    }
    seen.sort();
    assert_eq!(seen, ["Bob", "Cid"], "Ann is the manager's");
    assert_eq!(rep.get("/today").heading(), "Done for now");
}

#[test]
fn when_nothing_is_due_the_page_says_what_comes_next() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let empty = rep.get("/today");
    assert_eq!(empty.heading(), "Nothing is due now");
    assert!(empty.says("Nothing is planned for you"), "{empty:?}");
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    rep.send(rep.get("/today").form("No answer"));
    let page = rep.get("/today");
    assert_eq!(page.heading(), "Done for now");
    assert!(
        page.says("1 done today") && page.says("Next comes Ann"),
        "{page:?}"
    );
}

#[test]
fn who_looks_after_others_sees_who_is_on_what() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", None)]);
    let rep = firm.signed_in(Role::Rep);
    assert!(!rep.get("/today").says("Who is on what"));
    let page = firm.signed_in(Role::Manager).get("/today");
    assert!(
        page.says("Who is on what") && page.says("Rita Osei"),
        "{page:?}"
    );
    assert!(page.has_link("Ann"));
}

#[test]
fn the_way_to_today_is_shown_to_those_who_work_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for &role in Role::ALL {
        let shown = firm.signed_in(role).get("/leads").has_link("Today");
        assert_eq!(shown, role != Role::Viewer, "{role}");
    }
}
