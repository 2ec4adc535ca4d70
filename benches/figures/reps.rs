//! `/leads` of a rep who owns a thousand of the leads and sees only these and those of nobody.

use std::time::{Duration, Instant};

use anyhow::Result;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use leadline::caller::Role;
use leadline::people::{self, NewUser};

use crate::browser::Browser;
use crate::load::Times;
use crate::report::Report;
use crate::stage::{PASSWORD, Side, Stage, operator};

/// How often each list is looked at.
const LOOKS: usize = 120;
/// How many leads are the rep's.
const OWNED: i64 = 1_000;

/// The list as it opens has a bar; how much the others take beside it is told.
const LISTS: [(&str, &str, f64); 4] = [
    ("as it opens", "/leads", 40.0),
    ("by name", "/leads?sort=last_name", 80.0),
    ("by status", "/leads?status=contacted", 80.0),
    ("by search", "/leads?q=maria", 160.0),
];

/// Measures them.
///
/// # Errors
/// When a page is not there.
pub fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    let mut browser = Browser::sign_in(stage, &rep(stage)?)?;
    for (name, target, bar) in LISTS {
        let mut times = Vec::new();
        for turn in 0..LOOKS + 12 {
            let begun = Instant::now();
            browser.get(target)?;
            // The first dozen warms up.
            if turn >= 12 {
                times.push(begun.elapsed());
            }
        }
        let over: Duration = times.iter().sum();
        let p95 = Times::new(times, over).within(0.95);
        report.most(&format!("/leads of a rep, {name}: p95"), "ms", p95, bar);
    }
    Ok(())
}

/// The rep of the big account, hired and given their leads the first time.
fn rep(stage: &Stage) -> Result<Side> {
    let (account, email) = (stage.big.account, format!("rep.{}", stage.big.email));
    let mut conn = stage.connect()?;
    let caller = operator(&mut conn, account)?;
    let there = people::users(&mut conn, &caller)?;
    if !there.iter().any(|user| user.email == email) {
        let hash = people::hash_password(PASSWORD)?;
        let new = NewUser {
            name: "Rep".into(),
            email: email.clone(),
            role: Role::Rep,
        };
        let rep = people::create_user(&mut conn, &caller, new, &hash)?;
        diesel::sql_query(
            "UPDATE leads SET owner_id = $2 WHERE account_id = $1 AND id IN (
                 SELECT id FROM (
                     SELECT id, row_number() OVER (ORDER BY id) AS place FROM leads
                     WHERE account_id = $1 AND archived_at IS NULL
                 ) AS l WHERE place % $3 = 0 LIMIT $4)",
        )
        .bind::<SqlUuid, _>(account)
        .bind::<SqlUuid, _>(rep.id)
        .bind::<BigInt, _>((i64::from(stage.leads) * 9 / 10 / OWNED).max(1))
        .bind::<BigInt, _>(OWNED)
        .execute(&mut conn)?;
    }
    Ok(Side {
        account,
        email,
        key: String::new(),
    })
}
