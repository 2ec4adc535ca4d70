//! `POST /api/public/leads`, one lead and a thousand, beside the same rows written by pgbench and
//! by `\copy`.

use std::time::Instant;

use anyhow::Result;

use crate::http::{self, Answer, Connection};
use crate::report::Report;
use crate::stage::Stage;
use crate::{load, pgbench, statements};

const CLIENTS: usize = 16;
const SECONDS: u64 = 10;
const ROWS: usize = 1_000;
const ARRAYS: usize = 20;

/// Measures both.
///
/// # Errors
/// When an answer is not right.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    one(stage, report)?;
    thousand(stage, report)
}

fn one(stage: &Stage, report: &mut Report) -> Result<()> {
    let post = post(stage);
    let sent = {
        let mut connection = Connection::open(stage.server.addr)?;
        statements::during(stage, || {
            connection.send(&post(&lead(0, 0)))?.with(201)?;
            Ok(())
        })?
    };
    let script = INSERT.replace("{account}", &stage.big.account.to_string());
    let limit = pgbench::rate(stage, &script, CLIENTS, SECONDS)?;
    let times = load::run(
        stage.server.addr,
        CLIENTS,
        SECONDS,
        201,
        move |client, turn| post(&lead(client, turn)),
    )?;
    report.share(
        "POST one lead, 16 clients, fsync on",
        "/s",
        times.rate(),
        limit,
        0.35,
    );
    report.note(&format!(
        "{} statements, p50 {:.1} ms, p99 {:.1} ms",
        sent.len(),
        times.within(0.5),
        times.within(0.99)
    ));
    Ok(())
}

fn thousand(stage: &Stage, report: &mut Report) -> Result<()> {
    let post = post(stage);
    let limit = copy(stage)?;
    let array = |turn: usize| {
        let rows: Vec<String> = (0..ROWS).map(|row| lead(100 + turn, row)).collect();
        post(&format!("[{}]", rows.join(",")))
    };
    let mut connection = Connection::open(stage.server.addr)?;
    all_made(connection.send(&array(0))?)?;
    let begun = Instant::now();
    for turn in 1..=ARRAYS {
        all_made(connection.send(&array(turn))?)?;
    }
    let rate = (ARRAYS * ROWS) as f64 / begun.elapsed().as_secs_f64();
    report.share("POST 1,000 leads in one array", "rows/s", rate, limit, 0.35);
    let sent = statements::during(stage, || all_made(connection.send(&array(ARRAYS + 1))?))?;
    report.most(
        "POST 1,000 leads in one array: statements",
        "",
        sent.len() as f64,
        12.0,
    );
    Ok(())
}

fn all_made(answer: Answer) -> Result<()> {
    let answer = answer.with(201)?;
    anyhow::ensure!(
        answer.text().starts_with("{\"success\":true"),
        "not every row was made: {}",
        answer.text()
    );
    Ok(())
}

fn post(stage: &Stage) -> impl Fn(&str) -> Vec<u8> + Send + Sync + 'static {
    let headers = format!(
        "x-api-key: {}\r\ncontent-type: application/json\r\n",
        stage.big.key
    );
    move |body| http::request("POST", "/api/public/leads", &headers, body)
}

/// A lead as an integrator sends it.
fn lead(client: usize, turn: usize) -> String {
    let number = client * 100_000 + turn;
    format!(
        r#"{{"first_name":"Amélie","last_name":"Bench{number}","email":"amelie.{number}@bench.example","phone":"+569{number:08}","company":"Andes Foods","title":"Buyer","metadata":{{"course":"Law","budget":{number}}}}}"#
    )
}

/// Rows a second of `\copy` into the same table, in one transaction and without audit entries.
fn copy(stage: &Stage) -> Result<Option<f64>> {
    let file = stage.data_dir.join("figures.csv");
    let account = stage.big.account;
    let (rows, path) = (ROWS * ARRAYS, file.display());
    let write = format!(
        "\\copy (SELECT account_id, gen_random_uuid(), first_name, last_name, email, phone, phone_e164, company, title, source, campaign_id, owner_id, workflow_id, status_key, tags, metadata, search_text, sort_name, next_action_at, revision, now(), now() FROM leads WHERE account_id = '{account}' LIMIT {rows}) TO '{path}'"
    );
    let read = format!(
        "\\copy leads (account_id, id, first_name, last_name, email, phone, phone_e164, company, title, source, campaign_id, owner_id, workflow_id, status_key, tags, metadata, search_text, sort_name, next_action_at, revision, created_at, updated_at) FROM '{path}'"
    );
    if !pgbench::psql(stage, &[&write])? {
        return Ok(None);
    }
    let begun = Instant::now();
    pgbench::psql(stage, &[&read])?;
    let took = begun.elapsed();
    std::fs::remove_file(&file)?;
    Ok(Some(rows as f64 / took.as_secs_f64()))
}

/// One lead and its audit entry, in one statement and one commit: the least that such a call
/// has to write.
const INSERT: &str = r#"\set n random(1, 1000000000)
WITH lead AS (
    INSERT INTO leads (account_id, id, first_name, last_name, email, phone, phone_e164, company, title, source, tags, metadata, search_text, sort_name, revision, created_at, updated_at)
    VALUES ('{account}', gen_random_uuid(), 'Amélie', 'Bench' || :n, 'amelie.' || :n || '@bench.example', '+569' || :n, '+569' || :n, 'Andes Foods', 'Buyer', 'api', '{}', '{"course": "Law", "budget": 1200}',
        'amelie bench' || :n || ' amelie.' || :n || '@bench.example andes foods +569' || :n || ' +569' || :n, 'bench' || :n || ' amelie', 1, now(), now())
    RETURNING account_id, id)
INSERT INTO audit_entries (account_id, id, event, subject, subject_id, actor, api_key, data, request_method, request_path, request_headers, request_ip, created_at)
SELECT account_id, gen_random_uuid(), 'lead_created', 'lead', id, 'big@bench.example', 'Figures', '{"lead": {"first_name": "Amélie", "last_name": "Bench", "email": "amelie@bench.example", "phone": "+5691234567", "company": "Andes Foods", "title": "Buyer", "source": "api", "metadata": {"course": "Law", "budget": 1200}}}',
    'POST', '/api/public/leads', '{"host": "bench", "x-api-key": "***", "content-type": "application/json", "content-length": "200"}', '127.0.0.1', now()
FROM lead;
"#;
