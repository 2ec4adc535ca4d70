//! Due work: activating a workflow whose leads wait, taking due steps on, and looking when none is
//! due. What became tasks, people take (`claims`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};
use chrono::{TimeDelta, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use leadline::accounts;
use leadline::caller::Caller;
use leadline::db::{self, PgConnection};
use leadline::hours::ContactHours;
use leadline::workflows::{
    self, GoalType, Moves, NewEdge, NewNode, NewWorkflow, NodeType, WorkflowStatus,
};
use serde_json::json;
use uuid::Uuid;

use crate::browser::Browser;
use crate::claims;
use crate::load::Times;
use crate::report::Report;
use crate::stage::{self, Stage};

/// Leads that wait.
const WAITING: usize = 100_000;
/// What a worker takes on in one transaction.
const BATCH: i64 = 500;
/// Somebody opens a page this often meanwhile: a few busy people, not a load test of its own.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Measures all of it, on an account of its own.
///
/// # Errors
/// When something is served twice, lost, or not done at all.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    let mut conn = stage.connect()?;
    let side = stage::side(&mut conn, "due@bench.example")?;
    let caller = stage::operator(&mut conn, side.account)?;
    accounts::set_contact_hours(&mut conn, &caller, &ContactHours::always())?;
    let workflow = fill(&mut conn, &caller)?;
    activation(stage, &mut conn, side.account, workflow, report)?;
    advance(stage, report)?;
    scan(&mut conn, report)?;
    claims::measure(stage, &mut conn, &caller, report)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many rows there are.
///
/// # Errors
/// When the database refuses.
pub fn count(conn: &mut PgConnection, from: &str) -> Result<i64> {
    let found: Count =
        diesel::sql_query(format!("SELECT count(*) AS count FROM {from}")).get_result(conn)?;
    Ok(found.count)
}

/// A draft that asks something and calls, and the leads that wait for it.
fn fill(conn: &mut PgConnection, caller: &Caller) -> Result<Uuid> {
    let account = caller.account.id;
    conn.batch_execute(&format!("DELETE FROM leads WHERE account_id = '{account}'"))?;
    let node = |node_type, label: &str, config| NewNode {
        node_type,
        label: label.into(),
        config,
    };
    let edge = |from, to| NewEdge {
        from,
        to,
        label: None,
    };
    let known = json!({"conditions": [{"field": "email", "operator": "exists"}]});
    let workflow = NewWorkflow {
        name: "Due".into(),
        description: None,
        goal_type: GoalType::None,
        status: WorkflowStatus::Draft,
        nodes: vec![
            node(NodeType::Conditional, "Is there an e-mail?", known),
            node(NodeType::VoiceCall, "Call", json!({"max_attempts": 3})),
            node(NodeType::Dropped, "Given up", json!({})),
        ],
        edges: vec![edge(0, 1), edge(1, 2)],
    };
    let id = workflows::create(conn, caller, workflow)?.row.id;
    let entry = workflows::graph(conn, caller, id)?.nodes[0].id;
    diesel::sql_query(
        "WITH made AS (
            INSERT INTO leads (account_id, id, first_name, phone, phone_e164, source, workflow_id,
                status_key, tags, metadata, search_text, sort_name, revision, created_at, updated_at)
            SELECT $1, gen_random_uuid(), 'Due ' || i, '+569' || (50000000 + i),
                '+569' || (50000000 + i), 'bench', $2, 'new', '{}', '{}',
                'due ' || i || ' +569' || (50000000 + i), 'due ' || i, 1, now(), now()
            FROM generate_series(1, $4) AS i
            RETURNING id
        ), begun AS (
            INSERT INTO workflow_runs (account_id, id, lead_id, workflow_id, status, status_key,
                current_node_id, enrolled_at)
            SELECT $1, gen_random_uuid(), id, $2, 'pending', 'new', $3, now() FROM made
            RETURNING id
        )
        INSERT INTO workflow_run_steps (account_id, id, run_id, workflow_id, node_id, attempt,
            entered_at)
        SELECT $1, gen_random_uuid(), id, $2, $3, 1, now() FROM begun",
    )
    .bind::<SqlUuid, _>(account)
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(entry)
    .bind::<BigInt, _>(WAITING as i64)
    .execute(conn)?;
    conn.batch_execute("ANALYZE leads, workflow_runs, workflow_run_steps")?;
    Ok(id)
}

/// The move and the leads that follow it, while somebody looks at pages.
fn activation(
    stage: &Stage,
    conn: &mut PgConnection,
    account: Uuid,
    workflow: Uuid,
    report: &mut Report,
) -> Result<()> {
    let done = Arc::new(AtomicBool::new(false));
    let looking = {
        let done = Arc::clone(&done);
        let mut browser = Browser::sign_in(stage, &stage.big)?;
        thread::spawn(move || -> Result<Times> {
            let (mut each, begun) = (Vec::new(), Instant::now());
            while !done.load(Ordering::Relaxed) {
                let sent = Instant::now();
                browser.get("/leads")?;
                each.push(sent.elapsed());
                thread::sleep(LOOK_EVERY);
            }
            Ok(Times::new(each, begun.elapsed()))
        })
    };
    let begun = Instant::now();
    let caller = stage::operator(conn, account)?;
    workflows::activate(conn, &caller, workflow, Moves::Stay)?;
    while workflows::settle(conn, Utc::now())? > 0 {}
    let took = begun.elapsed();
    done.store(true, Ordering::Relaxed);
    let pages = looking
        .join()
        .map_err(|_| anyhow!("looking at pages panicked"))??;
    let asleep = "workflow_run_steps WHERE exited_at IS NULL AND wake_at IS NULL AND workflow_id";
    let left = count(conn, &format!("{asleep} = '{workflow}'"))?;
    ensure!(left == 0, "{left} leads still wait");
    report.most(
        "activate a workflow with 100,000 waiting leads",
        "s",
        took.as_secs_f64(),
        10.0,
    );
    report.note(&format!(
        "/leads meanwhile: p95 {:.1} ms",
        pages.within(0.95)
    ));
    Ok(())
}

/// All of them are due: half by one worker, half by two at once.
fn advance(stage: &Stage, report: &mut Report) -> Result<()> {
    let alone = rate(stage, 1, WAITING / 2)?;
    let both = rate(stage, 2, WAITING / 2)?;
    report.share(
        "due steps taken on by one worker",
        "runs/s",
        alone,
        Some(2_000.0),
        1.0,
    );
    report.share(
        "due steps taken on by two workers",
        "runs/s",
        both,
        Some(alone),
        1.5,
    );
    // The calls are due now; people have them as tasks.
    rate(stage, 2, WAITING)?;
    Ok(())
}

/// Runs a second that so many workers take on, until they have taken on so many.
fn rate(stage: &Stage, workers: usize, most: usize) -> Result<f64> {
    let taken = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let threads: Vec<_> = (0..workers)
        .map(|_| {
            let (url, taken) = (stage.url().to_owned(), Arc::clone(&taken));
            thread::spawn(move || -> Result<()> {
                let mut conn = db::connect(&url)?;
                while taken.load(Ordering::Relaxed) < most {
                    match workflows::advance(&mut conn, Utc::now(), BATCH)? {
                        0 => break,
                        some => taken.fetch_add(some, Ordering::Relaxed),
                    };
                }
                Ok(())
            })
        })
        .collect();
    for thread in threads {
        thread.join().map_err(|_| anyhow!("a worker panicked"))??;
    }
    Ok(taken.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64())
}

/// Looking for due work when there is none.
fn scan(conn: &mut PgConnection, report: &mut Report) -> Result<()> {
    let waiting = count(conn, "workflow_run_steps WHERE wake_at IS NOT NULL")?;
    let begun = Instant::now();
    let mut each = Vec::new();
    // Before anything was ever due.
    let now = Utc::now() - TimeDelta::days(3_650);
    for _ in 0..200 {
        let looked = Instant::now();
        let taken = workflows::advance(conn, now, BATCH)?;
        each.push(looked.elapsed());
        ensure!(taken == 0, "{taken} steps were due");
    }
    let times = Times::new(each, begun.elapsed());
    report.most(
        "look for due work when none is due, p95",
        "ms",
        times.within(0.95),
        2.0,
    );
    report.note(&format!(
        "{waiting} runs waiting, p50 {:.2} ms",
        times.within(0.5)
    ));
    Ok(())
}
