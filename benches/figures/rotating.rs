//! New leads that go to whoever's turn it is, beside the same without a rotation.

use std::time::Instant;

use anyhow::Result;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz, Uuid as SqlUuid};
use leadline::db::PgConnection;
use leadline::rotations::{self, DEFAULT, MemberInput, RotationInput, Status, Strategy};
use leadline::teams::MemberRef;
use uuid::Uuid;

use crate::http::{self, Connection};
use crate::report::Report;
use crate::stage::{Side, Stage, operator};
use crate::{files, load, statements};

const CLIENTS: usize = 16;
const SECONDS: u64 = 10;
const ROWS: usize = 1_000;
const ARRAYS: usize = 10;
const PEOPLE: usize = 7;

/// Measures one lead, a thousand, and how evenly they were shared.
///
/// # Errors
/// When an answer is not right.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    let mut conn = stage.connect()?;
    let caller = operator(&mut conn, stage.big.account)?;
    let workflow = files::workflow(&mut conn, &caller)?;
    // Before it is measured, so that neither is the first.
    one(stage, workflow, 0)?;
    let plain = one(stage, workflow, 1)?;
    let plain_array = arrays(stage, workflow, 2)?;
    let rotation = rotation(&mut conn, &stage.big)?;
    let begun = chrono::Utc::now();
    let rotated = one(stage, workflow, 3)?;
    report.share(
        "POST one lead with rotation and enrolment, 16 clients",
        "/s",
        rotated,
        Some(plain),
        0.7,
    );
    let sent = {
        let mut connection = Connection::open(stage.server.addr)?;
        let post = post(stage);
        statements::during(stage, || {
            connection.send(&post(&lead(4, 0, workflow)))?.with(201)?;
            Ok(())
        })?
    };
    report.note(&format!("{} statements", sent.len()));
    let rotated_array = arrays(stage, workflow, 5)?;
    report.most(
        "POST 1,000 leads with rotation, beside without",
        "×",
        rotated_array / plain_array,
        1.5,
    );
    let caller = operator(&mut conn, stage.big.account)?;
    let (leads, apart) = shares(&mut conn, stage.big.account, begun)?;
    report.most("leads that two people are apart", "", apart as f64, 1.0);
    report.note(&format!("of {leads} leads that {PEOPLE} people got"));
    rotations::set_status(&mut conn, &caller, rotation, Status::Archived)?;
    Ok(())
}

/// Leads a second.
fn one(stage: &Stage, workflow: Uuid, place: usize) -> Result<f64> {
    let post = post(stage);
    let times = load::run(
        stage.server.addr,
        CLIENTS,
        SECONDS,
        201,
        move |client, turn| post(&lead(place * 100 + client, turn, workflow)),
    )?;
    Ok(times.rate())
}

/// Seconds that some arrays take.
fn arrays(stage: &Stage, workflow: Uuid, place: usize) -> Result<f64> {
    let post = post(stage);
    let mut connection = Connection::open(stage.server.addr)?;
    let begun = Instant::now();
    for turn in 0..ARRAYS {
        let rows = (0..ROWS).map(|row| lead(place * 100 + turn, row, workflow));
        let rows = rows.collect::<Vec<_>>().join(",");
        connection.send(&post(&format!("[{rows}]")))?.with(201)?;
    }
    Ok(begun.elapsed().as_secs_f64())
}

fn post(stage: &Stage) -> impl Fn(&str) -> Vec<u8> + Send + Sync + 'static {
    let headers = format!(
        "x-api-key: {}\r\ncontent-type: application/json\r\n",
        stage.big.key
    );
    move |body| http::request("POST", "/api/public/leads", &headers, body)
}

fn lead(client: usize, turn: usize, workflow: Uuid) -> String {
    let number = client * 100_000 + turn;
    format!(
        r#"{{"first_name":"Amélie","last_name":"Turn{number}","email":"turn.{number}@bench.example","phone":"+569{number:08}","workflow_id":"{workflow}"}}"#
    )
}

fn rotation(conn: &mut PgConnection, side: &Side) -> Result<Uuid> {
    let caller = operator(conn, side.account)?;
    let person = |place| {
        let email = format!("person{place}.{}", side.email);
        MemberInput::of(MemberRef::Email(email))
    };
    let input = RotationInput {
        name: DEFAULT.into(),
        team_id: None,
        strategy: Strategy::RoundRobin,
        status: Status::Active,
        fallback: None,
        members: (1..=PEOPLE).map(person).collect(),
    };
    Ok(rotations::create(conn, &caller, input)?.id)
}

#[derive(QueryableByName)]
struct Shares {
    #[diesel(sql_type = BigInt)]
    leads: i64,
    #[diesel(sql_type = BigInt)]
    apart: i64,
}

/// How many leads were given, and how many more one person got than another.
fn shares(
    conn: &mut PgConnection,
    account: Uuid,
    since: chrono::DateTime<chrono::Utc>,
) -> Result<(i64, i64)> {
    let shares: Shares = diesel::sql_query(
        "SELECT coalesce(sum(n), 0)::bigint AS leads, max(n) - min(n) AS apart FROM (
             SELECT count(*) AS n FROM leads
             WHERE account_id = $1 AND created_at >= $2 AND owner_id IS NOT NULL
             GROUP BY owner_id) AS shares",
    )
    .bind::<SqlUuid, _>(account)
    .bind::<Timestamptz, _>(since)
    .get_result(conn)?;
    Ok((shares.leads, shares.apart))
}
