//! `GET /api/public/leads/{id}`, beside the same statement sent by pgbench.

use anyhow::{Context as _, Result};
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use uuid::Uuid;

use crate::http::{self, Connection};
use crate::report::Report;
use crate::stage::Stage;
use crate::{load, pgbench, statements};

const CLIENTS: usize = 4;
const SECONDS: u64 = 8;
/// How many different leads are read, again and again.
const LEADS: usize = 10_000;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Measures it.
///
/// # Errors
/// When an answer is not right.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    let ids = pick(stage)?;
    let key = stage.big.key.clone();
    let request = move |id: &Uuid| {
        let target = format!("/api/public/leads/{id}");
        http::request("GET", &target, &format!("x-api-key: {key}\r\n"), "")
    };
    let mut connection = Connection::open(stage.server.addr)?;
    // The first tells that the key is used, which is written once a minute.
    connection.send(&request(&ids[0]))?.with(200)?;
    let sent = statements::during(stage, || {
        connection.send(&request(&ids[0]))?.with(200)?;
        Ok(())
    })?;
    let joins = sent
        .iter()
        .find(|sql| sql.contains("FROM (((") && sql.contains("\"leads\".\"id\" ="))
        .context("the statement that reads a lead was not seen")?;
    let account = format!("'{}'", stage.big.account);
    let statement = pgbench::filled(
        joins,
        &[
            ("(\"leads\".\"account_id\" = ", &account),
            (
                "(\"leads\".\"id\" = ",
                "(SELECT id FROM figures_ids WHERE place = :place)",
            ),
            ("LIMIT ", "1"),
        ],
    )?;
    let script = format!("\\set place random(1, {LEADS})\n{statement};\n");
    let limit = pgbench::rate(stage, &script, CLIENTS, SECONDS)?;
    let times = load::run(
        stage.server.addr,
        CLIENTS,
        SECONDS,
        200,
        move |client, turn| request(&ids[(client * 2_503 + turn * 7) % ids.len()]),
    )?;
    let what = "GET a lead, 4 clients";
    report.share(what, "/s", times.rate(), limit, 0.40);
    report.most(&format!("{what}: p99"), "ms", times.within(0.99), 10.0);
    report.note(&format!(
        "{} statements, p50 {:.1} ms",
        sent.len(),
        times.within(0.5)
    ));
    Ok(())
}

/// Leads here and there, the same for both sides.
fn pick(stage: &Stage) -> Result<Vec<Uuid>> {
    let made = format!(
        "CREATE UNLOGGED TABLE figures_ids AS
         SELECT row_number() OVER ()::int AS place, id FROM (
             SELECT id FROM leads WHERE account_id = '{}' ORDER BY md5(id::text) LIMIT {LEADS}
         ) AS picked;
         CREATE UNIQUE INDEX ON figures_ids (place);
         ANALYZE figures_ids",
        stage.big.account
    );
    let mut conn = stage.connect()?;
    use diesel::connection::SimpleConnection as _;
    conn.batch_execute("DROP TABLE IF EXISTS figures_ids")?;
    conn.batch_execute(&made)?;
    let rows: Vec<Row> =
        diesel::sql_query("SELECT id FROM figures_ids ORDER BY place").load(&mut conn)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
