//! A file from its check to its leads, and back.

use leadline::caller::Role;
use leadline::enrolment::imports::{self, State};
use leadline::leads::NewLead;
use leadline::workflows::{self, NodeType};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use uuid::Uuid;

use super::{MIXED, begun, checked, named, ran, stands};
use crate::app::TestApp;

#[test]
fn every_row_is_created_updated_skipped_or_failed_and_told() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let there = firm.lead_with(NewLead {
        first_name: "Benjamin".into(),
        phone: Some("+442079460322".into()),
        ..NewLead::default()
    });
    let id = checked(&firm, &owner, MIXED, &[("Workflow", "Outreach")]);
    let check = owner.get(&format!("/imports/{id}/check"));
    assert_eq!(check.row("Create")[1], "2");
    assert_eq!(check.row("Update")[1], "1");
    assert_eq!(check.row("Skip")[1], "1");
    assert_eq!(check.row("Fail")[1], "1");
    let before = named(&firm, "+442079460322");
    assert_eq!(
        before.metadata_map().get("City"),
        None,
        "a check writes nothing"
    );

    let page = ran(&firm, &owner, id);
    assert_eq!(page.row("Created")[1], "2");
    assert_eq!(page.row("Updated")[1], "1");
    assert_eq!(page.row("Skipped")[1], "1");
    assert_eq!(page.row("Failed")[1], "1");
    let import = stands(&firm, id);
    assert_eq!(import.state, State::Done);
    assert_eq!(import.file_rows, Some(5));
    let ben = named(&firm, "+442079460322");
    assert_eq!((ben.id, ben.first_name.as_str()), (there, "Benjamin"));
    assert_eq!(ben.metadata_map()["City"], "York");
    assert_eq!(ben.workflow_id, Some(workflow));

    let created = owner.get(&format!("/leads?import={}-created", import.number));
    assert_eq!(created.rows().len(), 2);
    assert!(created.says("its new leads"));
    let all = owner.get(&format!("/leads?import={}", import.number));
    assert_eq!(all.rows().len(), 3);
    let (name, failed) = owner.download(&format!("/imports/{id}/failed"));
    assert_eq!(name, format!("import-{}-failed.csv", import.number));
    let failed = String::from_utf8(failed).unwrap();
    let mut lines = failed.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("Phone,First name,City,row,field,reason"));
    let told = lines.next().unwrap();
    assert!(
        told.starts_with("nonsense,Cid,Hull,4,phone_number,"),
        "{told}"
    );
    assert_eq!(lines.next(), None);

    let again = begun(
        &owner,
        "failed.csv",
        failed.replace("nonsense", "+442079460329").as_bytes(),
    );
    let columns = owner.get(&format!("/imports/{again}/columns"));
    assert!(columns.says("last time"), "{}", columns.text());
    let rules = owner.follow(owner.send(columns.form("Continue to rules")));
    owner.send(rules.form("Check the rows"));
    app.import_all();
    assert_eq!(stands(&firm, again).counts.created, 1);
}

#[test]
fn rows_are_put_right_or_left_out_before_the_run() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let id = checked(&firm, &owner, MIXED, &[]);
    let wrong = owner.get(&format!("/imports/{id}/rows?verdict=failed"));
    let form = wrong
        .form("Save and check again")
        .fill("Phone in row 4", "+442079460324");
    let sent = owner.send(form);
    assert_eq!(
        sent.location(),
        Some(format!("/imports/{id}/check")),
        "{sent:?}"
    );
    app.import_all();
    let created = owner.get(&format!("/imports/{id}/rows?verdict=created"));
    assert_eq!(
        created.texts(".import-row h2"),
        ["Row 2", "Row 3", "Row 4", "Row 6"]
    );
    owner.send(created.form("Save and check again").tick("Leave row 6 out"));
    app.import_all();
    let page = ran(&firm, &owner, id);
    assert_eq!(page.row("Created")[1], "3");
    assert_eq!(page.row("Failed")[1], "0");
    assert!(page.says("The row was left out"));
    assert_eq!(named(&firm, "+442079460324").first_name, "Cid");
}

#[test]
fn a_run_is_stopped_and_goes_on_where_it_was() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let rows = (0..4_500).map(|at| format!("+4420794{at:05},Lead {at}\n"));
    let file = format!("Phone,Name\n{}", rows.collect::<String>());
    let id = checked(&firm, &owner, file.as_bytes(), &[]);
    let check = owner.get(&format!("/imports/{id}/check"));
    owner.send(check.form("Import 4,500 rows"));
    let mut conn = app.connect();
    let now = app.clock.now();
    let mut job = imports::take_up(&mut conn, now).unwrap().unwrap();
    assert!(job.go_on(&mut conn, &app.uploads(), now).unwrap());
    // Another worker finds nothing while the lease holds, and the job when it has lapsed.
    assert!(imports::take_up(&mut conn, now).unwrap().is_none());
    let later = now + chrono::TimeDelta::minutes(2);
    let mut other = imports::take_up(&mut conn, later).unwrap().unwrap();
    assert!(
        !job.go_on(&mut conn, &app.uploads(), now).unwrap(),
        "it is not its own any more"
    );
    assert!(other.go_on(&mut conn, &app.uploads(), later).unwrap());
    assert_eq!(stands(&firm, id).counts.created, 4_000);
    let home = owner.get("/");
    assert!(home.says("Imports under way"), "{}", home.text());
    assert!(home.says("4,000 of 4,500 rows"), "{}", home.text());
    owner.send(owner.get(&format!("/imports/{id}")).form("Stop"));
    assert!(!other.go_on(&mut conn, &app.uploads(), later).unwrap());
    assert_eq!(stands(&firm, id).state, State::Cancelled);
    owner.send(
        owner
            .get(&format!("/imports/{id}"))
            .form("Go on from row 4,002"),
    );
    app.import_all();
    let import = stands(&firm, id);
    assert_eq!((import.state, import.counts.created), (State::Done, 4_500));
    assert_eq!(import.counts.rows_read(), 4_500);
}

#[test]
fn leads_begin_day_by_day_and_belong_to_people_in_turn() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    firm.workflow("Outreach", &[NodeType::Sms]);
    let (olga, rep) = (
        firm.person(Role::Owner).clone(),
        firm.person(Role::Rep).clone(),
    );
    let file = b"Phone,Name\n+442079460321,A\n+442079460322,B\n+442079460323,C\n";
    let rules = [
        ("Workflow", "Outreach"),
        ("At most so many begin on one working day", "2"),
        ("Several people in turn", "tick"),
        (olga.name.as_str(), "tick"),
        (rep.name.as_str(), "tick"),
    ];
    let id = checked(&firm, &owner, file, &rules);
    ran(&firm, &owner, id);
    let [a, b, c] = ["321", "322", "323"].map(|end| named(&firm, &format!("+442079460{end}")));
    assert_eq!(a.owner_id, c.owner_id);
    assert_ne!(a.owner_id, b.owner_id);
    assert!(b.owner_id.is_some());
    assert_eq!(a.next_action_at, b.next_action_at);
    assert!(c.next_action_at.unwrap() > a.next_action_at.unwrap());
}

#[test]
fn what_a_person_may_no_more_do_an_import_does_not() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let id = checked(&firm, &owner, MIXED, &[("Workflow", "Outreach")]);
    workflows::cancel(&mut app.connect(), &firm.owner(), workflow).unwrap();
    let page = ran(&firm, &owner, id);
    assert_eq!(stands(&firm, id).state, State::Failed);
    assert!(
        page.alert().contains("takes no more leads"),
        "{}",
        page.text()
    );
    assert_eq!(stands(&firm, id).counts.created, 0);
}

#[test]
fn created_updated_skipped_and_failed_are_all_rows_whatever_the_file() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let row = prop_oneof![
        "\\+44207946[0-9]{4},[A-Za-z]{1,8},[a-z]{0,3}",
        "[0-9]{0,12},.{0,10},.{0,5}",
        ",[A-Z]{0,4},[a-z,]{0,4}",
    ];
    let rows = prop::collection::vec(row, 1..40);
    let mut runner = TestRunner::new(Config::with_cases(8));
    let checked_then_ran = |rows: Vec<String>| {
        let rows: Vec<String> = rows
            .iter()
            .map(|row| row.replace(['\n', '\r', '"'], " "))
            .collect();
        let file = format!("Phone,Name,Note\n{}\n", rows.join("\n"));
        let upload = owner.upload("/imports", "leads.csv", file.as_bytes());
        let Some(path) = upload.location() else {
            return Ok(());
        };
        let id = Uuid::try_parse(path.split('/').nth(2).unwrap()).unwrap();
        let columns = owner.get(&format!("/imports/{id}/columns"));
        let rules = owner.follow(owner.send(columns.form("Continue to rules")));
        owner.send(rules.form("Check the rows"));
        app.import_all();
        let forecast = stands(&firm, id);
        if forecast.counts.created + forecast.counts.updated > 0 {
            ran(&firm, &owner, id);
        }
        let import = stands(&firm, id);
        prop_assert_eq!(import.counts, forecast.counts);
        prop_assert_eq!(Some(import.counts.rows_read()), import.file_rows);
        Ok(())
    };
    runner.run(&rows, checked_then_ran).unwrap();
}
