//! A message, written as the engine writes one.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Timestamptz, Uuid as SqlUuid};
use leadline::db::PgConnection;
use uuid::Uuid;

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// An e-mail to a lead that is at a step of its workflow and was not written to yet; its id.
pub fn tried(conn: &mut PgConnection, account_id: Uuid, at: DateTime<Utc>) -> Uuid {
    let made: Made = diesel::sql_query(
        "INSERT INTO attempts (account_id, id, lead_id, run_id, channel, state, recipient, subject,
             body, html, author, why, failures, occurred_at, created_at)
         SELECT s.account_id, s.id, r.lead_id, s.run_id, 'email', 'sent', 'ann@example.com',
             'Your visit', E'Hello Ann,\\nsee you on <Monday>.', '<p onclick=\"x()\">Hello Ann</p>',
             'worker', 'Sent by the mail server', 0, $2, $2
         FROM workflow_run_steps s
         JOIN workflow_runs r ON r.account_id = s.account_id AND r.id = s.run_id
         WHERE s.account_id = $1
           AND NOT EXISTS (SELECT FROM attempts a WHERE a.account_id = $1 AND a.id = s.id)
         ORDER BY s.id LIMIT 1 RETURNING id",
    )
    .bind::<SqlUuid, _>(account_id)
    .bind::<Timestamptz, _>(at)
    .get_result(conn)
    .unwrap();
    made.id
}
