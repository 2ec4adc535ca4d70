//! The filters of the audit in words, each of which can be taken away.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::address::{Filter, Filters};
use super::words;
use crate::audit::Who;

/// One filter in words.
pub struct Chip {
    /// What is filtered, as "Who is".
    pub what: &'static str,
    /// What must hold, as "Ana Rojas".
    pub value: String,
    /// The address without it.
    pub without: String,
}

/// The filters that are in use. What has no name is called by its id.
pub fn chips(filters: &Filters, names: &HashMap<Uuid, String>) -> Vec<Chip> {
    let called = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| id.to_string());
    let who = filters.who.as_ref().map(|who| match who {
        Who::Person(id) => called(*id),
        Who::Key(name) => format!("API key “{name}”"),
        Who::Other(other) => words::other(*other).to_owned(),
    });
    let told = [
        (Filter::Event, "Event is", filters.event.map(words::event)),
        (
            Filter::Subject,
            "About",
            filters.subject.map(|it| words::subject(it).to_owned()),
        ),
        (Filter::Of, "Only", filters.of.map(called)),
        (Filter::Who, "Who is", who),
        (Filter::Days, "Day is", days(filters.from, filters.to)),
    ];
    let chip = |(filter, what, value): (Filter, &'static str, Option<String>)| {
        Some(Chip {
            what,
            value: value?,
            without: filters.without(filter),
        })
    };
    told.into_iter().filter_map(chip).collect()
}

fn days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<String> {
    let said = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    Some(match (from, to) {
        (Some(from), Some(to)) if from == to => said(from),
        (Some(from), Some(to)) => format!("from {} to {}", said(from), said(to)),
        (Some(from), None) => format!("{} or later", said(from)),
        (None, Some(to)) => format!("{} or earlier", said(to)),
        (None, None) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_as_people_say_them() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
        assert_eq!(
            days(day(1), day(24)).unwrap(),
            "from 1 Nov 2026 to 24 Nov 2026"
        );
        assert_eq!(days(day(1), day(1)).unwrap(), "1 Nov 2026");
        assert_eq!(days(day(1), None).unwrap(), "1 Nov 2026 or later");
        assert_eq!(days(None, day(1)).unwrap(), "1 Nov 2026 or earlier");
        assert_eq!(days(None, None), None);
    }
}
