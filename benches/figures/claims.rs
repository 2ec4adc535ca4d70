//! Fifty people who take their next lead at once, lead after lead, over as many threads and
//! connections as a server has on this machine: what waits for one is served in its order.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
use leadline::caller::{Account, Actor, Caller, Person, Role, Sees};
use leadline::db::schema::workflow_run_steps;
use leadline::db::{Db, PgConnection};
use leadline::error;
use leadline::people::{self, NewUser};
use leadline::server;
use leadline::workflows::{self, StepState};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::due::count;
use crate::load::Times;
use crate::report::Report;
use crate::stage::{self, Stage};

const CLAIMANTS: usize = 50;
const CLAIMS: usize = 20;
/// Postgres plans a statement anew five times before it keeps a plan.
const WARM_UP: usize = 6;

/// Measures it.
///
/// # Errors
/// When nothing is due, or the database refuses.
pub fn measure(
    stage: &Stage,
    conn: &mut PgConnection,
    caller: &Caller,
    report: &mut Report,
) -> Result<()> {
    let tasks = "workflow_run_steps WHERE state = 'task' AND account_id";
    let before = count(conn, &format!("{tasks} = '{}'", caller.account.id))?;
    // A day's work has passed in seconds; over a day, Postgres cleans up by itself.
    conn.batch_execute("VACUUM ANALYZE workflow_run_steps")?;
    let people = claimants(conn, caller)?;
    let (each, served) = runtime()?.block_on(async {
        let db = Db::new(stage.url(), connections())?;
        let barrier = Arc::new(Barrier::new(CLAIMANTS));
        let at_work: Vec<_> = people
            .into_iter()
            .map(|person| {
                let account = caller.account.clone();
                tokio::spawn(work(db.clone(), Arc::clone(&barrier), account, person))
            })
            .collect();
        let (mut each, mut served) = (Vec::new(), Vec::new());
        for person in at_work {
            let (times, steps) = person.await??;
            each.extend(times);
            served.extend(steps);
        }
        anyhow::Ok((each, served))
    })?;
    let distinct: HashSet<&Uuid> = served.iter().collect();
    let twice = served.len() - distinct.len();
    let after = count(conn, &format!("{tasks} = '{}'", caller.account.id))?;
    let lost = before - after - distinct.len() as i64;
    let times = Times::new(each, Duration::from_secs(1));
    report.most(
        "take the next lead, 50 people at once, p95",
        "ms",
        times.within(0.95),
        25.0,
    );
    report.most(
        "… leads served twice, and lost",
        "",
        (twice as i64 + lost.abs()) as f64,
        0.0,
    );
    report.note(&format!("{before} due, p50 {:.1} ms", times.within(0.5)));
    Ok(())
}

/// One person: takes a lead, works it, takes the next. How long each was waited for, and which
/// they were.
async fn work(
    db: Db,
    barrier: Arc<Barrier>,
    account: Account,
    person: Person,
) -> Result<(Vec<Duration>, Vec<Uuid>)> {
    let (mut each, mut served) = (Vec::new(), Vec::new());
    let caller = || Caller {
        account: account.clone(),
        actor: Actor::User(person.clone()),
        sees: Sees::All,
        request: None,
        now: Utc::now(),
    };
    // A server's connections have their statements prepared.
    for _ in 0..WARM_UP {
        let caller = caller();
        db.run(move |conn| match workflows::claim_next(conn, &caller)? {
            Some(step) => workflows::release(conn, &caller, step),
            None => Ok(()),
        })
        .await?;
    }
    barrier.wait().await;
    for _ in 0..CLAIMS {
        let caller = caller();
        let asked = Instant::now();
        let step = db
            .run(move |conn| workflows::claim_next(conn, &caller))
            .await?;
        each.push(asked.elapsed());
        let step = step.ok_or_else(|| anyhow!("nothing was due"))?;
        served.push(step);
        let account_id = account.id;
        db.run(move |conn| worked(conn, account_id, step)).await?;
    }
    Ok((each, served))
}

/// With as many threads as a server has for the database.
fn runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread()
        .max_blocking_threads(threads())
        .build()?)
}

/// As many as a server has here.
fn threads() -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    cores * server::BLOCKING_THREADS
}

/// One for each thread.
fn connections() -> u32 {
    u32::try_from(threads()).unwrap_or(u32::MAX)
}

/// The task is done: it is nobody's any more.
fn worked(conn: &mut PgConnection, account: Uuid, step: Uuid) -> error::Result<()> {
    diesel::update(workflow_run_steps::table.find((account, step)))
        .set((
            workflow_run_steps::state.eq(StepState::Scheduled),
            workflow_run_steps::wake_at.eq(None::<DateTime<Utc>>),
            workflow_run_steps::claimed_by_id.eq(None::<Uuid>),
            workflow_run_steps::claim_ends_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
}

fn claimants(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Person>> {
    let hash = people::hash_password(stage::PASSWORD)?;
    let account = caller.account.id;
    let there = count(conn, &format!("users WHERE account_id = '{account}'"))?;
    for place in there..CLAIMANTS as i64 {
        let person = NewUser {
            name: format!("Claimant {place}"),
            email: format!("claimant{place}.due@bench.example"),
            role: Role::Rep,
        };
        people::create_user(conn, caller, person, &hash)?;
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT id, name, email FROM users WHERE account_id = $1 ORDER BY id LIMIT $2",
    )
    .bind::<SqlUuid, _>(account)
    .bind::<BigInt, _>(CLAIMANTS as i64)
    .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|Row { id, name, email }| Person {
            id,
            name,
            email,
            role: Role::Rep,
        })
        .collect())
}
