//! The audit.

use chrono::TimeDelta;
use leadline::audit;
use leadline::caller::Role;
use leadline::leads;

use crate::app::{Firm, TestApp};

const PATH: &str = "/audit";

/// Who and what of every entry that a page shows.
fn told(firm: &Firm<'_>, path: &str) -> Vec<String> {
    let page = firm.signed_in(Role::Owner).get(path);
    assert_eq!(page.status, 200, "{page:?}");
    page.texts("tbody th > .measure")
}

#[test]
fn it_says_who_did_what_and_about_what() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let rep = firm.signed_in(Role::Rep);
    let id = firm.lead("Ann");
    let form = rep.get(&format!("/leads/{id}/edit")).form("Save changes");
    rep.send(form.fill("First name", "Bea").fill("Company", "Pan & Co"));
    let page = firm.signed_in(Role::Admin).get(PATH);
    assert_eq!(page.heading(), "Audit");
    let row = page.row("changed 2 fields");
    assert!(row[0].starts_with("Rita Osei changed 2 fields"), "{row:?}");
    assert!(row[0].contains("the first name: Ann Bea"), "{row:?}");
    assert!(row[0].contains("content-type"), "{row:?}");
    assert!(!row[0].contains("leadline_session="), "{row:?}");
    assert!(row[1].starts_with("Bea"), "{row:?}");
    assert!(row[2].contains(&format!("POST /leads/{id}")), "{row:?}");
    assert!(page.says("Rita Osei signed in"));
    let only = told(&firm, &format!("{PATH}?of={id}"));
    assert_eq!(only.len(), 2, "{only:?}");
    leads::delete(&mut app.connect(), &firm.owner(), id).unwrap();
    let page = firm.signed_in(Role::Admin).get(&format!("{PATH}?of={id}"));
    assert!(page.says("A lead that was deleted"), "{page:?}");
    assert!(!page.has_link("A lead that was deleted"));
}

#[test]
fn the_form_filters_and_each_filter_is_taken_away_by_itself() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    firm.signed_in(Role::Rep);
    app.wait(TimeDelta::days(2));
    firm.campaign("Spring");
    firm.program()
        .post("/leads", &serde_json::json!({ "first_name": "Ann" }))
        .of(201);
    let show = || owner.get(PATH).form("Show entries");
    let sent = |form| owner.send(form).texts("tbody th > .measure");
    let rita = sent(show().fill("Who", "Rita Osei"));
    assert_eq!(rita, ["Rita Osei signed in"]);
    let made = sent(show().fill("What happened", "Campaign created"));
    assert!(made[0].ends_with("made a campaign"), "{made:?}");
    assert_eq!(made.len(), 1);
    assert_eq!(sent(show().fill("To what", "Campaigns")), made);
    let day = app.clock.now().format("%Y-%m-%d").to_string();
    let today = sent(show().fill("From", &day).fill("To", &day));
    assert!(
        !today.is_empty() && !today.concat().contains("Rita"),
        "{today:?}"
    );
    let before = sent(show().fill("To", "2020-01-01"));
    assert!(before.is_empty(), "{before:?}");
    let both = owner.send(
        show()
            .fill("To what", "Leads")
            .fill("What happened", "Lead created"),
    );
    assert_eq!(both.texts("tbody th > .measure").len(), 1, "{both:?}");
    assert!(both.says("Event is Lead created") && both.says("About Leads"));
    let away = both.attribute(".chip a", "href").unwrap();
    assert_eq!(away, "/audit?subject=lead");
    let odd = owner.get("/audit?event=money&who=key%3A%00");
    assert!(odd.says("it was left out: event=money"), "{odd:?}");
    assert!(told(&firm, "/audit?who=key%3Anobody%27s").is_empty());
}

#[test]
fn a_long_list_is_read_to_its_end_and_back_in_as_many_statements_as_a_short_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let (_, few) = app.statements(|| owner.get(PATH));
    for name in 0..60 {
        firm.lead(&format!("Lead {name}"));
    }
    let (first, many) = app.statements(|| owner.get(PATH));
    assert_eq!(
        few.len() + 1,
        many.len(),
        "it only counts besides: {many:#?}"
    );
    assert_eq!(first.rows().len(), 50);
    let second = owner.get(&first.link("Next"));
    assert!(second.says("51 to"), "{second:?}");
    assert!(!second.rows().is_empty() && !second.has_link("Next"));
    let back = owner.get(&second.link("Previous"));
    assert_eq!(back.rows(), first.rows());
}

#[test]
fn it_leaves_as_a_file_whose_cells_no_spreadsheet_runs() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let mut names: Vec<String> = (0..1_001).map(|name| format!("Lead {name}")).collect();
    names[0] = "=cmd()".to_owned();
    let new = names.iter().map(|name| leads::NewLead {
        first_name: name.clone(),
        source: "test".to_owned(),
        ..leads::NewLead::default()
    });
    firm.leads(new.collect());
    let page = owner.get("/audit?event=lead_created");
    let (named, file) = owner.download(&page.link("CSV of these entries"));
    assert!(named.contains("audit-"), "{named}");
    let text = String::from_utf8(file).unwrap();
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 1_002);
    assert!(
        lines[0].ends_with("request_headers,request_ip"),
        "{}",
        lines[0]
    );
    assert!(!text.contains(",=cmd"));
    let all = audit::Query {
        limit: 2_000,
        ..audit::Query::default()
    };
    let kept = audit::page(&mut app.connect(), &firm.owner(), &all).unwrap();
    assert!(
        lines[1].starts_with(&format!("{},", kept.entries[0].number)),
        "{}",
        lines[1]
    );
    assert_eq!(owner.get("/audit/export?event=money").status, 400);
}

#[test]
fn another_accounts_entries_are_never_shown() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let theirs = other.lead("Zoe");
    assert!(told(&firm, &format!("{PATH}?of={theirs}")).is_empty());
    let person = other.person(Role::Owner).id;
    assert!(told(&firm, &format!("{PATH}?who={person}")).is_empty());
    let page = firm.signed_in(Role::Owner).get(PATH);
    assert!(!page.text().contains("Zoe") && !page.text().contains("Zenith"));
}

#[test]
fn a_leads_own_tab_leads_to_all_of_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.lead("Ann");
    let tab = firm
        .signed_in(Role::Admin)
        .get(&format!("/leads/{id}?tab=audit"));
    assert_eq!(
        tab.link("Show these in the audit"),
        format!("/audit?of={id}")
    );
    let admin = firm.signed_in(Role::Admin).get("/leads");
    assert_eq!(admin.link("Audit"), PATH);
    assert!(
        !firm
            .signed_in(Role::Manager)
            .get("/leads")
            .has_link("Audit")
    );
}
