//! What could not leave when it was written, since the other side failed or the workflow was
//! paused, and would now leave out of its lead's contact hours.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::engine::{Ground, Live, REPORT_WITHIN};
use super::parcel::Queued;
use crate::connectors::Channel;
use crate::error::Result;

/// The day in which a report is due begins when they leave.
const PUT_OFF: &str = "
    WITH late AS (
        SELECT * FROM unnest($1, $2, $3, $4, $5) AS u (account_id, id, opens, overdue, why)
    ), waiting AS (
        UPDATE attempts a SET state = 'queued', wake_at = late.opens, why = late.why
        FROM late WHERE a.account_id = late.account_id AND a.id = late.id
    )
    UPDATE workflow_run_steps s SET wake_at = late.overdue, why = late.why
    FROM late WHERE s.account_id = late.account_id AND s.id = late.id AND s.state = 'sent'";

/// Puts those off until their lead may be contacted; the others. Other systems have no contact
/// hours, and of what somebody had before nobody knows whether it left.
pub(super) fn put_off(
    conn: &mut PgConnection,
    ground: &Ground,
    lives: &HashMap<Uuid, Live>,
    queued: Vec<Queued>,
    now: DateTime<Utc>,
) -> Result<Vec<Queued>> {
    let (mut accounts, mut ids, mut opening, mut overdue, mut whys) =
        (vec![], vec![], vec![], vec![], vec![]);
    let mut in_time = Vec::with_capacity(queued.len());
    for one in queued {
        let live = lives.get(&one.run_id);
        let live = live.filter(|_| one.channel != Channel::Application && !one.is_lost);
        let opens = live.map(|live| ground.moment(live, now)).transpose()?;
        let Some(Err((opens, why))) = opens.map(|moment| moment.opening()) else {
            in_time.push(one);
            continue;
        };
        accounts.push(one.account_id);
        ids.push(one.id);
        opening.push(opens);
        overdue.push(opens + REPORT_WITHIN);
        whys.push(why);
    }
    if !ids.is_empty() {
        sql_query(PUT_OFF)
            .bind::<Array<SqlUuid>, _>(accounts)
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Array<Timestamptz>, _>(opening)
            .bind::<Array<Timestamptz>, _>(overdue)
            .bind::<Array<Text>, _>(whys)
            .execute(conn)?;
    }
    Ok(in_time)
}
