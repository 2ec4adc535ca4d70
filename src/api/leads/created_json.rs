//! What leads that came in, or were there already, are answered with (contract §2).

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::json::{LeadJson, RunJson};
use crate::api::refusal::one_sentence;
use crate::enrolment::Arrival;
use crate::error::{Error, Result};
use crate::leads::Lead;

/// One lead.
#[derive(Serialize)]
pub struct OneJson {
    success: bool,
    lead: LeadJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    workflow_run: Option<RunJson>,
}

impl OneJson {
    /// A lead that came in at `now`, or the one that is taken for it.
    pub fn of(arrival: Arrival, now: DateTime<Utc>) -> Self {
        let (lead, run) = match arrival {
            Arrival::New(taken) => {
                let run = taken.run.as_ref().map(RunJson::from);
                (LeadJson::taken(taken, now), run)
            }
            Arrival::There { lead, run, .. } => {
                let lead = LeadJson::from(Lead::clone(&lead));
                (lead, run.as_ref().map(RunJson::from))
            }
            Arrival::Earlier(taken) => (LeadJson::taken(taken, now), None),
        };
        Self {
            success: true,
            lead,
            workflow_run: run,
        }
    }
}

/// Several leads.
#[derive(Serialize)]
pub struct ManyJson {
    success: bool,
    results: Vec<RowJson>,
    summary: SummaryJson,
}

#[derive(Serialize)]
struct RowJson {
    #[serde(flatten)]
    result: ResultJson,
    index: usize,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ResultJson {
    Good {
        #[serde(flatten)]
        one: Box<OneJson>,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        reused: bool,
    },
    Bad {
        success: bool,
        error: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        lead_id: Option<Uuid>,
    },
}

#[derive(Serialize)]
struct SummaryJson {
    total: usize,
    created: usize,
    failed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    reused: Option<usize>,
}

impl ManyJson {
    /// Leads that came in at `now`, each with what became of it.
    pub fn of(arrivals: Vec<Result<Arrival>>, now: DateTime<Utc>) -> Self {
        let count =
            |of: fn(&Result<Arrival>) -> bool| arrivals.iter().filter(|one| of(one)).count();
        let (total, failed) = (arrivals.len(), count(Result::is_err));
        let created = count(|one| matches!(one, Ok(Arrival::New(_))));
        let reused = Some(total - created - failed).filter(|reused| *reused > 0);
        let results = arrivals.into_iter().enumerate();
        let results = results.map(|(index, arrival)| RowJson {
            index,
            result: ResultJson::of(arrival, now),
        });
        Self {
            success: failed == 0,
            results: results.collect(),
            summary: SummaryJson {
                total,
                created,
                failed,
                reused,
            },
        }
    }
}

impl ResultJson {
    fn of(arrival: Result<Arrival>, now: DateTime<Utc>) -> Self {
        match arrival {
            Ok(arrival) => Self::Good {
                reused: !matches!(arrival, Arrival::New(_)),
                one: Box::new(OneJson::of(arrival, now)),
            },
            Err(error) => Self::Bad {
                success: false,
                error: one_sentence(&error),
                lead_id: match error {
                    Error::Duplicate(there) => there.lead_id(),
                    _ => None,
                },
            },
        }
    }
}
