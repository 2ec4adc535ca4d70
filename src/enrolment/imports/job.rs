//! What the worker does with an import: batch after batch, each in a transaction with how far it
//! came, so that a crash loses nothing and does nothing twice.

use std::iter::repeat_n;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::intake::by_turns;
use super::import::{Import, State, hold};
use super::reading::Reading;
use super::record::clear;
use super::undo;
use crate::accounts;
use crate::caller::{Actor, Caller, Sees};
use crate::db::schema::imports;
use crate::error::{Error, Result, Unauthenticated};
use crate::ids;
use crate::people;
use crate::uploads::Uploads;

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
        let wanted = match &work {
            Work::Rows(reading) => reading.turns(),
            Work::Undo => 0,
        };
        let more = by_turns(conn, &caller, repeat_n(None, wanted), |conn, turns| {
            let Some(import) = self.hold(conn, &caller)? else {
                return Ok(None);
            };
            let more = match &mut work {
                Work::Rows(reading) => reading.batch(conn, &caller, import, turns)?,
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

    /// Who it acts for: the person who had it do this, with the rights they have now. A file meets all
    /// leads of the account, also those that this person does not see (ADR 16).
    fn caller(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Caller> {
        let Some(person) = self.actor_id else {
            return Ok(Caller {
                account: accounts::find(conn, self.account_id)?,
                actor: Actor::Worker,
                sees: Sees::All,
                request: None,
                now,
            });
        };
        match people::caller_for_user(conn, self.account_id, person, now, None) {
            Err(Error::Unauthenticated(Unauthenticated::NotSignedIn)) => Err(Error::Conflict(
                "Whoever started this is not active any more; somebody else has to".into(),
            )),
            caller => Ok(Caller {
                sees: Sees::All,
                ..caller?
            }),
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

    fn begin(&self, conn: &mut PgConnection, caller: &Caller, uploads: &Uploads) -> Result<Work> {
        if self.state == State::Undoing {
            return Ok(Work::Undo);
        }
        let reading = Reading::open(conn, caller, uploads, self.id, self.state)?;
        Ok(Work::Rows(Box::new(reading)))
    }
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
