//! A file that a person imports: its check, its run in the background, and its undo, by a worker
//! beside the server.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};
use chrono::Utc;
use leadline::caller::Caller;
use leadline::db::PgConnection;
use leadline::enrolment::imports::{self, Rules, State};
use leadline::uploads::Uploads;
use uuid::Uuid;

use crate::browser::Browser;
use crate::files::{copy, csv, first_number, workflow};
use crate::load::Times;
use crate::report::Report;
use crate::server::Server;
use crate::stage::{self, Stage};

/// Pages that are asked for to know how quick they are when nothing else is done.
const IDLE: usize = 200;
/// How often the import is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// Measures all three.
///
/// # Errors
/// When a state is not right.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    let mut conn = stage.connect()?;
    let caller = stage::operator(&mut conn, stage.big.account)?;
    let workflow = workflow(&mut conn, &caller)?;
    let uploads = Uploads::of(&stage.data_dir);
    let rows = stage.rows;
    let file = csv(first_number(rows), rows)?;
    let id = begun(&mut conn, &caller, &uploads, &file, workflow)?;
    let idle = pages(stage, |asked| asked < IDLE)?;
    let worker = Server::worker(stage.url(), &stage.data_dir)?;
    let checked = until(&mut conn, &caller, id, State::Checked)?;
    // The bars are those of 100,000 rows.
    let times = rows as f64 / 100_000.0;
    let check = format!("check of {rows} rows");
    report.most(&check, "s", checked.as_secs_f64(), 5.0 * times);
    let is_over = AtomicBool::new(false);
    let (ran, busy) = thread::scope(|scope| {
        let pages = scope.spawn(|| pages(stage, |_| !is_over.load(Ordering::Relaxed)));
        let ran = imports::run(&mut conn, &caller, id)
            .map_err(anyhow::Error::from)
            .and_then(|()| until(&mut conn, &caller, id, State::Done));
        is_over.store(true, Ordering::Relaxed);
        let busy = pages
            .join()
            .map_err(|_| anyhow!("asking for pages panicked"))?;
        Ok::<_, anyhow::Error>((ran?, busy?))
    })?;
    let counts = imports::import(&mut conn, &caller, id)?.counts;
    ensure!(
        u64::from(counts.created.unsigned_abs()) == rows,
        "{counts:?}"
    );
    report.note(&format!(
        "run in the background: {:.1} s, {:.0} rows/s",
        ran.as_secs_f64(),
        rows as f64 / ran.as_secs_f64()
    ));
    if let Some(copied) = copy(stage)? {
        report.most(
            &format!("run of {rows} rows: times \\copy of what it writes"),
            "",
            ran.as_secs_f64() / copied.as_secs_f64(),
            1.0 / 0.3,
        );
    }
    report.most(
        "/leads while an import runs: p95, times the idle one",
        "",
        busy.within(0.95) / idle.within(0.95),
        3.0,
    );
    report.memory(
        "memory of the worker with a file, at its most",
        worker.memory()?.most,
        150,
    );
    imports::undo(&mut conn, &caller, id)?;
    let undone = until(&mut conn, &caller, id, State::Undone)?;
    let undo = format!("undo of {rows} rows");
    report.most(&undo, "s", undone.as_secs_f64(), 30.0 * times);
    Ok(())
}

/// An import whose columns and rules are chosen.
fn begun(
    conn: &mut PgConnection,
    caller: &Caller,
    uploads: &Uploads,
    file: &[u8],
    workflow: Uuid,
) -> Result<Uuid> {
    let mut received = uploads.receive()?;
    received.write_all(file)?;
    let id = imports::begin(conn, caller, uploads, received, "leads.csv")?;
    let import = imports::import(conn, caller, id)?;
    let targets = imports::suggested(&import.header);
    imports::choose_columns(conn, caller, id, targets, None)?;
    let import = imports::import(conn, caller, id)?;
    let rules = Rules {
        workflow_id: Some(workflow),
        ..Rules::of(import.planned()?)
    };
    imports::choose_rules(conn, caller, id, rules)?;
    Ok(id)
}

/// How long it takes to come to a state.
fn until(conn: &mut PgConnection, caller: &Caller, id: Uuid, state: State) -> Result<Duration> {
    let begun = Instant::now();
    loop {
        let caller = Caller {
            now: Utc::now(),
            ..caller.clone()
        };
        let import = imports::import(conn, &caller, id)?;
        if import.state == state {
            return Ok(begun.elapsed());
        }
        ensure!(import.state.is_at_work(), "{import:?}");
        thread::sleep(LOOK);
    }
}

/// How long pages of leads take, one after another.
fn pages(stage: &Stage, more: impl Fn(usize) -> bool) -> Result<Times> {
    let mut browser = Browser::sign_in(stage, &stage.small)?;
    let (mut took, first) = (Vec::new(), Instant::now());
    while more(took.len()) {
        let begun = Instant::now();
        browser.get("/leads")?;
        took.push(begun.elapsed());
    }
    Ok(Times::new(took, first.elapsed()))
}
