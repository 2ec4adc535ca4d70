//! When a decision is made, on the lead's clock.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::super::node_config::Delay;
use crate::hours::{self, ContactHours, Opening};

/// The instant of a decision and the lead's contact hours.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The instant.
    pub now: DateTime<Utc>,
    /// The zone the lead lives in.
    pub zone: Tz,
    /// When it may be contacted.
    pub hours: &'a ContactHours,
}

impl Moment<'_> {
    /// The same lead so much later.
    pub fn later(self, gap: TimeDelta) -> Self {
        let now = self.now + gap;
        Self { now, ..self }
    }

    /// Until when the lead may be contacted; or when it may be next, and the sentence why.
    pub fn opening(&self) -> Result<DateTime<Utc>, (DateTime<Utc>, String)> {
        match self.hours.at(self.now, self.zone) {
            Opening::Open { until } => Ok(until),
            Opening::Closed { opens, because } => {
                let sentence = hours::sentence(opens, &because, self.zone, self.now);
                Err((opens, sentence))
            }
        }
    }

    /// The first instant from now on at which the lead may be contacted, and the sentence why when
    /// that is later.
    pub fn first_opening(&self) -> (DateTime<Utc>, Option<String>) {
        match self.opening() {
            Ok(_) => (self.now, None),
            Err((opens, sentence)) => (opens, Some(sentence)),
        }
    }

    /// The end of a wait that begins now.
    pub fn after(&self, delay: Delay) -> DateTime<Utc> {
        match delay {
            Delay::Elapsed(gap) => self.now + gap,
            Delay::BusinessDays(days) => {
                hours::add_business_days(self.now, days, self.zone, self.hours)
            }
        }
    }
}
