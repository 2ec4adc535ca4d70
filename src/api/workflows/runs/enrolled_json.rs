//! Enrolments from a file in the words of contract §4.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::enrolment::{Enrolled, Group, One, Refused};
use crate::leads::Metadata;
use crate::workflows::RunStatus;

/// Leads that are in the workflow.
#[derive(Serialize)]
pub struct EnrolledJson {
    workflow_id: Uuid,
    leads_enrolled: usize,
    message: String,
    rows_read: usize,
    leads_skipped: usize,
    rows_failed: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<SkippedJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<GroupJson>,
    import_number: i64,
}

/// Rows that were passed over.
#[derive(Serialize)]
struct SkippedJson {
    code: &'static str,
    message: String,
    count: usize,
    rows: Vec<u32>,
}

/// Rows that are not right.
#[derive(Serialize)]
struct GroupJson {
    code: &'static str,
    message: String,
    count: usize,
    rows: Vec<u32>,
    samples: Vec<SampleJson>,
}

#[derive(Serialize)]
struct SampleJson {
    row: u32,
    value: String,
}

/// A file of which nothing was enrolled.
#[derive(Serialize)]
pub struct RefusedJson {
    error: &'static str,
    message: String,
    workflow_id: Uuid,
    rows_read: usize,
    rows_failed: usize,
    errors: Vec<GroupJson>,
}

/// One lead that is in the workflow.
#[derive(Serialize)]
pub struct OneJson {
    id: Uuid,
    workflow_id: Uuid,
    phone_number: String,
    metadata: Metadata,
    current_node_id: Option<Uuid>,
    status: RunStatus,
    enrolled_at: DateTime<Utc>,
}

impl EnrolledJson {
    /// What became of a file.
    pub fn of(workflow_id: Uuid, enrolled: Enrolled) -> Self {
        let Enrolled { number, tally } = enrolled;
        let leads_enrolled = tally.enrolled();
        Self {
            workflow_id,
            leads_enrolled,
            message: match leads_enrolled {
                1 => "1 lead enrolled in the workflow.".to_owned(),
                many => format!("{many} leads enrolled in the workflow."),
            },
            rows_read: tally.rows_read(),
            leads_skipped: tally.skipped.count(),
            rows_failed: tally.failed.count(),
            skipped: tally
                .skipped
                .into_groups()
                .into_iter()
                .map(SkippedJson::from)
                .collect(),
            errors: groups(tally.failed.into_groups()),
            import_number: number,
        }
    }
}

impl RefusedJson {
    /// What is wrong with a file.
    pub fn of(workflow_id: Uuid, refused: Refused) -> Self {
        let Refused { rows_read, rows } = refused;
        let rows_failed = rows.count();
        Self {
            error: "Validation error",
            message: format!(
                "{rows_failed} of {rows_read} rows cannot be enrolled; nothing was enrolled"
            ),
            workflow_id,
            rows_read,
            rows_failed,
            errors: groups(rows.into_groups()),
        }
    }
}

impl OneJson {
    /// A lead that was enrolled at `enrolled_at`.
    pub fn of(workflow_id: Uuid, one: One, enrolled_at: DateTime<Utc>) -> Self {
        Self {
            id: one.run_id,
            workflow_id,
            phone_number: one.phone_number,
            metadata: one.metadata,
            current_node_id: one.current_node_id,
            status: one.status,
            enrolled_at,
        }
    }
}

fn groups(groups: Vec<Group>) -> Vec<GroupJson> {
    groups.into_iter().map(GroupJson::from).collect()
}

impl From<Group> for SkippedJson {
    fn from(group: Group) -> Self {
        Self {
            code: group.code.as_str(),
            message: group.sentence.into_owned(),
            count: group.count,
            rows: group.rows,
        }
    }
}

impl From<Group> for GroupJson {
    fn from(group: Group) -> Self {
        let samples = group.samples.into_iter();
        Self {
            code: group.code.as_str(),
            message: group.sentence.into_owned(),
            count: group.count,
            rows: group.rows,
            samples: samples
                .map(|(row, value)| SampleJson { row, value })
                .collect(),
        }
    }
}
