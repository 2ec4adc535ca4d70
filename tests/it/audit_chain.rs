//! The chain over the audit: whoever changes an entry or takes one away is found out.

use std::thread;

use diesel::connection::SimpleConnection;
use leadline::audit::{self, Verified};
use leadline::db::PgConnection;
use leadline::leads::NewLead;

use crate::app::{Firm, TestApp};

/// Seals everything.
fn seal(app: &TestApp, conn: &mut PgConnection) {
    while audit::seal(conn, app.clock.now()).unwrap() > 0 {}
}

fn verified(firm: &Firm<'_>) -> Verified {
    audit::verify(&mut firm.app().connect(), firm.owner().account.id).unwrap()
}

/// Somebody with the rights of the table's owner, who can switch its triggers off.
fn meddle(app: &TestApp, statement: &str) {
    let switched = |word| {
        format!(
            "ALTER TABLE audit_entries {word} TRIGGER USER; \
             ALTER TABLE audit_seals {word} TRIGGER USER;"
        )
    };
    let all = format!(
        "{} {statement}; {}",
        switched("DISABLE"),
        switched("ENABLE")
    );
    app.connect().batch_execute(&all).unwrap();
}

fn filled(firm: &Firm<'_>, leads: usize) {
    let new = (0..leads).map(|name| NewLead {
        first_name: format!("Lead {name}"),
        source: "test".to_owned(),
        ..NewLead::default()
    });
    firm.leads(new.collect());
}

#[test]
fn what_was_left_alone_is_sound() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    filled(&firm, 2_500);
    other.lead("Zoe");
    let before = verified(&firm);
    assert_eq!((before.sound, before.wrong), (0, 0), "{before:?}");
    assert!(before.waiting > 2_500);
    let mut conn = app.connect();
    seal(&app, &mut conn);
    let after = verified(&firm);
    assert_eq!(after.sound as i64, before.waiting, "{after:?}");
    assert_eq!((after.waiting, after.wrong), (0, 0), "{after:?}");
    firm.lead("Ann");
    seal(&app, &mut conn);
    let later = verified(&firm);
    assert_eq!(
        (later.sound, later.wrong),
        (after.sound + 1, 0),
        "{later:?}"
    );
    assert_ne!(later.head, after.head);
    assert_eq!(verified(&other).wrong, 0);
}

#[test]
fn what_was_changed_or_taken_away_is_named() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    filled(&firm, 30);
    seal(&app, &mut app.connect());
    let first = "(SELECT min(number) FROM audit_entries WHERE event = 'lead_created')";
    meddle(
        &app,
        &format!("UPDATE audit_entries SET actor = 'nobody' WHERE number = {first}"),
    );
    let found = verified(&firm);
    assert_eq!(found.wrong, 1, "{found:?}");
    assert!(found.faults[0].contains("lead_created") && found.faults[0].contains("was changed"));
    meddle(
        &app,
        &format!("DELETE FROM audit_entries WHERE number = {first}"),
    );
    let found = verified(&firm);
    assert_eq!(found.wrong, 1, "{found:?}");
    assert!(found.faults[0].ends_with("is missing"), "{found:?}");
    meddle(
        &app,
        "DELETE FROM audit_entries WHERE event = 'lead_created'",
    );
    let found = verified(&firm);
    assert_eq!((found.wrong, found.faults.len()), (30, 20));
}

#[test]
fn a_seal_that_was_forged_or_taken_away_is_noticed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for _ in 0..3 {
        filled(&firm, 1);
        seal(&app, &mut app.connect());
    }
    assert_eq!(verified(&firm).wrong, 0);
    // An entry and its digest changed together.
    meddle(
        &app,
        "UPDATE audit_seals SET digests = set_byte(digests, 0, (get_byte(digests, 0) + 1) % 256)
         WHERE position = 2",
    );
    let found = verified(&firm);
    let broken = "Seal 2 does not follow from the one before it";
    assert!(found.faults.contains(&broken.to_owned()), "{found:?}");
    meddle(&app, "DELETE FROM audit_seals WHERE position = 2");
    let found = verified(&firm);
    assert!(
        found.faults.contains(&"Seal 2 is missing".to_owned()),
        "{found:?}"
    );
    assert!(
        found
            .faults
            .iter()
            .any(|one| one.contains("neither sealed nor waiting"))
    );
}

#[test]
fn what_was_slipped_in_or_vanished_before_its_seal_is_noticed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    filled(&firm, 1);
    seal(&app, &mut app.connect());
    meddle(
        &app,
        "INSERT INTO audit_entries (account_id, id, event, subject, subject_id, actor, data, created_at)
         SELECT account_id, gen_random_uuid(), event, subject, subject_id, actor, data, created_at
         FROM audit_entries WHERE event = 'lead_created'",
    );
    let found = verified(&firm);
    assert!(
        found.faults[0].starts_with("1 entry is neither sealed nor waiting"),
        "{found:?}"
    );
    firm.lead("Ann");
    let newest = "(SELECT max(number) FROM audit_entries)";
    meddle(
        &app,
        &format!("DELETE FROM audit_entries WHERE number = {newest}"),
    );
    let found = verified(&firm);
    assert!(
        found.faults[0].starts_with("1 entry went missing"),
        "{found:?}"
    );
    seal(&app, &mut app.connect());
    let found = verified(&firm);
    assert!(
        found.faults.iter().any(|one| one.ends_with("is missing")),
        "{found:?}"
    );
}

#[test]
fn several_who_seal_at_once_make_one_chain() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut conn = app.connect();
                for _ in 0..10 {
                    filled(&firm, 3);
                    audit::seal(&mut conn, app.clock.now()).unwrap();
                }
            });
        }
    });
    seal(&app, &mut app.connect());
    let found = verified(&firm);
    assert_eq!((found.waiting, found.wrong), (0, 0), "{found:?}");
    assert!(found.sound > 120);
}
