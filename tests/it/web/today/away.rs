//! Steps of somebody who is away: on their list, everybody's, or put off, as the workflow says.

use chrono::{NaiveDate, TimeDelta};
use leadline::caller::Role::{Manager, Rep};
use leadline::people;
use leadline::workflows::{self, NodeType};

use super::due;
use crate::app::{Firm, TestApp};

/// Rita is away from today up to and with the 23rd, a Monday.
fn away(firm: &Firm<'_>) {
    let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    let (conn, rita) = (&mut firm.app().connect(), firm.person(Rep).id);
    people::add_absence(conn, &firm.owner(), rita, day(19), day(23)).unwrap();
}

/// Says what becomes of the steps of all workflows, by the form.
fn choose(firm: &Firm<'_>, chosen: &str) {
    let manager = firm.signed_in(Manager);
    let list = manager.get("/workflows");
    let page = manager.visit(&format!("{}/edit", list.link("Sales Outreach")));
    let form = page.form("Save changes");
    manager.send(form.fill("While the owner of a lead is away", chosen));
}

/// The worker looks again at what waits for whoever is away.
fn look_again(app: &TestApp) {
    let now = app.clock.now();
    workflows::wake_tasks_of_the_absent(&mut app.connect(), now).unwrap();
    app.work();
}

#[test]
fn a_step_stays_on_the_list_of_whoever_is_away_unless_the_workflow_says_otherwise() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, NodeType::VoiceCall, &[("Ann", Some(Rep))]);
    away(&firm);
    look_again(&app);
    assert_eq!(firm.signed_in(Rep).get("/today").heading(), "Ann");
    assert_ne!(firm.signed_in(Manager).get("/today").heading(), "Ann");
}

#[test]
fn a_step_of_somebody_who_is_away_is_everybodys() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ann = due(&app, &firm, NodeType::VoiceCall, &[("Ann", Some(Rep))])[0];
    choose(&firm, "Everybody may do them");
    away(&firm);
    look_again(&app);
    let manager = firm.signed_in(Manager);
    assert_eq!(manager.get("/today").heading(), "Ann");
    let page = manager.get(&format!("/leads/{ann}"));
    assert!(
        page.says("Rita Osei is away, so everybody may do it"),
        "{page:?}"
    );
    // The lead stays hers.
    assert!(page.says("Rita Osei"));
}

#[test]
fn a_step_of_somebody_who_is_away_waits_until_they_are_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ann = due(&app, &firm, NodeType::VoiceCall, &[("Ann", Some(Rep))])[0];
    choose(&firm, "Steps wait until they are back");
    away(&firm);
    look_again(&app);
    let rep = firm.signed_in(Rep);
    assert_ne!(rep.get("/today").heading(), "Ann");
    let page = rep.get(&format!("/leads/{ann}"));
    assert!(page.says("Rita Osei is away"), "{:?}", page.texts(".rail"));
    assert!(
        page.says("Tue 24 Nov 2026, 09:00"),
        "{:?}",
        page.texts(".rail")
    );
    app.wait(TimeDelta::days(5));
    app.work();
    assert_eq!(firm.signed_in(Rep).get("/today").heading(), "Ann");
}
