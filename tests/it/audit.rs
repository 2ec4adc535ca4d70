//! The audit: entries are only ever added, and found again by who, what and when.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use leadline::audit::{self, Event, Other, Query, Subject, Who};
use leadline::caller::{Actor, Caller, Role};
use leadline::error::Error;
use leadline::leads;

use crate::app::{Firm, TestApp};

fn found(app: &TestApp, caller: &Caller, query: &Query) -> Vec<i64> {
    let page = audit::page(&mut app.connect(), caller, query).unwrap();
    page.entries.iter().map(|entry| entry.number).collect()
}

fn by_somebody(firm: &Firm<'_>, role: Role) -> Caller {
    Caller {
        actor: Actor::User(firm.person(role).clone()),
        ..firm.owner()
    }
}

#[test]
fn entries_are_never_changed_nor_taken_away() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.lead("Ann");
    let everything = Query::default();
    let before = found(&app, &firm.owner(), &everything);
    assert!(!before.is_empty());
    for (statement, done) in [
        ("UPDATE audit_entries SET actor = 'nobody'", "UPDATE"),
        ("DELETE FROM audit_entries", "DELETE"),
        ("DELETE FROM audit_entries WHERE number < 0", "DELETE"),
        ("TRUNCATE audit_entries", "TRUNCATE"),
    ] {
        let refused = app.connect().batch_execute(statement).unwrap_err();
        let sentence =
            format!("Audit entries are only ever added: {done} on audit_entries is refused");
        assert_eq!(refused.to_string(), sentence, "{statement}");
    }
    assert_eq!(found(&app, &firm.owner(), &everything), before);
}

#[test]
fn what_happened_to_a_lead_outlives_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.lead("Ann");
    leads::delete(&mut app.connect(), &firm.owner(), id).unwrap();
    let of_ann = Query {
        subject_id: Some(id),
        ..Query::default()
    };
    let page = audit::page(&mut app.connect(), &firm.owner(), &of_ann).unwrap();
    let events: Vec<Event> = page.entries.iter().map(|entry| entry.event).collect();
    assert_eq!(events, [Event::LeadDeleted, Event::LeadCreated]);
    let names = audit::names(&mut app.connect(), &firm.owner(), vec![id]).unwrap();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn entries_are_read_page_by_page_and_back_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for name in ["Ann", "Ben", "Cleo", "Dora", "Eve"] {
        // Two at one instant, so that their numbers have to decide.
        firm.lead(name);
        firm.lead(name);
        app.wait(TimeDelta::seconds(1));
    }
    let (owner, mut conn) = (firm.owner(), app.connect());
    let all = Query {
        event: Some(Event::LeadCreated),
        ..Query::default()
    };
    let whole = found(&app, &owner, &all);
    assert_eq!(whole.len(), 10);
    assert!(whole.is_sorted_by(|one, next| one > next), "{whole:?}");
    let mut query = Query { limit: 3, ..all };
    let mut pages = Vec::new();
    loop {
        let page = audit::page(&mut conn, &owner, &query).unwrap();
        assert_eq!(audit::total(&mut conn, &owner, &query, &page).unwrap(), 10);
        let numbers: Vec<i64> = page.entries.iter().map(|entry| entry.number).collect();
        pages.push((page.position, numbers));
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => {
                query.cursor = page.previous;
                break;
            }
        }
    }
    let forth: Vec<i64> = pages.iter().flat_map(|(_, page)| page.clone()).collect();
    assert_eq!(forth, whole);
    for expected in pages.iter().rev().skip(1) {
        let page = audit::page(&mut conn, &owner, &query).unwrap();
        let numbers: Vec<i64> = page.entries.iter().map(|entry| entry.number).collect();
        assert_eq!(&(page.position, numbers), expected);
        query.cursor = page.previous;
    }
    assert_eq!(query.cursor, None);
}

#[test]
fn each_filter_finds_its_own_entries_and_no_other_accounts() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let (ann, campaign) = (firm.lead("Ann"), firm.campaign("Spring").id);
    other.lead("Zoe");
    other.campaign("Autumn");
    let (owner, mut conn) = (firm.owner(), app.connect());
    let worker = Caller {
        actor: Actor::Worker,
        ..firm.owner()
    };
    leads::delete(&mut conn, &worker, firm.lead("Ben")).unwrap();
    let usual = Query::default;
    let told = |query: Query| -> Vec<(Event, Subject)> {
        let page = audit::page(&mut app.connect(), &owner, &query).unwrap();
        let told = page.entries.iter().map(|one| (one.event, one.subject));
        told.collect()
    };
    let created = (Event::LeadCreated, Subject::Lead);
    let made = (Event::CampaignCreated, Subject::Campaign);
    let deleted = (Event::LeadDeleted, Subject::Lead);
    let (event, subject) = (Some(Event::CampaignCreated), Some(Subject::Campaign));
    assert_eq!(told(Query { event, ..usual() }), [made]);
    assert_eq!(told(Query { subject, ..usual() }), [made]);
    let subject = Some(Subject::Lead);
    assert_eq!(
        told(Query { subject, ..usual() }),
        [deleted, created, created]
    );
    let subject_id = Some(ann);
    assert_eq!(
        told(Query {
            subject_id,
            ..usual()
        }),
        [created]
    );
    let who = Some(Who::Other(Other::Worker));
    assert_eq!(told(Query { who, ..usual() }), [deleted]);
    let who = Some(Who::Person(other.person(Role::Owner).id));
    assert_eq!(told(Query { who, ..usual() }), []);
    let who = Some(Who::Key("No such key".to_owned()));
    assert_eq!(told(Query { who, ..usual() }), []);
    let before = Some(owner.now);
    assert_eq!(told(Query { before, ..usual() }), []);
    let since = Some(owner.now);
    assert!(told(Query { since, ..usual() }).contains(&made));
    let zenith = audit::page(&mut conn, &other.owner(), &usual()).unwrap();
    let theirs = |id| zenith.entries.iter().any(|one| one.subject_id == id);
    assert!(!theirs(ann) && !theirs(campaign));
    let names = audit::names(&mut conn, &owner, vec![ann, campaign]).unwrap();
    assert_eq!((&*names[&ann], &*names[&campaign]), ("Ann", "Spring"));
    let theirs = audit::names(&mut conn, &other.owner(), vec![ann, campaign]).unwrap();
    assert!(theirs.is_empty(), "{theirs:?}");
}

#[test]
fn only_those_who_run_the_account_read_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for &role in Role::ALL {
        let caller = by_somebody(&firm, role);
        let read = audit::page(&mut app.connect(), &caller, &Query::default());
        let allowed = matches!(role, Role::Owner | Role::Admin);
        assert_eq!(read.is_ok(), allowed, "{role}");
        assert!(
            allowed || matches!(read, Err(Error::Forbidden(_))),
            "{role}"
        );
    }
}
