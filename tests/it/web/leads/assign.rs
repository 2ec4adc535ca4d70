//! Giving leads to people: one on its page, many in the list, all that somebody has.

use std::thread;

use chrono::TimeDelta;
use diesel::sql_types::Bool;
use diesel::{Connection as _, QueryResult, QueryableByName, RunQueryDsl as _, sql_query};
use leadline::caller::{RepsSee, Role};
use leadline::db::PgConnection;
use leadline::leads::{self, OwnerRef, Selection};
use leadline::workflows::NodeType;
use uuid::Uuid;

use super::super::today::due;
use crate::app::{Firm, TestApp};

/// The names in a list, in their order.
fn names(firm: &Firm<'_>, list: &str) -> Vec<String> {
    firm.signed_in(Role::Owner).get(list).texts("tbody th a")
}

#[test]
fn ticked_leads_are_given_and_the_list_stays_where_it_was() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for name in ["Ann", "Ben", "Cid"] {
        firm.lead(name);
    }
    let rep = firm.signed_in(Role::Rep);
    let list = rep.get("/leads?sort=last_name");
    let form = list.form("Give").tick("Tick Ann").tick("Tick Cid");
    let page = rep.follow(rep.send(form.fill("Give to", "Rita Osei (you)")));
    assert_eq!(
        page.flash(),
        format!("2 leads are {}’s now.", firm.email(Role::Rep))
    );
    assert_eq!(
        page.attribute("th[aria-sort] a", "href").unwrap(),
        "/leads?sort=-last_name"
    );
    assert_eq!(
        names(
            &firm,
            &format!("/leads?owner={}&sort=last_name", firm.email(Role::Rep))
        ),
        ["Ann", "Cid"]
    );
    let all = rep.get("/leads?sort=last_name");
    let form = ["Tick Ann", "Tick Ben"]
        .into_iter()
        .fold(all.form("Give"), |form, box_| form.tick(box_));
    let page = rep.follow(rep.send(form.fill("Give to", "Rita Osei (you)")));
    let said = format!(
        "2 leads are {}’s now; 1 of them was before.",
        firm.email(Role::Rep)
    );
    assert_eq!(page.flash(), said);
}

#[test]
fn a_form_that_says_too_little_is_asked_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.reps_see(RepsSee::All);
    let ann = firm.lead("Ann");
    let rep = firm.signed_in(Role::Rep);
    let page = rep.follow(rep.send(rep.get("/leads").form("Give")));
    assert_eq!(page.flash(), "Tick the leads first.");
    let asked = rep.send(rep.get("/leads").form("Give").tick("Tick Ann"));
    assert_eq!(
        (asked.status, asked.heading().as_str()),
        (422, "Give 1 lead to somebody")
    );
    assert_eq!(asked.problem_of("Give to"), "Give to is required");
    let given = rep.send(asked.form("Give 1 lead").fill("Give to", "Mona Lindqvist"));
    assert_eq!(given.location().unwrap(), "/leads");
    assert!(rep.get(&format!("/leads/{ann}")).says("Mona Lindqvist"));
    let strange = rep
        .get("/leads")
        .form("Give")
        .tick("Tick Ann")
        .forge("owner", "x@elsewhere.example");
    let page = rep.send(strange);
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problem_of("Give to"),
        "Give to not found or does not belong to your account"
    );
    let form = rep
        .get("/leads")
        .form("Give")
        .forge("lead", "all")
        .forge("owner", "none");
    assert_eq!(rep.send(form).status, 400);
    assert!(rep.get(&format!("/leads/{ann}")).says("Mona Lindqvist"));
}

#[test]
fn all_leads_of_a_list_are_given_and_no_others() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    due(
        &app,
        &firm,
        NodeType::VoiceCall,
        &[("Ann", Some(Role::Rep)), ("Ben", None)],
    );
    firm.lead("Cid");
    let theirs = other.lead("Zoe");
    let manager = firm.signed_in(Role::Manager);
    let list = manager.get("/leads?status=new");
    let ask = manager.get(&list.link("All 2 in this list…"));
    assert_eq!(ask.heading(), "Give 2 leads to somebody");
    assert!(ask.says("Status is New"));
    let page = manager.follow(manager.send(ask.form("Give 2 leads").fill("Give to", "Nobody")));
    assert_eq!(
        page.flash(),
        "2 leads are nobody’s now; 1 of them was before."
    );
    // Its task is everybody's with it.
    assert!(manager.get("/today").says("Ann"));
    // Neither an address that is not understood nor another account's lead.
    assert_eq!(
        manager
            .get("/leads/assignment?status=new&workflow_id=1")
            .status,
        400
    );
    let forged = manager
        .get("/leads")
        .form("Give")
        .forge("lead", &theirs.to_string());
    let page = manager.follow(manager.send(forged.forge("owner", firm.email(Role::Rep))));
    assert_eq!(page.flash(), "These leads are gone.");
    assert!(
        other
            .signed_in(Role::Owner)
            .get(&format!("/leads/{theirs}"))
            .says("Nobody yet")
    );
}

#[test]
fn many_are_given_in_as_many_statements_as_few_and_the_audit_tells_of_each() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ids: Vec<String> = (0..40)
        .map(|at| firm.lead(&format!("Lead {at}")).to_string())
        .collect();
    let owner = firm.signed_in(Role::Owner);
    let give = |ids: &[String], to: &str| {
        let token = owner.token();
        let mut pairs: Vec<(&str, &str)> = ids.iter().map(|id| ("lead", id.as_str())).collect();
        pairs.extend([("owner", to), ("csrf", token.as_str())]);
        app.statements(|| owner.post("/leads/assignment", &pairs))
            .1
            .len()
    };
    let few = give(&ids[..2], firm.email(Role::Rep));
    assert_eq!(give(&ids, firm.email(Role::Manager)), few);
    let page = owner.get("/audit?event=lead_assigned");
    assert!(page.says("from Rita Osei to Mona Lindqvist"), "{page:?}");
    assert_eq!(page.rows().len(), 42);
}

#[test]
fn a_lead_is_given_on_its_own_page() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.reps_see(RepsSee::All);
    let path = format!("/leads/{}", firm.lead("Ann"));
    let rep = firm.signed_in(Role::Rep);
    let form = rep.get(&path).form("Give").fill("Owner", "Mona Lindqvist");
    let page = rep.follow(rep.send(form));
    assert_eq!(page.flash(), "Ann is saved.");
    assert_eq!(
        page.field("Owner").value,
        firm.person(Role::Manager).id.to_string()
    );
    let viewer = firm.signed_in(Role::Viewer);
    assert!(!viewer.get(&path).has_button("Give"));
    assert!(!viewer.get("/leads").has_button("Give"));
}

#[test]
fn whoever_leaves_hands_over_all_their_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    due(
        &app,
        &firm,
        NodeType::VoiceCall,
        &[("Ann", Some(Role::Rep)), ("Ben", Some(Role::Rep))],
    );
    let admin = firm.signed_in(Role::Admin);
    let rita = firm.person(Role::Rep).id;
    let gone = admin.post(
        &format!("/settings/users/{rita}/deactivation"),
        &[("csrf", &admin.token())],
    );
    let page = admin.follow(gone);
    assert_eq!(page.heading(), "Hand over the leads of Rita Osei");
    assert!(page.says("Rita Osei has 2 leads"));
    let page = admin.send(page.form("Hand over 2 leads"));
    assert_eq!(page.problem_of("Give them to"), "Give them to is required");
    let form = page.form("Hand over 2 leads");
    let same = admin.send(form.clone().forge("owner", &rita.to_string()));
    assert_eq!(same.status, 422);
    let page = admin.follow(admin.send(form.fill("Give them to", "Mona Lindqvist")));
    assert_eq!(page.flash(), "2 leads of Rita Osei are handed over.");
    assert!(
        admin
            .get(&format!("/settings/users/{rita}/handover"))
            .says("Rita Osei has no leads.")
    );
    app.wait(TimeDelta::minutes(1));
    let manager = firm.signed_in(Role::Manager);
    assert!(manager.get("/today").says("Ann"));
    assert_eq!(manager.get("/leads?owner=me").rows().len(), 2);
}

#[test]
fn what_is_given_away_at_the_same_moment_is_not_handed_over_besides() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (ann, ben) = (firm.lead("Ann"), firm.lead("Ben"));
    let of = |role| Some(OwnerRef::Id(firm.person(role).id));
    let give = |conn: &mut PgConnection, ids: Vec<Uuid>, role| {
        leads::assign(conn, &firm.owner(), &Selection::These(ids), of(role)).unwrap();
    };
    let mut conn = app.connect();
    give(&mut conn, vec![ann, ben], Role::Rep);
    let handed = thread::scope(|scope| {
        let handing = conn.transaction(|conn| {
            give(conn, vec![ann], Role::Manager);
            let handing = scope.spawn(|| {
                let rita = firm.person(Role::Rep).id;
                leads::hand_over(&mut app.connect(), &firm.owner(), rita, of(Role::Admin))
            });
            let waits = "SELECT pg_blocking_pids(pid) <> '{}' AS waits FROM pg_stat_activity
                         WHERE datname = current_database()";
            let mut other = app.connect();
            let mut looked = || sql_query(waits).load::<Waits>(&mut other).unwrap();
            while !looked().iter().any(|one| one.waits) {
                assert!(!handing.is_finished(), "it did not wait");
            }
            QueryResult::Ok(handing)
        });
        handing.unwrap().join().unwrap().unwrap()
    });
    assert_eq!(handed, 1);
    let owned =
        |role| leads::owned_by(&mut app.connect(), &firm.owner(), firm.person(role).id).unwrap();
    assert_eq!(
        [Role::Rep, Role::Manager, Role::Admin].map(owned),
        [0, 1, 1]
    );
}

#[derive(QueryableByName)]
struct Waits {
    #[diesel(sql_type = Bool)]
    waits: bool,
}

#[test]
fn a_deactivated_person_and_a_stranger_get_no_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let other = app.firm("Zenith");
    firm.lead("Ann");
    let admin = firm.signed_in(Role::Admin);
    let rita = firm.person(Role::Rep).id;
    admin.post(
        &format!("/settings/users/{rita}/deactivation"),
        &[("csrf", &admin.token())],
    );
    for to in [firm.email(Role::Rep), other.email(Role::Rep)] {
        let form = admin
            .get("/leads")
            .form("Give")
            .tick("Tick Ann")
            .forge("owner", to);
        assert_eq!(admin.send(form).status, 422, "{to}");
    }
    let nobody = Uuid::now_v7();
    assert_eq!(
        admin
            .get(&format!("/settings/users/{nobody}/handover"))
            .status,
        404
    );
}
