//! Many at the same moment.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use diesel::Connection as _;
use leadline::error::Error;
use leadline::leads;
use serde_json::{Value, json};

use super::{keys, program, total};
use crate::app::{Answer, TestApp, WithKey};

/// A hundred posts at once.
fn hundred(program: &WithKey, body: impl Fn(usize) -> Value + Sync) -> Vec<Answer> {
    let body = &body;
    thread::scope(|scope| {
        let post = |n| scope.spawn(move || program.post("/leads", &body(n)));
        let all: Vec<_> = (0..100).map(post).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn statuses(answers: &[Answer]) -> BTreeMap<u16, usize> {
    let mut counted = BTreeMap::new();
    for answer in answers {
        *counted.entry(answer.status).or_default() += 1;
    }
    counted
}

#[test]
fn a_hundred_with_one_key_make_one_lead_and_have_one_answer() {
    let app = TestApp::start();
    for (field, there, same) in keys() {
        let firm = app.firm(&field.replace('_', " "));
        let program = program(&firm, "reuse");
        let value = |n| if n % 2 == 0 { there } else { same };
        let answers = hundred(
            &program,
            |n| json!({ "first_name": format!("Ann {n}"), field: value(n) }),
        );
        let expected = BTreeMap::from([(200, 99), (201, 1)]);
        assert_eq!(statuses(&answers), expected, "{field}");
        let first = answers[0].json();
        assert!(answers.iter().all(|one| one.json() == first), "{field}");
        assert_eq!(total(&program), 1, "{field}");
    }
}

#[test]
fn of_a_hundred_with_one_key_one_comes_in_where_duplicates_are_refused() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = program(&firm, "refuse");
    let answers = hundred(
        &program,
        |_| json!({ "first_name": "Ann", "phone": "+12015550123" }),
    );
    assert_eq!(statuses(&answers), BTreeMap::from([(201, 1), (409, 99)]));
    assert_eq!(total(&program), 1);
}

/// They share keys in pairs and in every direction: who took them in another order than the others
/// would wait for ever.
#[test]
fn those_that_share_several_keys_do_not_wait_for_each_other_for_ever() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = program(&firm, "reuse");
    let answers = hundred(&program, |n| {
        json!({ "first_name": "Ann", "phone": format!("+1201555012{}", n % 3),
            "email": format!("a{}@boats.example", n % 5), "external_id": (n % 2).to_string() })
    });
    let good = |one: &Answer| matches!(one.status, 200 | 201);
    assert!(answers.iter().all(good), "{:?}", statuses(&answers));
    let created = statuses(&answers)[&201];
    assert_eq!(total(&program), created);
    assert!(created <= 3, "as many numbers as there are: {created}");
}

#[test]
fn bulks_and_singles_at_once_make_one_lead_of_each_key() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = program(&firm, "reuse");
    let lead = |n: usize| json!({ "first_name": "Ann", "email": format!("a{n}@boats.example") });
    let answers = hundred(&program, |n| match n % 10 {
        0 => (0..40).map(lead).collect(),
        _ => lead(n % 40),
    });
    let good = |one: &Answer| matches!(one.status, 200 | 201);
    assert!(answers.iter().all(good), "{:?}", statuses(&answers));
    assert_eq!(total(&program), 40);
}

#[test]
fn who_waits_for_a_file_holds_up_nobody_else() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let (program, theirs) = (program(&firm, "reuse"), program(&other, "reuse"));
    let lead = json!({ "first_name": "Ann", "phone": "+12015550123" });
    let mut conn = app.connect();
    thread::scope(|scope| {
        let waiting: Vec<_> = conn
            .transaction::<_, Error, _>(|conn| {
                // As while a file is written.
                leads::hold_every_key(conn, &firm.owner())?;
                let post = |_| scope.spawn(|| program.post("/leads", &lead));
                let waiting = (0..20).map(post).collect();
                let until = Instant::now() + Duration::from_secs(2);
                let mut answered = 0;
                while Instant::now() < until {
                    program.get("/leads").of(200);
                    theirs.post("/leads", &lead);
                    answered += 1;
                }
                assert!(answered > 10, "{answered}");
                assert_eq!(total(&program), 0);
                Ok(waiting)
            })
            .unwrap();
        let answers: Vec<Answer> = waiting.into_iter().map(|one| one.join().unwrap()).collect();
        assert_eq!(statuses(&answers), BTreeMap::from([(200, 19), (201, 1)]));
    });
    assert_eq!((total(&program), total(&theirs)), (json!(1), json!(1)));
}
