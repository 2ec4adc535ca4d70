//! The rows of an import that is checked or run, batch by batch.

use std::collections::BTreeSet;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::file::decide::decide;
use super::super::file::fixes::Fixes;
use super::super::file::ground::Ground;
use super::super::file::past::Past;
use super::super::file::rows::{BATCH, Rows};
use super::super::file::starts::Starts;
use super::super::file::write::write;
use super::super::file::{Owners, Plan, Verdict, judge, record};
use super::fixes::fixes;
use super::import::{Import, State, import};
use super::record::come_to;
use super::{preview, turn};
use crate::audit::Event;
use crate::caller::Caller;
use crate::db::schema::{import_rows, imports};
use crate::error::{Error, Result};
use crate::hours::ContactHours;
use crate::rotations::Turns;
use crate::uploads::Uploads;
use crate::{accounts, leads};

/// A file on its way, and what is kept from batch to batch.
pub(super) struct Reading {
    state: State,
    rows: Rows,
    plan: Plan,
    fixes: Fixes,
    past: Past,
}

impl Reading {
    /// Opens the file of an import at the row that is next.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the file is not kept any more, or is another; [`Error::Invalid`] when it can't
    /// be read.
    pub fn open(
        conn: &mut PgConnection,
        caller: &Caller,
        uploads: &Uploads,
        id: Uuid,
        state: State,
    ) -> Result<Self> {
        let mut import = import(conn, caller, id)?;
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
        let past = match state {
            State::Checking => Past::of_check(starts),
            _ => {
                let created = usize::try_from(import.counts.created).map_err(Error::internal)?;
                Past::of_run(leads_so_far(conn, caller, id)?, created, starts)
            }
        };
        Ok(Self {
            state,
            rows,
            plan,
            fixes: fixes(conn, caller, id)?,
            past,
        })
    }

    /// How many turns a batch takes at most: none where nobody's turn is asked.
    pub fn turns(&self) -> usize {
        match (self.state, &self.plan.owners) {
            (State::Running, Owners::Rotation) => BATCH,
            _ => 0,
        }
    }

    /// One batch of rows, inside the transaction that says how far it came; the last row, or nothing
    /// when the file is at its end.
    ///
    /// # Errors
    /// What is wrong with the file or the plan as things are now; [`Error::Internal`] when the database or
    /// the disk refuses.
    pub fn batch(
        &mut self,
        conn: &mut PgConnection,
        caller: &Caller,
        mut import: Import,
        turns: &mut Turns,
    ) -> Result<Option<i32>> {
        let ground = Ground::load(conn, caller, self.plan.clone())?;
        let Some((numbers, read)) = self.rows.batch(&ground, &self.fixes)? else {
            self.end(conn, caller, &import)?;
            return Ok(None);
        };
        let is_run = self.state == State::Running;
        if is_run {
            leads::hold_every_key(conn, caller)?;
        }
        let judged = judge::judge(conn, caller, &ground.catalogue, read)?;
        let decided = decide(conn, caller, &ground, &mut self.past, judged)?;
        let became = match is_run {
            true => write(conn, caller, turns, decided, Event::LeadImported)?,
            false => decided.became,
        };
        // A check keeps what a person may want to look at; all others would come in.
        let kept = numbers.iter().copied().zip(&became);
        let kept = kept.filter(|(_, one)| is_run || one.verdict() != Verdict::Created);
        record::rows(conn, caller, import.id, kept)?;
        for one in &became {
            import.counts.count(one);
        }
        let last_row = numbers.last().copied().unwrap_or_default();
        let last_row = i32::try_from(last_row).map_err(Error::internal)?;
        let begun = i32::try_from(self.past.begun()).map_err(Error::internal)?;
        diesel::update(imports::table.find((caller.account.id, import.id)))
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
        diesel::update(imports::table.find((caller.account.id, import.id)))
            .set(imports::file_rows.eq(import.counts.rows_read()))
            .execute(conn)?;
        if self.state == State::Checking {
            return come_to(conn, caller, import.id, State::Checked);
        }
        come_to(conn, caller, import.id, State::Done)?;
        turn::end(conn, caller, import)
    }
}

/// The leads that the rows before were about.
fn leads_so_far(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<BTreeSet<Uuid>> {
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
