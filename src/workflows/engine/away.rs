//! Steps of people who are away: everybody's, or put off until they are back, as the workflow says.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Timestamptz;
use uuid::Uuid;

use super::super::words::WhenAway;
use super::live::Live;
use crate::db::schema::absences;
use crate::error::Result;
use crate::hours::first_instant;

/// The days away of those whose steps are not to wait for them, by person.
#[derive(Default)]
pub struct Absences(HashMap<Uuid, Vec<(NaiveDate, NaiveDate)>>);

impl Absences {
    /// Loads them for the owners of runs whose workflows ask for them: one query, none where no
    /// workflow does.
    pub fn load(conn: &mut PgConnection, accounts: &[Uuid], lives: &[Live]) -> Result<Self> {
        let asks = |live: &&Live| live.workflow.when_away != WhenAway::Stay;
        let asking = lives.iter().filter(asks);
        let people: Vec<Uuid> = asking.filter_map(|live| live.lead.owner_id).collect();
        if people.is_empty() {
            return Ok(Self::default());
        }
        let found: Vec<(Uuid, NaiveDate, NaiveDate)> = absences::table
            .filter(absences::account_id.eq_any(accounts))
            .filter(absences::user_id.eq_any(people))
            .select((absences::user_id, absences::starts_on, absences::ends_on))
            .load(conn)?;
        let mut days: HashMap<Uuid, Vec<_>> = HashMap::new();
        for (person, starts_on, ends_on) in found {
            days.entry(person).or_default().push((starts_on, ends_on));
        }
        Ok(Self(days))
    }

    /// When somebody is back who is away at `now`: the first instant after the days they are away
    /// on end, those that follow without a gap among them.
    pub fn back_at(&self, person: Uuid, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let days = self.0.get(&person)?;
        let today = now.with_timezone(&zone).date_naive();
        let mut back = today;
        while let Some((_, ends_on)) = days.iter().find(|(from, to)| (*from..=*to).contains(&back))
        {
            back = ends_on.checked_add_days(Days::new(1))?;
        }
        (back > today).then(|| first_instant(back.and_time(NaiveTime::MIN), zone))
    }
}

/// Tasks that wait for somebody who is away, in workflows that would not have them wait.
const WAKE: &str = "
    UPDATE workflow_run_steps s SET wake_at = $1
    FROM users u, accounts a, absences b, workflows w
    WHERE s.state = 'task' AND s.exited_at IS NULL AND s.wake_at > $1
      AND (s.claim_ends_at IS NULL OR s.claim_ends_at <= $1)
      AND u.account_id = s.account_id AND u.id = s.owner_id
      AND a.id = s.account_id
      AND b.account_id = s.account_id AND b.user_id = s.owner_id
      AND ($1 AT TIME ZONE coalesce(u.time_zone, a.time_zone))::date
          BETWEEN b.starts_on AND b.ends_on
      AND w.account_id = s.account_id AND w.id = s.workflow_id AND w.when_away <> 'stay'";

/// Has the worker look again at tasks of people who went away since they got them; how many those
/// are. A task is looked at again each time its contact hours end, so this is for the days between.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn wake_tasks_of_the_absent(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    Ok(sql_query(WAKE).bind::<Timestamptz, _>(now).execute(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_follow_each_other_are_one_absence() {
        let person = Uuid::from_u128(1);
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let days = vec![
            (day("2026-11-26"), day("2026-11-27")),
            (day("2026-11-24"), day("2026-11-25")),
            (day("2026-12-24"), day("2026-12-26")),
        ];
        let absences = Absences(HashMap::from([(person, days)]));
        let back = |now: &str| {
            let back = absences.back_at(person, Tz::America__Santiago, now.parse().unwrap());
            back.map(|back| back.to_rfc3339())
        };
        assert_eq!(
            back("2026-11-24T12:00:00Z").as_deref(),
            Some("2026-11-28T03:00:00+00:00")
        );
        // Still the 23rd there.
        assert_eq!(back("2026-11-24T02:00:00Z"), None);
        assert_eq!(back("2026-11-28T12:00:00Z"), None);
        let noon = "2026-11-24T12:00:00Z".parse().unwrap();
        assert_eq!(absences.back_at(Uuid::nil(), Tz::UTC, noon), None);
    }
}
