//! `/leads` at one client, among many leads and among few.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz, Uuid as SqlUuid};
use leadline::leads::Cursor;
use uuid::Uuid;

use crate::browser::Browser;
use crate::load::Times;
use crate::report::Report;
use crate::stage::{Side, Stage};
use crate::{FEW, statements};

/// How often each list is looked at.
const LOOKS: usize = 120;
const ROWS: u32 = 50;

/// Words from the most common to the rarest, some of nobody, and parts of phone numbers.
const WORDS: [&str; 12] = [
    "maria",
    "acme",
    "li",
    "example",
    "okafor",
    "quetzal",
    "xqzzt",
    "maria+soto",
    "1234",
    "%2B569+1234",
    "whitfield",
    "soto1",
];

/// A list: what it is called, and where it is at a turn.
type List = (&'static str, Box<dyn Fn(usize) -> String>);

/// Measures them.
///
/// # Errors
/// When a page is not there.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    let many = lists(stage, &stage.big, 2_000.min(far(stage.leads)))?;
    let few = lists(stage, &stage.small, far(FEW))?;
    let mut browser = Browser::sign_in(stage, &stage.big)?;
    let mut other = Browser::sign_in(stage, &stage.small)?;
    for ((name, target), (_, of_few)) in many.iter().zip(&few) {
        let sent = statements::during(stage, || {
            browser.get(&target(0))?;
            Ok(())
        })?;
        let (here, there) = looked(&mut browser, target, &mut other, of_few)?;
        let what = format!("/leads {name}");
        report.most(&format!("{what}: p95"), "ms", here.within(0.95), 40.0);
        report.most(&format!("{what}: queries"), "", sent.len() as f64, 6.0);
        let ratio = here.within(0.5) / there.within(0.5);
        report.most(&format!("{what}: times that among {FEW}"), "", ratio, 1.5);
        report.note(&format!(
            "p50 {:.1} ms, among {FEW} {:.1} ms",
            here.within(0.5),
            there.within(0.5)
        ));
    }
    let weight = browser.weight("/leads")? as f64 / 1024.0;
    report.most(
        "/leads: weight of 50 rows with style and script",
        "KiB",
        weight,
        60.0,
    );
    Ok(())
}

fn lists(stage: &Stage, side: &Side, deep: u32) -> Result<[List; 4]> {
    let deep = format!("/leads?cursor={}", cursor(stage, side, deep)?.encode());
    Ok([
        ("as it opens", Box::new(|_| "/leads".to_owned())),
        (
            "by status",
            Box::new(|turn| {
                let key = ["new", "contacted", "engaged", "expired"][turn % 4];
                format!("/leads?status={key}")
            }),
        ),
        (
            "by search",
            Box::new(|turn| format!("/leads?q={}", WORDS[turn % WORDS.len()])),
        ),
        ("2,000 pages on", Box::new(move |_| deep.clone())),
    ])
}

/// Looks at both in turn, so that whatever else the machine does slows both.
fn looked(
    browser: &mut Browser,
    target: &dyn Fn(usize) -> String,
    other: &mut Browser,
    of_other: &dyn Fn(usize) -> String,
) -> Result<(Times, Times)> {
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for turn in 0..LOOKS + 12 {
        let looks = [
            (&mut *browser, target(turn), &mut here),
            (&mut *other, of_other(turn), &mut there),
        ];
        for (browser, target, times) in looks {
            let begun = Instant::now();
            browser.get(&target)?;
            // The first dozen warms up.
            if turn >= 12 {
                times.push(begun.elapsed());
            }
        }
    }
    let over = |times: &[Duration]| times.iter().sum();
    let (over_here, over_there) = (over(&here), over(&there));
    Ok((Times::new(here, over_here), Times::new(there, over_there)))
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
}

/// Where a page that far on begins, as the page before it would say.
fn cursor(stage: &Stage, side: &Side, pages: u32) -> Result<Cursor> {
    let position = pages * ROWS;
    let row: Row = diesel::sql_query(
        "SELECT id, created_at FROM leads WHERE account_id = $1 AND archived_at IS NULL
         ORDER BY created_at DESC, id DESC OFFSET $2 LIMIT 1",
    )
    .bind::<SqlUuid, _>(side.account)
    .bind::<BigInt, _>(i64::from(position) - 1)
    .get_result(&mut stage.connect()?)
    .optional()?
    .context("not that many leads")?;
    Ok(Cursor {
        key: row.created_at.to_rfc3339_opts(SecondsFormat::Micros, true),
        id: row.id,
        position,
        backwards: false,
    })
}

/// A page near the end of so many leads, some of which are put away.
fn far(leads: u32) -> u32 {
    leads / ROWS * 9 / 10
}
