//! The day at a glance.

mod attention;

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::connectors::{self, Channel};
use leadline::leads::{NewLead, OwnerRef};
use leadline::workflows::NodeType::{Email, VoiceCall};
use serde_json::json;

use super::today::due;
use crate::app::{Browser, Firm, Page, TestApp};

/// The words of a section by its heading.
fn section(page: &Page, heading: &str) -> String {
    let sections = page.texts("section");
    let found = sections.into_iter().find(|text| text.starts_with(heading));
    found.unwrap_or_else(|| panic!("no {heading}: {page:?}"))
}

/// How many leads the list behind a link says it holds.
fn opened(browser: &Browser, page: &Page, link: &str) -> usize {
    let list = browser.get(&page.link(link));
    assert_eq!(list.heading(), "Leads", "{list:?}");
    assert!(
        !list.says("asks for something that is not known"),
        "{list:?}"
    );
    list.rows().len()
}

#[test]
fn whoever_signs_in_comes_to_their_day() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.lead("Ann");
    let page = firm.signed_in(Role::Rep).get("/");
    assert_eq!(page.heading(), "Today, Thursday 19 November");
    assert!(page.has_link("Home"), "{page:?}");
}

#[test]
fn what_is_due_for_a_person_is_counted_and_begun_with_one_button() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let leads = [
        ("Ann", Some(Role::Manager)),
        ("Bob", Some(Role::Rep)),
        ("Cid", None),
    ];
    due(&app, &firm, VoiceCall, &leads);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get("/");
    assert_eq!(page.texts(".figure"), ["2"], "Ann is the manager's");
    assert_eq!(page.link("2"), "/today");
    assert!(section(&page, "Due now").contains("1 of leads that nobody owns"));
    assert!(["Bob", "Cid"].contains(&rep.get(&page.link("Start")).heading().as_str()));
    rep.send(rep.get("/today").form("Not interested"));
    let page = rep.get("/");
    assert_eq!(page.texts(".figure"), ["1"]);
    assert!(page.says("1 done today"), "{page:?}");
    app.wait(TimeDelta::days(1));
    assert!(rep.get("/").says("1 overdue since before today"));
}

#[test]
fn when_nothing_is_due_the_page_says_who_comes_next() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(&app, &firm, VoiceCall, &[("Ann", Some(Role::Rep))]);
    let rep = firm.signed_in(Role::Rep);
    rep.send(rep.get("/today").form("No answer"));
    let page = rep.get("/");
    assert!(section(&page, "Due now").contains("All done"), "{page:?}");
    assert!(page.says("Next comes Ann, today 13:00"), "{page:?}");
    assert!(!page.has_link("Start"));
}

#[test]
fn who_leads_the_team_sees_everybodys_day_and_nobody_else_does() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let leads = [
        ("Ann", Some(Role::Manager)),
        ("Bob", Some(Role::Rep)),
        ("Cid", Some(Role::Rep)),
    ];
    due(&app, &firm, VoiceCall, &leads);
    let rep = firm.signed_in(Role::Rep);
    rep.send(rep.get("/today").form("Not interested"));
    assert!(!rep.get("/").says("The team"));
    let manager = firm.signed_in(Role::Manager);
    let page = manager.get("/");
    assert!(page.says("2 due for everybody"), "{page:?}");
    let row = page.row("Rita Osei");
    assert_eq!(row[1..], ["1", "0", "1"], "due, overdue, done");
    let viewer = firm.signed_in(Role::Viewer).get("/");
    assert!(!viewer.says("Due now") && !viewer.says("The team"));
    assert!(viewer.says("New leads") && viewer.says("Where leads stand"));
}

#[test]
fn new_leads_are_told_by_day_and_each_day_opens_its_own() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.lead("Old");
    app.wait(TimeDelta::days(8));
    for name in ["Ann", "Bob"] {
        firm.lead(name);
    }
    app.wait(TimeDelta::days(1));
    for name in ["Cid", "Dee", "Eve"] {
        firm.lead(name);
    }
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get("/");
    assert_eq!(
        page.texts(".home-days td"),
        ["0", "0", "0", "0", "0", "2", "3"]
    );
    assert!(
        page.says("4 more than in the seven days before"),
        "{page:?}"
    );
    assert_eq!(opened(&rep, &page, "3 today"), 3);
    assert_eq!(opened(&rep, &page, "5 in seven days"), 5);
    let yesterday = rep.get(&page.link("2"));
    assert_eq!(yesterday.rows().len(), 2);
    assert!(yesterday.says("Came in on 27 Nov 2026"), "{yesterday:?}");
    let searched = rep.send(yesterday.form("Show leads"));
    assert_eq!(searched.rows().len(), 2, "the form keeps the day");
    let all = rep.get(&yesterday.link("Remove filter: Came in on 27 Nov 2026"));
    assert_eq!(all.rows().len(), 6);
    let told = page.texts(".home-bars g title");
    assert_eq!(told[5..], ["Fri 27 Nov: 2", "Sat 28 Nov: 3"]);
}

#[test]
fn where_leads_stand_opens_their_lists() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Outreach", &[Email]);
    for name in ["Ann", "Bob", "Cid"] {
        firm.enrolled(name, workflow);
    }
    firm.lead("Dee");
    let program = firm.program();
    let id = firm.enrolled("Eve", workflow);
    let body = json!({ "status_key": "converted" });
    program.post(&format!("/leads/{id}/status"), &body).of(200);
    let id = firm.enrolled("Fay", workflow);
    let body = json!({ "status_key": "lost" });
    program.post(&format!("/leads/{id}/status"), &body).of(200);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get("/");
    let stages = page.rows().into_iter().filter(|row| row.len() == 3);
    let stages: Vec<Vec<String>> = stages.map(|row| row[..2].to_vec()).collect();
    assert_eq!(
        stages,
        [
            ["New", "3"],
            ["In progress", "0"],
            ["Won", "1"],
            ["Lost", "1"]
        ]
    );
    assert!(page.says("50 % won of 2 that are decided"), "{page:?}");
    assert_eq!(opened(&rep, &page, "3"), 3);
    assert_eq!(opened(&rep, &page, "1"), 1);
}

/// A lead that is somebody's.
fn owned(firm: &Firm<'_>) -> NewLead {
    NewLead {
        first_name: "Ann".to_owned(),
        owner: Some(OwnerRef::Email(firm.email(Role::Rep).to_owned())),
        ..NewLead::default()
    }
}

#[test]
fn another_accounts_day_is_its_own() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    due(&app, &other, VoiceCall, &[("Zoe", None), ("Yan", None)]);
    let now = app.clock.now();
    other.keep_messages(Channel::Email);
    let account = other.owner().account.id;
    connectors::failed(&mut app.connect(), account, Channel::Email, "no", now).unwrap();
    let page = firm.signed_in(Role::Manager).get("/");
    assert_eq!(page.heading(), "Your day begins here");
    firm.lead_with(owned(&firm));
    let page = firm.signed_in(Role::Manager).get("/");
    assert!(section(&page, "Due now").contains("Nothing"), "{page:?}");
    assert!(page.has_link("1 today") && !page.says("do not leave"));
    assert!(page.says("There is no workflow yet."), "{page:?}");
    assert_eq!(page.link("Make a workflow"), "/workflows/new");
}

#[test]
fn an_empty_account_is_told_where_to_begin() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let begin = |role| {
        let page = firm.signed_in(role).get("/");
        assert_eq!(page.heading(), "Your day begins here");
        let links = ["New lead", "New workflow", "Invite somebody"];
        links.map(|link| page.has_link(link))
    };
    assert_eq!(begin(Role::Owner), [true, true, true]);
    assert_eq!(begin(Role::Manager), [true, true, false]);
    assert_eq!(begin(Role::Rep), [true, false, false]);
    assert_eq!(begin(Role::Viewer), [false, false, false]);
}

#[test]
fn the_page_asks_a_fixed_number_of_questions() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    firm.lead("Ann");
    owner.get("/");
    let (_, few) = app.statements(|| owner.get("/"));
    let leads: Vec<_> = ('a'..='t').map(|one| (one.to_string(), None)).collect();
    let leads: Vec<_> = leads
        .iter()
        .map(|(one, owner)| (one.as_str(), *owner))
        .collect();
    due(&app, &firm, VoiceCall, &leads);
    owner.get("/");
    let (page, many) = app.statements(|| owner.get("/"));
    assert!(page.says("20 due for everybody"), "{page:?}");
    assert!(many.len() == few.len() && many.len() <= 11, "{many:#?}");
}
