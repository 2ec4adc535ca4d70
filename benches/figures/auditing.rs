//! `/audit` among five million entries, by one filter after another.

use std::time::{Duration, Instant};

use anyhow::Result;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
use leadline::db::PgConnection;
use uuid::Uuid;

use crate::browser::Browser;
use crate::load::Times;
use crate::report::Report;
use crate::stage::Stage;

/// How many entries the account has at least.
const ENTRIES: i64 = 5_000_000;
/// How often each page is looked at.
const LOOKS: usize = 60;
const WARM_UP: usize = 6;
const BAR: f64 = 60.0;

/// Measures the page without a filter and with each of them.
///
/// # Errors
/// When a page is not there.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    let mut conn = stage.connect()?;
    fill(&mut conn, stage.big.account)?;
    let lead: Uuid = newest_lead(&mut conn, stage.big.account)?;
    let mut browser = Browser::sign_in(stage, &stage.big)?;
    for (name, target) in [
        ("as it opens", "/audit".to_owned()),
        ("by event", "/audit?event=lead_assigned".to_owned()),
        (
            "by a rare event",
            "/audit?event=rotation_created".to_owned(),
        ),
        ("by kind", "/audit?subject=campaign".to_owned()),
        ("about one lead", format!("/audit?subject=lead&of={lead}")),
        ("by who", "/audit?who=worker".to_owned()),
        ("by days", "/audit?from=2026-03-01&to=2026-03-02".to_owned()),
    ] {
        let mut times = Vec::with_capacity(LOOKS);
        for turn in 0..LOOKS + WARM_UP {
            let begun = Instant::now();
            browser.get(&target)?;
            if turn >= WARM_UP {
                times.push(begun.elapsed());
            }
        }
        let over: Duration = times.iter().sum();
        let p95 = Times::new(times, over).within(0.95);
        report.most(&format!("/audit {name}: p95"), "ms", p95, BAR);
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    entries: i64,
}

#[derive(QueryableByName)]
struct Lead {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Entries of a year, spread over the account's leads. Nothing is sealed: that is the worker's, and
/// the page asks for none of it.
fn fill(conn: &mut PgConnection, account: Uuid) -> Result<()> {
    let count: Count =
        diesel::sql_query("SELECT count(*) AS entries FROM audit_entries WHERE account_id = $1")
            .bind::<SqlUuid, _>(account)
            .get_result(conn)?;
    let lacking = ENTRIES - count.entries;
    if lacking <= 0 {
        return Ok(());
    }
    conn.batch_execute("ALTER TABLE audit_entries DISABLE TRIGGER USER")?;
    diesel::sql_query(FILL)
        .bind::<SqlUuid, _>(account)
        .bind::<BigInt, _>(lacking)
        .bind::<Text, _>("big@bench.example")
        .execute(conn)?;
    conn.batch_execute("ALTER TABLE audit_entries ENABLE TRIGGER USER")?;
    conn.batch_execute("VACUUM ANALYZE audit_entries")?;
    Ok(())
}

const FILL: &str = "
    WITH picked AS (
        SELECT array_agg(id) AS ids FROM (
            SELECT id FROM leads WHERE account_id = $1 LIMIT 50000
        ) AS leads
    )
    INSERT INTO audit_entries (account_id, id, event, subject, subject_id, actor, data, created_at)
    SELECT $1, gen_random_uuid(),
           CASE WHEN n % 20 = 0 THEN 'campaign_updated'
                WHEN n % 3 = 0 THEN 'lead_assigned' ELSE 'lead_updated' END,
           CASE WHEN n % 20 = 0 THEN 'campaign' ELSE 'lead' END,
           picked.ids[(1 + n % array_length(picked.ids, 1))::integer],
           CASE WHEN n % 7 = 0 THEN 'worker' ELSE $3 END,
           '{\"changes\": {\"company\": {\"from\": null, \"to\": \"Andes Foods\"}}}',
           timestamptz '2026-01-01' + n * interval '5 seconds'
    FROM generate_series(1, $2) AS n, picked";

fn newest_lead(conn: &mut PgConnection, account: Uuid) -> Result<Uuid> {
    let lead: Lead = diesel::sql_query(
        "SELECT subject_id AS id FROM audit_entries
         WHERE account_id = $1 AND subject = 'lead' ORDER BY created_at DESC LIMIT 1",
    )
    .bind::<SqlUuid, _>(account)
    .get_result(conn)?;
    Ok(lead.id)
}
