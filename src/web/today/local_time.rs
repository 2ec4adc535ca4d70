//! What time it is where a lead lives, and whether it is a good hour to call.

use chrono::{DateTime, TimeDelta, Utc};

use crate::hours::city;
use crate::workflows::Task;

/// The time at a lead's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// "19:12 in Santiago".
    pub said: String,
    /// Whether its contact hours are open.
    pub open: bool,
    /// "a good hour until 20:00".
    pub hours: String,
}

/// The time where the lead of a task lives.
pub fn local_time(task: &Task, now: DateTime<Utc>) -> LocalTime {
    let here = now.with_timezone(&task.zone);
    let hours = match task.open_until {
        Some(until) if until - now >= TimeDelta::days(1) => "a good hour".to_owned(),
        Some(until) => {
            let until = until.with_timezone(&task.zone);
            format!("a good hour until {}", until.format("%H:%M"))
        }
        None => "outside its contact hours".to_owned(),
    };
    LocalTime {
        said: format!("{} in {}", here.format("%H:%M"), city(task.zone)),
        open: task.open_until.is_some(),
        hours,
    }
}
