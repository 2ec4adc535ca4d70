//! "What would happen to…": the plan of a lead in a situation that somebody makes up, worked out
//! by what the worker itself asks.

use chrono::{DateTime, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::cards::anchor;
use super::{Choice, Form, Problems, words};
use crate::accounts;
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::Result;
use crate::leads::{self, LeadView};
use crate::text;
use crate::workflows::{
    self, Facts, Graph, Node, NodeType, PlannedStep, Situation, Workflow, plan,
};
use crate::{phone, when};

/// As many tries of calls as can be said to go unanswered.
const MOST_CALLS: usize = 10;

/// What was asked, and the plan that answers it.
#[derive(Default)]
pub struct Simulation {
    /// What was asked.
    pub form: Form,
    /// What could not be read of it.
    pub problems: Problems,
    /// The plan, once something was asked.
    pub plan: Option<Plan>,
}

/// A dated plan.
pub struct Plan {
    /// The lead it is for, when there is one.
    pub lead: Option<String>,
    /// The zone of its times, in words.
    pub zone: String,
    /// When it begins.
    pub begins: String,
    /// The steps.
    pub steps: Vec<Planned>,
}

/// One step of the plan.
pub struct Planned {
    /// "Fri 20 Nov, 17:30", in the lead's zone.
    pub at: String,
    /// What kind of step it is.
    pub node_type: &'static str,
    /// What it is called, and which try it is.
    pub label: String,
    /// What is assumed to come of it; empty for a wait or an end.
    pub outcome: String,
    /// Its card.
    pub anchor: String,
    /// The reason for each shift, and for an end.
    pub why: Vec<String>,
    /// Whether it stands later than its step alone would have it.
    pub is_moved: bool,
}

impl Simulation {
    /// Answers what an address asks; nothing when it asks nothing.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub fn run(
        conn: &mut PgConnection,
        caller: &Caller,
        (workflow, graph): (&Workflow, &Graph),
        form: Form,
    ) -> Result<Self> {
        if !form.has("enters") {
            return Ok(Self::default());
        }
        let lead = match form.filled("lead") {
            Some(words) => found(conn, caller, words)?,
            None => None,
        };
        let hours = match workflows::contact_hours(conn, caller, workflow.row.id)? {
            Some(own) => own,
            None => accounts::contact_hours_of(conn, caller.account.id)?,
        };
        let (zone, start, problems) = read(caller, &form, lead.as_ref());
        let plan = problems.is_empty().then(|| {
            let mut facts = lead
                .as_ref()
                .map_or_else(Facts::default, |one| Facts::of(&one.lead));
            facts.set(
                "status",
                workflow.statuses.first().map(|status| &*status.key),
            );
            let mut situation = Situation {
                start,
                zone,
                hours,
                outcomes: Vec::new(),
                facts,
            };
            situation.outcomes = outcomes(&form, &plan(graph, &situation));
            Plan {
                lead: lead.map(|one| one.lead.name()),
                zone: zone.name().replace('_', " "),
                begins: said(start, zone),
                steps: told(graph, &plan(graph, &situation), zone),
            }
        });
        Ok(Self {
            form,
            problems,
            plan,
        })
    }

    /// When it begins, as it was typed.
    pub fn enters(&self) -> &str {
        self.form.filled("enters").unwrap_or("now")
    }

    /// What may come of a call.
    pub fn answers(&self) -> Vec<Choice> {
        let current = self.form.get("answer");
        let never = Choice::new("", "Nobody ever answers", current);
        let answers = [
            "INTERESTED",
            "NOT_INTERESTED",
            "CALL_BACK",
            "WRONG_NUMBER",
            "DO_NOT_CALL",
        ];
        let answers = answers.map(|word| Choice::new(word, words::outcome(word), current));
        std::iter::once(never).chain(answers).collect()
    }

    /// At which call.
    pub fn calls(&self) -> Vec<Choice> {
        let current = self.form.get("call");
        (1..=MOST_CALLS)
            .map(|call| Choice::new(call.to_string(), format!("at call {call}"), current))
            .collect()
    }
}

/// The zone, the beginning, and what could not be read.
fn read(caller: &Caller, form: &Form, lead: Option<&LeadView>) -> (Tz, DateTime<Utc>, Problems) {
    let mut wrong: Vec<(String, String)> = Vec::new();
    if form.filled("lead").is_some() && lead.is_none() {
        wrong.push((
            "lead".to_owned(),
            "No lead is found by these words".to_owned(),
        ));
    }
    let of_lead = lead
        .and_then(|one| one.lead.phone_e164.as_deref())
        .and_then(phone::time_zone);
    let zone = match form.filled("city") {
        Some(city) => named(city),
        None => Some(of_lead.unwrap_or(caller.account.time_zone)),
    };
    if zone.is_none() {
        let sentence = "There is no such place; name a large city of its time zone";
        wrong.push(("city".to_owned(), sentence.to_owned()));
    }
    let zone = zone.unwrap_or(caller.account.time_zone);
    let start = match form.filled("enters") {
        Some(typed) if !typed.eq_ignore_ascii_case("now") => when::parse(typed, caller.now, zone),
        _ => Ok(caller.now),
    };
    let start = start.unwrap_or_else(|sentence| {
        wrong.push(("enters".to_owned(), sentence));
        caller.now
    });
    (zone, start, Problems::many(wrong.into_iter()))
}

/// The first lead that the words find.
fn found(conn: &mut PgConnection, caller: &Caller, words: &str) -> Result<Option<LeadView>> {
    let query = leads::Query {
        q: Some(words.to_owned()),
        limit: 1,
        ..leads::Query::default()
    };
    Ok(leads::page(conn, caller, &query)?.leads.pop())
}

/// The zone of a city, or with this name.
fn named(typed: &str) -> Option<Tz> {
    let wanted = text::fold(typed.trim()).replace(' ', "_");
    let name = |zone: &Tz| text::fold(zone.name());
    let mut zones = TZ_VARIANTS.iter().copied();
    zones.find(|zone| {
        let name = name(zone);
        name == wanted || name.rsplit('/').next() == Some(&wanted)
    })
}

/// What comes of each outreach step until somebody answers the call that was chosen; the plan in
/// which nobody does says which steps those are.
fn outcomes(form: &Form, silent: &[PlannedStep]) -> Vec<String> {
    let Some(answer) = form.filled("answer") else {
        return Vec::new();
    };
    let answered: usize = form.get("call").parse().unwrap_or(1);
    let mut calls = 0;
    let mut outcomes = Vec::new();
    for step in silent
        .iter()
        .filter(|step| step.node_type.channel().is_some())
    {
        if step.node_type == NodeType::VoiceCall {
            calls += 1;
            if calls == answered {
                outcomes.push(answer.to_owned());
                break;
            }
        }
        outcomes.extend(step.outcome.clone());
    }
    outcomes
}

fn told(graph: &Graph, steps: &[PlannedStep], zone: Tz) -> Vec<Planned> {
    steps
        .iter()
        .map(|step| {
            let most = graph.node(step.node_id).map_or(1, Node::max_attempts);
            Planned {
                at: said(step.due_at, zone),
                node_type: step.node_type.as_str(),
                label: match most {
                    1 => step.label.clone(),
                    most => format!("{}, try {} of {most}", step.label, step.attempt),
                },
                outcome: match (step.node_type, &step.outcome) {
                    (NodeType::Time, _) | (_, None) => String::new(),
                    (_, Some(outcome)) => words::outcome(outcome).to_lowercase(),
                },
                anchor: anchor(step.node_id),
                is_moved: !step.why.is_empty()
                    && !step.node_type.is_terminal()
                    && step.node_type != NodeType::Time,
                why: step.why.clone(),
            }
        })
        .collect()
}

fn said(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone)
        .format("%a %-d %b, %H:%M")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_by_its_city_however_it_is_written() {
        assert_eq!(named("Santiago"), Some(Tz::America__Santiago));
        assert_eq!(named(" new york"), Some(Tz::America__New_York));
        assert_eq!(named("sao paulo"), Some(Tz::America__Sao_Paulo));
        assert_eq!(named("europe/berlin"), Some(Tz::Europe__Berlin));
        assert_eq!(named("Atlantis"), None);
    }
}
