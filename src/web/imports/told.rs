//! What an import does with its rows, as its pages tell it.

use super::words;
use crate::enrolment::imports::{Import, Problem, State};
use crate::enrolment::{Existing, MatchBy, Owners, Plan, Verdict};
use crate::leads::{self, Came, Imported};
use crate::web::leads::List;

/// What becomes of rows.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What people call it.
    pub name: &'static str,
    /// What it means.
    pub says: String,
    /// How many rows.
    pub rows: i32,
    /// How much of the whole, in percent.
    pub share: String,
    /// The colour of its bar.
    pub bar: &'static str,
    /// Where its rows, or its leads, are; empty when there are none.
    pub path: String,
}

/// What becomes of the rows, each with its share.
pub fn outcomes(import: &Import, problems: &[Problem]) -> Vec<Outcome> {
    let all = import.counts.rows_read();
    let one = |verdict: Verdict| {
        let rows = import.counts.of(verdict);
        let (name, bar) = named(verdict, import.state.has_run());
        Outcome {
            name,
            says: says(verdict, import, problems),
            rows,
            share: share(rows, all),
            bar,
            path: match rows {
                0 => String::new(),
                _ => path(import, verdict),
            },
        }
    };
    [
        Verdict::Created,
        Verdict::Updated,
        Verdict::Skipped,
        Verdict::Failed,
    ]
    .map(one)
    .to_vec()
}

/// The rows of an outcome as a title.
pub fn title(verdict: Verdict, has_run: bool) -> &'static str {
    match (verdict, has_run) {
        (Verdict::Created, false) => "Rows that will be new leads",
        (Verdict::Updated, false) => "Rows that will update a lead",
        (Verdict::Skipped, false) => "Rows that will be skipped",
        (Verdict::Failed, false) => "Rows that fail",
        (Verdict::Created, true) => "Rows that are new leads",
        (Verdict::Updated, true) => "Rows that updated a lead",
        (Verdict::Skipped, true) => "Rows that were skipped",
        (Verdict::Failed, true) => "Rows that failed",
    }
}

fn named(verdict: Verdict, has_run: bool) -> (&'static str, &'static str) {
    match (verdict, has_run) {
        (Verdict::Created, false) => ("Create", "bar"),
        (Verdict::Updated, false) => ("Update", "bar-blue"),
        (Verdict::Skipped, false) => ("Skip", "bar-amber"),
        (Verdict::Failed, false) => ("Fail", "bar-red"),
        (Verdict::Created, true) => ("Created", "bar"),
        (Verdict::Updated, true) => ("Updated", "bar-blue"),
        (Verdict::Skipped, true) => ("Skipped", "bar-amber"),
        (Verdict::Failed, true) => ("Failed", "bar-red"),
    }
}

fn says(verdict: Verdict, import: &Import, problems: &[Problem]) -> String {
    let workflow = import.workflow.as_deref();
    match verdict {
        Verdict::Created => match workflow {
            Some(name) => format!("New leads, in the workflow {name}"),
            None => "New leads".to_owned(),
        },
        Verdict::Updated => match import.plan.as_ref().map(|plan| plan.existing) {
            Some(Existing::Fill) => {
                "Leads you have; what they don’t say yet is filled in".to_owned()
            }
            Some(Existing::Update) => {
                "Leads you have; what the file says replaces what they say".to_owned()
            }
            _ => "Leads you have, in the workflow now".to_owned(),
        },
        Verdict::Skipped | Verdict::Failed => {
            let these = problems.iter().filter(|one| one.verdict == verdict);
            let reasons = these.clone().take(2).map(|one| {
                let reason = words::reason(one.reason.trim_end_matches('.'));
                format!("{} × {reason}", words::thousands(one.count))
            });
            let more = these.count().saturating_sub(2);
            let mut said: Vec<String> = reasons.collect();
            if more > 0 {
                said.push(format!("and {more} more reasons"));
            }
            said.join("; ")
        }
    }
}

fn path(import: &Import, verdict: Verdict) -> String {
    let came = match verdict {
        Verdict::Created => Some(Came::Created),
        Verdict::Updated => Some(Came::Updated),
        Verdict::Skipped | Verdict::Failed => None,
    };
    // Of an import that has run, the leads are worth more than its rows.
    match came.filter(|_| import.state.has_run()) {
        Some(came) => leads_of(import, Some(came)),
        None => format!("/imports/{}/rows?verdict={}", import.id, verdict.as_str()),
    }
}

/// The list of the leads that an import wrote.
pub fn leads_of(import: &Import, came: Option<Came>) -> String {
    let number = import.number;
    List::new(leads::Query {
        import: Some(Imported { number, came }),
        ..leads::Query::default()
    })
    .url()
}

/// `74.7`, and `0.1` for the smallest part.
fn share(rows: i32, all: i32) -> String {
    match (rows, all) {
        (0, _) | (_, 0) => "0".to_owned(),
        (rows, all) => {
            let percent = f64::from(rows) / f64::from(all) * 100.0;
            let text = format!("{:.1}", percent.max(0.1));
            text.trim_end_matches(".0").to_owned()
        }
    }
}

/// What was chosen, as labels and values; `person` names a person by id.
pub fn chosen(
    import: &Import,
    plan: &Plan,
    person: impl Fn(uuid::Uuid) -> String,
) -> Vec<(&'static str, String)> {
    let mut said = vec![("File", import.file_name.clone())];
    let by: Vec<&str> = plan
        .match_by
        .iter()
        .map(|by| match by {
            MatchBy::Phone => "phone",
            MatchBy::Email => "e-mail",
            MatchBy::ExternalId => "external id",
        })
        .collect();
    said.push((
        "Match on",
        match by.is_empty() {
            true => "nothing: each row is a new lead".to_owned(),
            false => by.join(", then "),
        },
    ));
    if !by.is_empty() {
        let existing = match plan.existing {
            Existing::Skip => "skip them",
            Existing::Enrol => "enrol them",
            Existing::Fill => "fill in what they don’t say",
            Existing::Update => "the file wins",
        };
        said.push(("Known leads", existing.to_owned()));
    }
    said.push((
        "Owner",
        match &plan.owners {
            Owners::Rotation => "whoever’s turn it is, unless a row says it".to_owned(),
            Owners::Nobody => "nobody, unless a row says it".to_owned(),
            Owners::Person(id) => person(*id),
            Owners::InTurn(ids) => {
                let names: Vec<String> = ids.iter().map(|id| person(*id)).collect();
                format!("in turn: {}", names.join(", "))
            }
        },
    ));
    let workflow = import.workflow.clone();
    said.push(("Workflow", workflow.unwrap_or_else(|| "none".to_owned())));
    if let Some(a_day) = plan.starts_a_day {
        said.push((
            "Start",
            format!("at most {} a day", words::thousands(a_day)),
        ));
    }
    said.push(("Source", plan.source.clone()));
    if !plan.tags.is_empty() {
        said.push(("Tags", plan.tags.join(", ")));
    }
    said
}

/// What is under way, as a sentence, when something is.
pub fn under_way(import: &Import) -> Option<&'static str> {
    match import.state {
        State::Checking => Some("Checking the rows. Nothing is written yet."),
        State::Running => Some("The leads are coming in."),
        State::Undoing => Some("The import is being undone."),
        _ => None,
    }
}
