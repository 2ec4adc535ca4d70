//! Fills the database: the rows of `seed.sql` first, their indexes after, which takes minutes
//! instead of an hour.

use std::time::Instant;

use anyhow::Result;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use leadline::db::PgConnection;
use uuid::Uuid;

const SEED: &str = include_str!("seed.sql");

#[derive(QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
}

/// Gives each account so many leads.
///
/// # Errors
/// When Postgres refuses, as when the disk is full.
pub fn fill(conn: &mut PgConnection, accounts: &[(Uuid, u32)]) -> Result<()> {
    let begun = Instant::now();
    eprintln!("filling the database; a million leads take some minutes");
    let indexes: Vec<Index> = diesel::sql_query(
        "SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
         FROM pg_index
         WHERE indrelid IN ('leads'::regclass, 'workflow_runs'::regclass,
                            'workflow_run_steps'::regclass, 'audit_entries'::regclass)
           AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
    )
    .load(conn)?;
    for Index { name, .. } in &indexes {
        conn.batch_execute(&format!("DROP INDEX {name}"))?;
    }
    // What refers to what is right by the way the rows are made; checking each takes as long again.
    conn.batch_execute("SET session_replication_role = replica")?;
    for (account, leads) in accounts {
        let seed = SEED
            .replace("{account}", &account.to_string())
            .replace("{leads}", &leads.to_string());
        conn.transaction(|conn| conn.batch_execute(&seed))?;
    }
    conn.batch_execute("SET session_replication_role = origin")?;
    for Index { definition, .. } in &indexes {
        conn.batch_execute(definition)?;
    }
    let leads = accounts.last().map_or(0, |(_, leads)| *leads);
    conn.batch_execute(&format!(
        "DELETE FROM figures; INSERT INTO figures VALUES ({leads})"
    ))?;
    conn.batch_execute("VACUUM ANALYZE")?;
    conn.batch_execute("CHECKPOINT")?;
    eprintln!("filled in {} s", begun.elapsed().as_secs());
    Ok(())
}
