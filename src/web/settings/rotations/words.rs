//! Rotations in words.

use chrono_tz::Tz;

use crate::rotations::{Because, Passed, Rotation, Status, Strategy, Turn, Why};
use crate::teams::Team;

/// How the next is picked, where one way is chosen.
pub fn strategy(strategy: &Strategy) -> (&'static str, &'static str) {
    match strategy {
        Strategy::RoundRobin => ("One after another", "Everybody gets as many as the others."),
        Strategy::Weighted => (
            "By weight",
            "One after another; who weighs 2 comes twice as often as who weighs 1.",
        ),
        Strategy::FewestOpen => (
            "Fewest open leads",
            "Whoever has the fewest leads that are neither won nor lost.",
        ),
        Strategy::PreviousOwner => (
            "Previous owner first",
            "Somebody who was a lead before goes to whoever had them; others one after another.",
        ),
    }
}

/// Whether it is at work.
pub fn status(status: &Status) -> (&'static str, &'static str, &'static str) {
    match status {
        Status::Active => ("At work", "won", "st-won"),
        Status::Queued => ("Set aside", "wait", "st-new"),
        Status::Archived => ("Archived", "", "st-lost"),
    }
}

/// Which leads it gives out.
pub fn gives_out(rotation: &Rotation, teams: &[Team]) -> String {
    let team = teams.iter().find(|team| Some(team.id) == rotation.team_id);
    match team {
        Some(team) => format!("leads of {}", team.name),
        None if rotation.is_default() => "all leads that no team’s rotation takes".to_owned(),
        None => "what somebody gives to it".to_owned(),
    }
}

/// Why somebody gets the lead.
pub fn because(turn: &Turn) -> &'static str {
    match turn.because {
        Because::Turn => "their turn",
        Because::FewestOpen => "fewest open leads",
        Because::PreviousOwner => "had them before",
        Because::Fallback => "nobody else can",
        Because::Nobody => "nobody can",
    }
}

/// "Rita Osei (away until 3 Dec), Mona Lindqvist (has had 5 today)".
pub fn passed_over(turn: &Turn, zone: Tz) -> String {
    let passed = turn.passed_over.iter().map(|passed| one(passed, zone));
    passed.collect::<Vec<_>>().join(", ")
}

fn one(passed: &Passed, zone: Tz) -> String {
    let why = match passed.why {
        Why::Deactivated => "can’t sign in any more".to_owned(),
        Why::Away(until) => format!("away until {}", until.format("%-d %b")),
        Why::Hours(opens) => {
            let opens = opens.with_timezone(&zone);
            format!("works again {}", opens.format("%a %H:%M"))
        }
        Why::DailyCap(1) => "has had a lead today".to_owned(),
        Why::DailyCap(cap) => format!("has had {cap} today"),
    };
    format!("{} ({why})", passed.name)
}
