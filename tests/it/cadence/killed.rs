//! A worker that is killed in the midst of its statements: whoever comes after it finishes
//! what it began, nothing is lost and nothing is said twice.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use chrono::TimeDelta;
use diesel::connection::{Connection as _, InstrumentationEvent};
use leadline::accounts;
use leadline::connectors::{Channel, Kind as Way, NewConnector};
use leadline::db;
use leadline::do_not_contact::{self, Kind, NewEntry, Source};
use leadline::hours::{ContactHours, Span};
use leadline::outreach::Policy;
use leadline::secrets::Sealer;
use leadline::workflows::NodeType::{Sms, Time, VoiceCall};
use leadline::workflows::dispatch::{self, Links};
use leadline::workflows::{self, advance, settle};
use serde_json::json;
use uuid::Uuid;

use crate::app::{Enrolled, Firm, Listener, TestApp, WithKey};

/// More statements than a round has.
const MOST: usize = 200;
/// Every transaction of a round has more than two.
const EACH: usize = 3;

/// A round of the worker that dies before its statement of this number; whether it died.
fn dies_before(app: &TestApp, statement: usize) -> bool {
    let mut conn = app.connect();
    let links = Links {
        public_url: app.base.clone(),
        sealer: Arc::new(Sealer::new(&db::secret(&mut conn).unwrap())),
    };
    let mut asked = 0;
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { .. } = event {
            asked += 1;
            assert!(asked <= statement, "killed");
        }
    });
    let now = app.clock.now();
    let policy = Policy {
        allow_private: true,
    };
    let round = || {
        settle(&mut conn, now).unwrap();
        advance(&mut conn, now, 100).unwrap();
        for parcel in dispatch::claim(&mut conn, &links, now, 100).unwrap() {
            let sent = parcel.send(&policy);
            dispatch::finish(&mut conn, &parcel, now, sent).unwrap();
        }
    };
    // Its connection goes with it, and with that what it had not committed.
    let died = catch_unwind(AssertUnwindSafe(round)).is_err();
    drop(conn);
    died
}

/// The workflows of those leads, the same ones each time: what the worker has to do stays the same.
struct Workflows {
    texts: Uuid,
    calls: Uuid,
    waits: Uuid,
}

struct Leads<'a> {
    texted: Vec<Enrolled<'a>>,
    called: Enrolled<'a>,
    listed: Enrolled<'a>,
    given_up: Enrolled<'a>,
}

/// Leads of which each has something due: a message, a call whose hours changed, an entry of the
/// list, the end of its workflow.
fn begin<'a>(firm: &Firm<'_>, program: &'a WithKey, workflows: &Workflows) -> Leads<'a> {
    let app = firm.app();
    let conn = &mut app.connect();
    let owner = firm.owner();
    accounts::set_contact_hours(conn, &owner, &night()).unwrap();
    let mut numbers = 10..;
    let mut enrol = |workflow| {
        let phone = format!("+4420794603{}", numbers.next().unwrap());
        program.enrol(workflow, json!({ "phone": phone }))
    };
    let ends = firm.workflow("Ends", &[Time]);
    let (called, listed) = (enrol(workflows.calls), enrol(workflows.waits));
    let given_up = enrol(ends);
    app.work();
    assert_eq!(called.step()["status"], "scheduled");
    accounts::set_contact_hours(conn, &owner, &ContactHours::always()).unwrap();
    let entry = NewEntry {
        kind: Kind::Lead,
        value: listed.lead.clone(),
        reason: "asked".to_owned(),
    };
    do_not_contact::add(conn, &owner, vec![entry], Source::Person).unwrap();
    workflows::cancel(conn, &owner, ends).unwrap();
    Leads {
        texted: (0..2).map(|_| enrol(workflows.texts)).collect(),
        called,
        listed,
        given_up,
    }
}

/// Hours in which none of these tests takes place.
fn night() -> ContactHours {
    ContactHours {
        days: [Span::between("03:00", "04:00"); 7],
        holidays: Vec::new(),
    }
}

#[test]
fn nothing_is_lost_and_nothing_said_twice_wherever_it_dies() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[200]);
    let http = NewConnector {
        kind: Some(Way::Http),
        url: system.url.clone(),
        ..NewConnector::default()
    };
    firm.connect_by(Channel::Sms, http);
    let workflows = Workflows {
        texts: firm.workflow("Texts", &[Sms]),
        calls: firm.workflow("Calls", &[VoiceCall]),
        waits: firm.workflow("Waits", &[Time]),
    };
    for statement in (0..MOST).step_by(EACH) {
        let before = system.taken().len();
        let leads = begin(&firm, &program, &workflows);
        let died = dies_before(&app, statement);
        app.work();
        // What it had claimed comes back with the end of its lease.
        app.wait(TimeDelta::minutes(5));
        app.work();
        for lead in &leads.texted {
            assert_eq!(lead.status(), "converted", "{statement}");
            let tries = lead.tries();
            assert_eq!((tries.len(), &tries[0]["status"]), (1, &json!("done")));
        }
        assert_eq!(leads.called.step()["status"], "task", "{statement}");
        assert_eq!(leads.listed.status(), "dropped", "{statement}");
        assert_eq!(leads.given_up.status(), "removed", "{statement}");
        let taken = system.taken().split_off(before);
        let keys: HashSet<&str> = taken
            .iter()
            .map(|taken| taken.header("idempotency-key"))
            .collect();
        assert_eq!(keys.len(), 2, "{statement}");
        workflows::remove(
            &mut app.connect(),
            &firm.owner(),
            leads.called.lead.parse().unwrap(),
            None,
        )
        .unwrap();
        workflows::delete(&mut app.connect(), &firm.owner(), leads.given_up.workflow).unwrap();
        if !died {
            assert!(statement > 40, "it had {statement} statements only");
            return;
        }
    }
    panic!("it never ends");
}
