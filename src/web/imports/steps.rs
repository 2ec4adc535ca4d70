//! The way of an import, as it stands on top of each of its pages.

use super::LIST;
use crate::enrolment::imports::{Import, State};

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The file is chosen and read.
    File,
    /// What its columns are for.
    Columns,
    /// What happens with its rows.
    Rules,
    /// What would come of it.
    Check,
    /// It comes in.
    Run,
}

const ALL: [(Step, &str); 5] = [
    (Step::File, "File"),
    (Step::Columns, "Columns"),
    (Step::Rules, "Rules"),
    (Step::Check, "Check"),
    (Step::Run, "Run"),
];

/// The steps as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps(Vec<Knot>);

/// A step as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knot {
    /// What it is called.
    pub label: &'static str,
    /// Its place, from 1.
    pub place: usize,
    /// Whether this page is about it.
    pub is_now: bool,
    /// Whether it is done.
    pub is_done: bool,
    /// Where it is; empty when it can't be gone to.
    pub path: String,
}

impl Steps {
    /// The steps of an import on the page of one of them.
    pub fn of(import: &Import, now: Step) -> Self {
        let reached = reached(import);
        Self::with(now, |step| {
            let path = match open(import, step) && step != now {
                true => address(import, step),
                false => String::new(),
            };
            (step < reached, path)
        })
    }

    /// The steps of an import that has no file yet.
    pub fn begun() -> Self {
        Self::with(Step::File, |_| (false, String::new()))
    }

    fn with(now: Step, stands: impl Fn(Step) -> (bool, String)) -> Self {
        let knot = |(at, (step, label)): (usize, &(Step, &'static str))| {
            let (is_done, path) = stands(*step);
            Knot {
                label,
                place: at + 1,
                is_now: *step == now,
                is_done,
                path,
            }
        };
        Self(ALL.iter().enumerate().map(knot).collect())
    }

    /// Each of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Knot> {
        self.0.iter()
    }
}

/// The first step that is not done.
fn reached(import: &Import) -> Step {
    match (import.state, &import.plan) {
        (State::Draft, None) => Step::Columns,
        (State::Draft, Some(_)) => Step::Rules,
        (State::Checking | State::Checked, _) => Step::Check,
        _ => Step::Run,
    }
}

/// Whether a step can be gone to: what has run can't be chosen any more.
fn open(import: &Import, step: Step) -> bool {
    match import.state.has_run() {
        true => step == Step::Run,
        false => step <= reached(import),
    }
}

/// The page of a step.
pub fn address(import: &Import, step: Step) -> String {
    let id = import.id;
    match step {
        Step::File => format!("{LIST}/{id}/file"),
        Step::Columns => format!("{LIST}/{id}/columns"),
        Step::Rules => format!("{LIST}/{id}/rules"),
        Step::Check => format!("{LIST}/{id}/check"),
        Step::Run => format!("{LIST}/{id}"),
    }
}

/// Where one goes on with an import.
pub fn onward(import: &Import) -> String {
    address(import, reached(import))
}
