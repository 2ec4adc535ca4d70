//! `POST /api/public/workflows/{id}/leads`: a hundred thousand rows, as CSV and as a workbook, beside
//! `\copy` of all that it writes.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Result, ensure};
use chrono::Utc;
use leadline::caller::Caller;
use leadline::db::PgConnection;
use leadline::tabular::{CsvWriter, XlsxWriter};
use leadline::workflows::{
    self, GoalType, Moves, NewEdge, NewNode, NewWorkflow, NodeType, WorkflowStatus,
};
use serde_json::json;
use uuid::Uuid;

use crate::http::Connection;
use crate::pgbench;
use crate::report::Report;
use crate::stage::{self, Stage};

const ROWS: u64 = 100_000;
const BOUNDARY: &str = "a-line-that-no-file-holds";
const HEADER: [&str; 8] = [
    "phone_number",
    "first_name",
    "last_name",
    "email",
    "company",
    "city",
    "course",
    "budget",
];

/// Measures both.
///
/// # Errors
/// When an answer is not right.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    let mut conn = stage.connect()?;
    let caller = stage::operator(&mut conn, stage.big.account)?;
    let workflow = workflow(&mut conn, &caller)?;
    let first = first_number(2 * ROWS);
    let csv = csv(first, ROWS)?;
    let took = upload(stage, workflow, "leads.csv", &csv)?;
    let rate = ROWS as f64 / took.as_secs_f64();
    if let Some(copied) = copy(stage)? {
        report.most(
            "100,000 rows of CSV enrolled: times \\copy of what it writes",
            "",
            took.as_secs_f64() / copied.as_secs_f64(),
            3.0,
        );
    }
    report.note(&format!("{:.1} s, {rate:.0} rows/s", took.as_secs_f64()));
    let workbook = workbook(first + ROWS)?;
    let longer = upload(stage, workflow, "leads.xlsx", &workbook)?;
    report.most(
        "100,000 rows of a workbook: times those of CSV",
        "",
        longer.as_secs_f64() / took.as_secs_f64(),
        2.0,
    );
    report.note(&format!("{:.1} s", longer.as_secs_f64()));
    let memory = stage.server.memory()?;
    report.memory(
        "memory of the server with a workbook, at its most",
        memory.most,
        600,
    );
    Ok(())
}

/// An active workflow that sends a message.
pub fn workflow(conn: &mut PgConnection, caller: &Caller) -> Result<Uuid> {
    let node = |node_type, label: &str, config| NewNode {
        node_type,
        label: label.into(),
        config,
    };
    let input = NewWorkflow {
        name: "Files".into(),
        description: None,
        goal_type: GoalType::None,
        status: WorkflowStatus::Draft,
        nodes: vec![
            node(
                NodeType::Whatsapp,
                "Hello",
                json!({"text": "Hello {{first_name}}"}),
            ),
            node(NodeType::Converted, "Reached", json!({})),
        ],
        edges: vec![NewEdge {
            from: 0,
            to: 1,
            label: None,
        }],
    };
    let id = workflows::create(conn, caller, input)?.row.id;
    workflows::activate(conn, caller, id, Moves::Stay)?;
    while workflows::settle(conn, Utc::now())? > 0 {}
    Ok(id)
}

/// The first of so many numbers that no run before has used, as long as a database is kept.
pub fn first_number(count: u64) -> u64 {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    // What begins with 6 to 8 is a mobile number of India.
    const ALL: u64 = 3_000_000_000;
    6_000_000_000 + seconds * 7_919 % (ALL / count) * count
}

fn row(number: u64) -> [String; 8] {
    [
        format!("+91{number}"),
        "Amélie".to_owned(),
        format!("Bench{number}"),
        format!("amelie.{number}@bench.example"),
        "Andes Foods".to_owned(),
        "Santiago".to_owned(),
        "Law".to_owned(),
        (number % 10_000).to_string(),
    ]
}

/// So many rows from this number on, as CSV.
///
/// # Errors
/// None: it is written into memory.
pub fn csv(first: u64, rows: u64) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut writer = CsvWriter::new(&mut file);
    writer.row(HEADER)?;
    for number in first..first + rows {
        writer.row(row(number))?;
    }
    writer.finish()?;
    Ok(file)
}

fn workbook(first: u64) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut writer = XlsxWriter::new(&mut file, "Leads")?;
    writer.row(HEADER)?;
    for number in first..first + ROWS {
        writer.row(row(number))?;
    }
    writer.finish()?;
    Ok(file)
}

/// Uploads a file, of which every row is a new lead; how long that took.
fn upload(stage: &Stage, workflow: Uuid, name: &str, file: &[u8]) -> Result<Duration> {
    let mut body = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let mut request = format!(
        "POST /api/public/workflows/{workflow}/leads HTTP/1.1\r\nhost: bench\r\nx-api-key: {}\r\n\
         content-type: multipart/form-data; boundary={BOUNDARY}\r\ncontent-length: {}\r\n\r\n",
        stage.big.key,
        body.len()
    )
    .into_bytes();
    request.append(&mut body);
    let mut connection = Connection::open(stage.server.addr)?;
    let begun = Instant::now();
    let answer = connection.send(&request)?.with(201)?;
    let took = begun.elapsed();
    let enrolled = format!("\"leads_enrolled\":{ROWS},");
    ensure!(answer.text().contains(&enrolled), "{}", answer.text());
    Ok(took)
}

/// How long `\copy` takes for the leads, runs and audit entries of the newest import under other
/// ids, each table on its own; nothing where there is no psql.
///
/// # Errors
/// When psql says no.
pub fn copy(stage: &Stage) -> Result<Option<Duration>> {
    let account = stage.big.account;
    let mine = format!(
        "SELECT lead_id FROM import_rows WHERE account_id = '{account}' AND import_id = \
         (SELECT id FROM imports WHERE account_id = '{account}' ORDER BY number DESC LIMIT 1)"
    );
    let tables = [
        (
            "leads",
            "account_id, id, first_name, last_name, email, phone, phone_e164, company, title, source, campaign_id, owner_id, workflow_id, status_key, tags, metadata, search_text, sort_name, next_action_at, revision, created_at, updated_at",
            "id",
        ),
        (
            "workflow_runs",
            "account_id, id, lead_id, workflow_id, status, status_key, current_node_id, version_id, step_count, enrolled_at",
            "lead_id",
        ),
        (
            "audit_entries",
            "account_id, id, event, subject, subject_id, actor, actor_id, api_key, data, request_method, request_path, request_headers, request_ip, created_at",
            "subject_id",
        ),
    ];
    let mut took = Duration::ZERO;
    for (table, columns, lead) in tables {
        let file = stage.data_dir.join(format!("{table}.csv"));
        let path = file.display();
        // Ids that follow from the others, so that the tables fit together.
        let others: Vec<String> = columns
            .split(", ")
            .map(|column| match column {
                "id" | "lead_id" | "subject_id" => format!("md5({column}::text)::uuid"),
                column => column.to_owned(),
            })
            .collect();
        let write = format!(
            "\\copy (SELECT {} FROM {table} WHERE account_id = '{account}' AND {lead} IN ({mine})) TO '{path}'",
            others.join(", ")
        );
        if !pgbench::psql(stage, &[&write])? {
            return Ok(None);
        }
        let read = format!("\\copy {table} ({columns}) FROM '{path}'");
        let begun = Instant::now();
        pgbench::psql(stage, &[&read])?;
        took += begun.elapsed();
        std::fs::remove_file(&file)?;
    }
    Ok(Some(took))
}
