//! What the worker does with an import: batch after batch, each in a transaction with how far it
//! came, so that a crash loses nothing and does nothing twice.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::file::decide::{Past, decide};
use super::super::file::fixes::Fixes;
use super::super::file::ground::Ground;
use super::super::file::rows::Rows;
use super::super::file::starts::Starts;
use super::super::file::write::write;
use super::super::file::{Plan, Verdict, judge, record};
use super::fixes::fixes;
use super::import::{Import, State, hold, import};
use super::record::{become_, clear};
use super::{preview, turn, undo};
use crate::accounts;
use crate::caller::{Actor, Caller};
use crate::db::schema::{import_rows, imports};
use crate::error::{Error, Result, Unauthenticated};
use crate::people;
use crate::uploads::Uploads;
use crate::{hours::ContactHours, ids};

/// How long a worker that says nothing more keeps an import.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// An import that this worker is at.
pub struct Job {
    account_id: Uuid,
    id: Uuid,
    lease_id: Uuid,
    actor_id: Option<Uuid>,
    state: State,
    last_row: i32,
    work: Option<Work>,
}

/// What is kept from batch to batch.
enum Work {
    Rows(Box<Reading>),
    Undo,
}

struct Reading {
    rows: Rows,
    plan: Plan,
    fixes: Fixes,
    past: Past,
}

type Waiting = (Uuid, Uuid, State, Option<Uuid>, i32);

/// Takes up the import that has waited the longest for a worker, of whatever account.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn take_up(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Option<Job>> {
    conn.transaction(|conn| {
        let is_free = imports::lease_ends_at
            .is_null()
            .or(imports::lease_ends_at.lt(now));
        let waiting: Option<Waiting> = imports::table
            .filter(imports::state.eq_any([State::Checking, State::Running, State::Undoing]))
            .filter(is_free)
            .order(imports::changed_at)
            .select((
                imports::account_id,
                imports::id,
                imports::state,
                imports::actor_id,
                imports::last_row,
            ))
            .for_no_key_update()
            .skip_locked()
            .first(conn)
            .optional()?;
        let Some((account_id, id, state, actor_id, mut last_row)) = waiting else {
            return Ok(None);
        };
        // A check leaves nothing that it could go on from: what it has seen is not written.
        if state == State::Checking && last_row > 0 {
            clear(conn, account_id, id)?;
            last_row = 0;
        }
        let lease_id = ids::new(now);
        diesel::update(imports::table.find((account_id, id)))
            .set((
                imports::lease_id.eq(lease_id),
                imports::lease_ends_at.eq(now + LEASE),
            ))
            .execute(conn)?;
        Ok(Some(Job {
            account_id,
            id,
            lease_id,
            actor_id,
            state,
            last_row,
            work: None,
        }))
    })
}

impl Job {
    /// The import, and the row it has come to: an error that comes twice at one place will come
    /// again.
    pub fn place(&self) -> (Uuid, i32) {
        (self.id, self.last_row)
    }

    /// The next batch; whether there is more. What is wrong with the import itself ends it with a
    /// sentence.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database or the disk refuses: nothing of the batch is written,
    /// and whoever takes the import up again does it.
    pub fn go_on(
        &mut self,
        conn: &mut PgConnection,
        uploads: &Uploads,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        match self.batch(conn, uploads, now) {
            Err(error @ Error::Internal(_)) => Err(error),
            Err(error) => {
                self.give_up(conn, now, sentence(error))?;
                Ok(false)
            }
            more => more,
        }
    }

    /// Ends the import where it is, with the reason for people.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database refuses.
    pub fn give_up(
        &self,
        conn: &mut PgConnection,
        now: DateTime<Utc>,
        trouble: String,
    ) -> Result<()> {
        let mine = imports::table
            .filter(imports::account_id.eq(self.account_id))
            .filter(imports::id.eq(self.id))
            .filter(imports::lease_id.eq(self.lease_id));
        diesel::update(mine)
            .set((
                imports::state.eq(State::Failed),
                imports::trouble.eq(trouble),
                imports::changed_at.eq(now),
                imports::lease_id.eq(None::<Uuid>),
                imports::lease_ends_at.eq(None::<DateTime<Utc>>),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Leaves the import to whoever comes next.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database refuses.
    pub fn let_go(&self, conn: &mut PgConnection) -> Result<()> {
        let mine = imports::table
            .filter(imports::account_id.eq(self.account_id))
            .filter(imports::id.eq(self.id))
            .filter(imports::lease_id.eq(self.lease_id));
        diesel::update(mine)
            .set((
                imports::lease_id.eq(None::<Uuid>),
                imports::lease_ends_at.eq(None::<DateTime<Utc>>),
            ))
            .execute(conn)?;
        Ok(())
    }

    fn batch(
        &mut self,
        conn: &mut PgConnection,
        uploads: &Uploads,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let caller = self.caller(conn, now)?;
        let mut work = match self.work.take() {
            Some(work) => work,
            None => self.begin(conn, &caller, uploads)?,
        };
        let more = conn.transaction(|conn| {
            let Some(import) = self.hold(conn, &caller)? else {
                return Ok(None);
            };
            let more = match &mut work {
                Work::Rows(reading) => self.rows(conn, &caller, import, reading)?,
                Work::Undo => undo::batch(conn, &caller, &import)?,
            };
            if more.is_some() {
                self.renew(conn, now)?;
            }
            Ok::<_, Error>(more)
        })?;
        self.work = Some(work);
        if let Some(row) = more {
            self.last_row = row;
        }
        Ok(more.is_some())
    }

    /// Who it acts for: the person who had it do this, with the rights they have now.
    fn caller(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Caller> {
        let Some(person) = self.actor_id else {
            return Ok(Caller {
                account: accounts::find(conn, self.account_id)?,
                actor: Actor::Worker,
                request: None,
                now,
            });
        };
        match people::caller_for_user(conn, self.account_id, person, now, None) {
            Err(Error::Unauthenticated(Unauthenticated::NotSignedIn)) => Err(Error::Conflict(
                "Whoever started this is not active any more; somebody else has to".into(),
            )),
            caller => caller,
        }
    }

    /// The import, while it is this worker's.
    fn hold(&self, conn: &mut PgConnection, caller: &Caller) -> Result<Option<Import>> {
        let lease: Option<Option<Uuid>> = imports::table
            .find((caller.account.id, self.id))
            .select(imports::lease_id)
            .for_no_key_update()
            .first(conn)
            .optional()?;
        if lease != Some(Some(self.lease_id)) {
            return Ok(None);
        }
        hold(conn, caller, self.id).map(Some)
    }

    fn renew(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<()> {
        diesel::update(imports::table.find((self.account_id, self.id)))
            .set(imports::lease_ends_at.eq(now + LEASE))
            .execute(conn)?;
        Ok(())
    }

    /// Opens the file at the row that is next.
    fn begin(&self, conn: &mut PgConnection, caller: &Caller, uploads: &Uploads) -> Result<Work> {
        if self.state == State::Undoing {
            return Ok(Work::Undo);
        }
        let mut import = import(conn, caller, self.id)?;
        let file = preview::open(uploads, &import)?;
        let mut rows = Rows::open(&file, &import.choices)?;
        let plan = import
            .plan
            .take()
            .ok_or_else(|| Error::internal("no plan"))?;
        if rows.header().len() != plan.columns.len() {
            let sentence = "The file is not the one whose columns were chosen";
            return Err(Error::Conflict(sentence.into()));
        }
        rows.skip_to(u32::try_from(import.last_row).map_err(Error::internal)?)?;
        let starts = starts(conn, caller, &import, &plan)?;
        let past = match self.state {
            State::Checking => Past::of_check(starts),
            _ => {
                let created = usize::try_from(import.counts.created).map_err(Error::internal)?;
                Past::of_run(leads_so_far(conn, caller, self.id)?, created, starts)
            }
        };
        Ok(Work::Rows(Box::new(Reading {
            rows,
            plan,
            fixes: fixes(conn, caller, self.id)?,
            past,
        })))
    }

    /// One batch of rows, inside the transaction that says how far it came; the last row, or nothing
    /// when the file is at its end.
    fn rows(
        &self,
        conn: &mut PgConnection,
        caller: &Caller,
        mut import: Import,
        reading: &mut Reading,
    ) -> Result<Option<i32>> {
        let ground = Ground::load(conn, caller, reading.plan.clone())?;
        let Some((numbers, read)) = reading.rows.batch(&ground, &reading.fixes)? else {
            self.end(conn, caller, &import)?;
            return Ok(None);
        };
        let is_run = self.state == State::Running;
        if is_run {
            crate::leads::hold_every_key(conn, caller)?;
        }
        let judged = judge::judge(conn, caller, read)?;
        let decided = decide(conn, caller, &ground, &mut reading.past, judged)?;
        let became = match is_run {
            true => write(conn, caller, decided)?,
            false => decided.became,
        };
        // A check keeps what a person may want to look at; all others would come in.
        let kept = numbers.iter().copied().zip(&became);
        let kept = kept.filter(|(_, one)| is_run || one.verdict() != Verdict::Created);
        record::rows(conn, caller, self.id, kept)?;
        for one in &became {
            import.counts.count(one);
        }
        let last_row = numbers.last().copied().unwrap_or_default();
        let last_row = i32::try_from(last_row).map_err(Error::internal)?;
        let begun = i32::try_from(reading.past.begun()).map_err(Error::internal)?;
        diesel::update(imports::table.find((caller.account.id, self.id)))
            .set((
                imports::rows_read.eq(import.counts.rows_read()),
                imports::created.eq(import.counts.created),
                imports::updated.eq(import.counts.updated),
                imports::skipped.eq(import.counts.skipped),
                imports::failed.eq(import.counts.failed),
                imports::last_row.eq(last_row),
                imports::runs_begun.eq(begun),
            ))
            .execute(conn)?;
        Ok(Some(last_row))
    }

    fn end(&self, conn: &mut PgConnection, caller: &Caller, import: &Import) -> Result<()> {
        diesel::update(imports::table.find((caller.account.id, self.id)))
            .set(imports::file_rows.eq(import.counts.rows_read()))
            .execute(conn)?;
        if self.state == State::Checking {
            return become_(conn, caller, self.id, State::Checked);
        }
        become_(conn, caller, self.id, State::Done)?;
        turn::end(conn, caller, import)
    }
}

/// The leads that the rows before were about.
fn leads_so_far(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<HashSet<Uuid>> {
    let ids: Vec<Uuid> = import_rows::table
        .filter(import_rows::account_id.eq(caller.account.id))
        .filter(import_rows::import_id.eq(id))
        .filter(import_rows::lead_id.is_not_null())
        .select(import_rows::lead_id.assume_not_null())
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

/// When the next of its leads begins, counted from when the first could.
fn starts(
    conn: &mut PgConnection,
    caller: &Caller,
    import: &Import,
    plan: &Plan,
) -> Result<Starts> {
    let from = import.started_at.unwrap_or(caller.now);
    let begun = u32::try_from(import.runs_begun).map_err(Error::internal)?;
    Ok(match plan.starts_a_day {
        None => Starts::at_once(caller.now),
        Some(a_day) => {
            let hours: ContactHours = accounts::contact_hours(conn, caller)?;
            Starts::at_most(a_day, from, begun, caller.account.time_zone, hours)
        }
    })
}

/// Why an import could not go on, for people.
fn sentence(error: Error) -> String {
    match error {
        Error::Invalid(errors) => {
            let said = errors.0.iter().map(|error| error.sentence(&error.field));
            said.collect::<Vec<_>>().join(". ")
        }
        error => error.to_string(),
    }
}
