//! Looking whether the chain holds.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use uuid::Uuid;

use super::digest::{digest, link};
use crate::audit::Entry;
use crate::db::schema::{audit_entries, audit_seals};
use crate::error::Result;

/// Seals that are read together.
const SEALS: i64 = 50;
/// Faults that are told one by one.
const TOLD: usize = 20;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Entries that are as they were sealed.
    pub sound: usize,
    /// Entries that are not sealed yet.
    pub waiting: i64,
    /// The hash of the newest seal: who keeps it elsewhere can tell later whether the end of the
    /// chain was cut off.
    pub head: Option<Vec<u8>>,
    /// How much is wrong.
    pub wrong: usize,
    /// What is wrong, a sentence each, the first of them.
    pub faults: Vec<String>,
}

impl Verified {
    fn fault(&mut self, sentence: String) {
        self.wrong += 1;
        if self.faults.len() < TOLD {
            self.faults.push(sentence);
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_seals)]
struct Seal {
    position: i64,
    entry_ids: Vec<Uuid>,
    digests: Vec<u8>,
    hash: Vec<u8>,
}

/// Reads every seal and entry of an account, all as they were at one instant.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn verify(conn: &mut PgConnection, account_id: Uuid) -> Result<Verified> {
    conn.build_transaction()
        .repeatable_read()
        .read_only()
        .run(|conn| {
            let mut found = Verified::default();
            let mut position = 0;
            loop {
                let seals: Vec<Seal> = audit_seals::table
                    .filter(audit_seals::account_id.eq(account_id))
                    .filter(audit_seals::position.gt(position))
                    .order(audit_seals::position)
                    .limit(SEALS)
                    .select(Seal::as_select())
                    .load(conn)?;
                let Some(last) = seals.last() else { break };
                let (before, next) = (position, last.position);
                links(account_id, before, &seals, &mut found);
                for seal in &seals {
                    entries(conn, account_id, seal, &mut found)?;
                }
                position = next;
            }
            unsealed(conn, account_id, &mut found)?;
            Ok(found)
        })
}

/// Whether each seal follows from the one before.
fn links(account_id: Uuid, mut before: i64, seals: &[Seal], found: &mut Verified) {
    for seal in seals {
        let position = seal.position;
        if position != before + 1 {
            found.fault(format!("Seal {} is missing", before + 1));
        }
        let previous = found.head.as_deref();
        let hash = link(
            previous,
            account_id,
            position,
            &seal.entry_ids,
            &seal.digests,
        );
        if hash != seal.hash.as_slice() {
            found.fault(format!(
                "Seal {position} does not follow from the one before it"
            ));
        }
        found.head = Some(seal.hash.clone());
        before = position;
    }
}

/// Whether each entry of a seal is there and as it was.
fn entries(
    conn: &mut PgConnection,
    account_id: Uuid,
    seal: &Seal,
    found: &mut Verified,
) -> Result<()> {
    let entries: HashMap<Uuid, Entry> = Entry::query()
        .filter(audit_entries::account_id.eq(account_id))
        .filter(audit_entries::id.eq_any(&seal.entry_ids))
        .load(conn)?
        .into_iter()
        .map(|entry| (entry.id, entry))
        .collect();
    for (id, sealed) in seal.entry_ids.iter().zip(seal.digests.chunks_exact(32)) {
        match entries.get(id) {
            Some(entry) if digest(entry) == sealed => found.sound += 1,
            Some(entry) => found.fault(format!(
                "Entry {} ({}, {}) was changed after it was written",
                entry.number, entry.event, entry.created_at
            )),
            None => found.fault(format!(
                "Entry {id}, which seal {} holds, is missing",
                seal.position
            )),
        }
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Counts {
    #[diesel(sql_type = BigInt)]
    all: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    waiting_and_there: i64,
    #[diesel(sql_type = BigInt)]
    sealed_and_there: i64,
}

const COUNTS: &str = "
    WITH waiting AS (
        SELECT unnest(entry_ids) AS id FROM audit_unsealed WHERE account_id = $1
    ), sealed AS (
        SELECT unnest(entry_ids) AS id FROM audit_seals WHERE account_id = $1
    ), entries AS (
        SELECT id FROM audit_entries WHERE account_id = $1
    )
    SELECT (SELECT count(*) FROM entries) AS \"all\",
           (SELECT count(*) FROM waiting) AS waiting,
           (SELECT count(*) FROM waiting JOIN entries USING (id)) AS waiting_and_there,
           (SELECT count(*) FROM sealed JOIN entries USING (id)) AS sealed_and_there";

/// Whether every entry has a seal or waits for one.
fn unsealed(conn: &mut PgConnection, account_id: Uuid, found: &mut Verified) -> Result<()> {
    let counts: Counts = diesel::sql_query(COUNTS)
        .bind::<SqlUuid, _>(account_id)
        .get_result(conn)?;
    found.waiting = counts.waiting_and_there;
    let gone = counts.waiting - counts.waiting_and_there;
    if gone > 0 {
        found.fault(format!(
            "{} went missing before they were sealed",
            entries_said(gone)
        ));
    }
    let known = counts.waiting_and_there + counts.sealed_and_there;
    if counts.all != known {
        let unknown = (counts.all - known).abs();
        found.fault(format!(
            "{} neither sealed nor waiting: written past Leadline, or sealed twice",
            match unknown {
                1 => "1 entry is".to_owned(),
                many => format!("{many} entries are"),
            }
        ));
    }
    Ok(())
}

fn entries_said(count: i64) -> String {
    match count {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    }
}
