//! What holds for every run, whatever happens to its lead and in which order.

use chrono::TimeDelta;
use diesel::RunQueryDsl as _;
use diesel::sql_query;
use diesel::sql_types::BigInt;
use leadline::workflows::NodeType::{Conditional, Converted, Dropped, Sms, Time, VoiceCall};
use leadline::workflows::{self, Report, WorkflowStatus};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::json;
use uuid::Uuid;

use crate::app::{Firm, TestApp};

/// Runs that break a rule: more or fewer than one open step while they live, one after their end,
/// a try above the most, a step that was taken on before it was due, a person's hold that fires.
const BROKEN: &str = "
    SELECT count(*) AS n FROM workflow_runs r
    WHERE (SELECT count(*) FROM workflow_run_steps s
           WHERE s.account_id = r.account_id AND s.run_id = r.id AND s.exited_at IS NULL)
        <> (r.ended_at IS NULL)::int
       OR EXISTS (SELECT FROM workflow_run_steps s
           WHERE s.account_id = r.account_id AND s.run_id = r.id
             AND (s.attempt > s.max_attempts
               OR s.state = 'task' AND s.due_at > $1
               OR r.status = 'paused' AND s.wake_at IS NOT NULL
               OR r.ended_at IS NOT NULL AND s.wake_at IS NOT NULL
               OR s.state = 'done' AND s.node_type = 'TIME' AND s.outcome IS NULL
                   AND r.status <> 'removed' AND s.due_at > s.exited_at))";

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn winding(firm: &Firm<'_>) -> Uuid {
    firm.graph(
        WorkflowStatus::Active,
        &[
            (
                VoiceCall,
                json!({ "max_attempts": 3, "retry_after_minutes": 45 }),
            ),
            (Time, json!({ "value": 2, "unit": "business_days" })),
            (Sms, json!({ "text": "Hi", "max_attempts": 2 })),
            (Conditional, json!({ "condition_field": "last_outcome" })),
            (Converted, json!({})),
            (Dropped, json!({})),
        ],
        &[
            (0, 4, Some("INTERESTED")),
            (0, 1, None),
            (1, 2, None),
            (2, 3, None),
            (3, 1, Some("NOT_INTERESTED")),
            (3, 5, None),
        ],
    )
}

#[test]
fn whatever_happens_a_live_run_is_at_one_step_and_nothing_is_too_early() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = winding(&firm);
    let mut leads: Vec<(Uuid, Uuid)> = (0..12)
        .map(|at| {
            let phone = format!("+4420794603{at:02}");
            let lead = program.enrol(workflow, json!({ "phone": phone }));
            (lead.lead.parse().unwrap(), lead.run.parse().unwrap())
        })
        .collect();
    // The same each time, so that what it finds is found again.
    let mut rng = StdRng::seed_from_u64(7);
    let mut conn = app.connect();
    let conn = &mut conn;
    let outcomes = [
        "NO_ANSWER",
        "BUSY",
        "INTERESTED",
        "NOT_INTERESTED",
        "COMPLETED",
        "CALL_BACK",
    ];
    for round in 0..400 {
        let owner = firm.owner();
        let at = rng.random_range(0..leads.len());
        let (lead, run) = leads[at];
        let what = rng.random_range(0..12);
        // What is refused is refused; it must only leave nothing behind.
        let done = match what {
            0..4 => {
                let report = Report {
                    outcome: outcomes[rng.random_range(0..outcomes.len())].to_owned(),
                    call_back_at: rng
                        .random_bool(0.2)
                        .then(|| owner.now + TimeDelta::minutes(rng.random_range(-60..5_000))),
                    ..Report::default()
                };
                workflows::report(conn, &owner, workflow, run, report).map(drop)
            }
            4 => workflows::stop_automation(conn, &owner, lead, None, None).map(drop),
            5 => {
                let with_cadence = rng.random_bool(0.7);
                workflows::resume_automation(conn, &owner, lead, None, with_cadence).map(drop)
            }
            6 => workflows::run_now(conn, &owner, lead),
            7 => workflows::skip_step(conn, &owner, lead, None),
            8 => {
                let until = owner.now + TimeDelta::minutes(rng.random_range(1..3_000));
                workflows::snooze(conn, &owner, lead, until)
            }
            9 => workflows::assign(conn, &owner, lead, workflow, None)
                .map(|assigned| leads[at].1 = assigned.run_id),
            _ => {
                app.wait(TimeDelta::minutes(rng.random_range(1..2_000)));
                app.work();
                Ok(())
            }
        };
        if let Err(error) = done {
            let is_said = matches!(
                error,
                leadline::error::Error::Conflict(_) | leadline::error::Error::Invalid(_)
            );
            assert!(is_said, "{round} {what}: {error:?}");
        }
        let broken: Count = sql_query(BROKEN)
            .bind::<diesel::sql_types::Timestamptz, _>(app.clock.now())
            .get_result(conn)
            .unwrap();
        assert_eq!(broken.n, 0, "round {round}, after {what}");
    }
}
