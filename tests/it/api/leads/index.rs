//! The list of leads.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::workflows::NodeType::Email;
use serde_json::{Value, json};

use crate::app::{Firm, TestApp, WithKey};

fn names(list: &Value) -> Vec<&str> {
    let rows = list["data"].as_array().unwrap();
    rows.iter()
        .map(|row| row["first_name"].as_str().unwrap())
        .collect()
}

fn listed(program: &WithKey, query: &str) -> Value {
    program.get(&format!("/leads?{query}")).of(200)
}

/// Leads made one minute after another.
fn in_turn(app: &TestApp, firm: &Firm<'_>, names: &[&str]) {
    for name in names {
        firm.lead(name);
        app.wait(TimeDelta::minutes(1));
    }
}

#[test]
fn nothing_is_a_list_too() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let meta = json!({ "limit": 20, "next_cursor": null, "total": 0, "total_is_exact": true });
    firm.program()
        .get("/leads")
        .is(200, &json!({ "data": [], "meta": meta }));
}

#[test]
fn rows_are_leads_as_they_are_shown_alone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let id = firm.lead("Ann");
    assert_eq!(
        listed(&program, "")["data"][0],
        program.get(&format!("/leads/{id}")).of(200)
    );
}

#[test]
fn cursors_walk_the_whole_list_newest_first() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    in_turn(&app, &firm, &["A", "B", "C", "D", "E"]);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for _ in 0..3 {
        let list = listed(&program, &format!("limit=2{cursor}"));
        seen.extend(names(&list).into_iter().map(str::to_owned));
        cursor = list["meta"]["next_cursor"]
            .as_str()
            .map(|next| format!("&cursor={next}"))
            .unwrap_or_default();
        // What comes in while somebody pages moves nothing.
        firm.lead("Late");
    }
    assert_eq!(
        (seen.join(" "), cursor.as_str()),
        ("E D C B A".to_owned(), "")
    );
}

#[test]
fn pages_are_counted_when_they_are_asked_for() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    in_turn(&app, &firm, &["A", "B", "C"]);
    let page = listed(&program, "limit=2&page=2");
    assert_eq!(names(&page), ["A"]);
    let meta = &page["meta"];
    assert_eq!(
        (&meta["page"], &meta["totalPages"], &meta["total"]),
        (&json!(2), &json!(2), &json!(3))
    );
    let beyond = listed(&program, "limit=2&page=9");
    assert_eq!(
        (names(&beyond).len(), &beyond["meta"]["total"]),
        (0, &json!(3))
    );
    assert!(listed(&program, "")["meta"].get("page").is_none());
}

#[test]
fn two_hundred_is_the_most() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let many: Value = (0..205)
        .map(|n| json!({ "first_name": format!("N{n}") }))
        .collect();
    program.post("/leads", &many).of(201);
    let list = listed(&program, "limit=200");
    assert_eq!(
        (names(&list).len(), &list["meta"]["limit"]),
        (200, &json!(200))
    );
    assert_eq!(names(&listed(&program, "")).len(), 20);
    assert_eq!(
        program.get("/leads?limit=201").of(400)["error"],
        "Validation error"
    );
}

#[test]
fn a_search_finds_any_part_of_a_word() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    program.post("/leads", &json!([
        { "first_name": "José", "last_name": "García", "email": "jg@mail.example", "company": "Astilleros" },
        { "first_name": "Ann", "phone": "+1 (201) 555-0123", "company": "100% Boats" },
        { "first_name": "Bob" }
    ]));
    for (q, found) in [
        ("garc", "José"),
        ("GARCIA", "José"),
        ("jose", "José"),
        ("mail.ex", "José"),
        ("tiller", "José"),
        ("2015550123", "Ann"),
        ("555-0123", "Ann"),
        ("100%25", "Ann"),
        ("ob", "Bob"),
    ] {
        assert_eq!(
            names(&listed(&program, &format!("q={q}"))),
            vec![found],
            "{q}"
        );
    }
    assert!(names(&listed(&program, "q=nobody")).is_empty());
    assert!(
        names(&listed(&program, "q=1%25s")).is_empty(),
        "a percent sign is no wildcard"
    );
    assert_eq!(names(&listed(&program, "q=")).len(), 3);
}

#[test]
fn filters_narrow_the_list() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (workflow, campaign) = (firm.workflow("Letters", &[Email]), firm.campaign("Q1").id);
    let rep = firm.email(Role::Rep);
    program.post(
        "/leads",
        &json!([
            { "first_name": "Enrolled", "workflow_id": workflow },
            { "first_name": "Tagged", "campaign_id": campaign },
            { "first_name": "Owned", "owner": rep },
            { "first_name": "Mine", "owner": firm.email(Role::Owner) },
            { "first_name": "Sourced", "source": "fair" },
            { "first_name": "Sized", "size": 35, "vip": true, "city": "Lima" }
        ]),
    );
    for (query, found) in [
        (format!("workflow_id={workflow}"), "Enrolled"),
        ("status=new".to_owned(), "Enrolled"),
        (format!("campaign_id={campaign}"), "Tagged"),
        (format!("owner={rep}"), "Owned"),
        ("owner=me".to_owned(), "Mine"),
        ("source=fair".to_owned(), "Sourced"),
        ("metadata.size=35".to_owned(), "Sized"),
        ("metadata.vip=true".to_owned(), "Sized"),
        ("metadata.city=Lima".to_owned(), "Sized"),
    ] {
        let list = listed(&program, &query);
        assert_eq!(
            (names(&list), &list["meta"]["total"]),
            (vec![found], &json!(1)),
            "{query}"
        );
    }
    assert_eq!(names(&listed(&program, "owner=none")).len(), 4);
    assert!(names(&listed(&program, "metadata.size=36")).is_empty());
    assert!(
        names(&listed(&program, "source=fair&owner=me")).is_empty(),
        "filters add up"
    );
    for wrong in [
        "workflow_id=x",
        "campaign_id=7",
        "archived=maybe",
        "created_after=yesterday",
        "sort=colour",
    ] {
        assert_eq!(
            program.get(&format!("/leads?{wrong}")).of(400)["error"],
            "Validation error",
            "{wrong}"
        );
    }
}

#[test]
fn a_list_is_cut_by_time() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    in_turn(&app, &firm, &["A", "B", "C"]);
    assert_eq!(
        names(&listed(
            &program,
            "created_after=2026-11-19T12:00:30Z&created_before=2026-11-19T12:01:30Z"
        )),
        ["B"]
    );
    assert_eq!(
        names(&listed(&program, "created_before=2026-11-19T12:00:30Z")),
        ["A"]
    );
    assert!(names(&listed(&program, "created_after=2026-11-20T00:00:00Z")).is_empty());
}

#[test]
fn a_list_is_ordered_as_asked_and_cursors_keep_the_order() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    in_turn(&app, &firm, &["B", "C", "A"]);
    let of_b = listed(&program, "q=B")["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    program
        .patch(&format!("/leads/{of_b}"), &json!({ "last_name": "Aaron" }))
        .of(200);
    for (sort, order) in [
        ("created_at", ["B", "C", "A"]),
        ("-created_at", ["A", "C", "B"]),
        ("last_name", ["A", "B", "C"]),
        ("-updated_at", ["B", "A", "C"]),
    ] {
        assert_eq!(
            names(&listed(&program, &format!("sort={sort}"))),
            order,
            "{sort}"
        );
        let first = listed(&program, &format!("sort={sort}&limit=1"));
        let cursor = first["meta"]["next_cursor"].as_str().unwrap();
        let rest = listed(&program, &format!("sort={sort}&cursor={cursor}"));
        assert_eq!(names(&rest), order[1..], "{sort}");
    }
}

#[test]
fn long_lists_cost_no_more_questions_than_short_ones() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let many: Value = (0..120)
        .map(|n| json!({ "first_name": format!("N{n}") }))
        .collect();
    program.post("/leads", &many).of(201);
    let (_, few) = app.statements(|| listed(&program, "limit=2"));
    let (_, many) = app.statements(|| listed(&program, "limit=100"));
    assert_eq!(few.len(), many.len(), "{many:#?}");
    assert!((1..=5).contains(&many.len()), "{many:#?}");
}
