//! Where a lead is in its workflow, as a line of steps: what it has passed, where it is and why
//! it waits there, what comes next when nobody answers.

use chrono::{DateTime, Utc};

use crate::workflows::{NodeType, Passed, Progress, RunStatus};

/// One step of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `done`, `now` or `todo`.
    pub state: &'static str,
    /// Its place among the outreach steps to come; the icon stands in its knot otherwise.
    pub number: Option<i32>,
    /// The icon.
    pub icon: &'static str,
    /// What it does.
    pub title: String,
    /// How it went, in words.
    pub outcome: String,
    /// When it was left.
    pub left: Option<DateTime<Utc>>,
    /// When it comes, if nobody answers.
    pub comes: Option<DateTime<Utc>>,
    /// Why it came or comes as it does.
    pub why: String,
}

/// Why a run stands where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Something is due at this instant, past or to come.
    Due(DateTime<Utc>),
    /// The workflow does not run.
    Asleep,
    /// A person holds the run.
    Held,
    /// A person works it by hand; nothing happens by itself.
    ByHand,
}

/// The steps of a run.
pub fn steps(progress: &Progress) -> Vec<Step> {
    let over = progress.ended_at.is_some();
    let passed = progress.passed.iter().map(|step| Step {
        state: if over || step.exited_at.is_some() {
            "done"
        } else {
            "now"
        },
        number: None,
        icon: icon(step.node_type),
        title: title(step.node_type, &step.label),
        outcome: outcome(step),
        left: step.exited_at,
        comes: None,
        why: match step.exited_at {
            Some(_) => step.why.clone().unwrap_or_default(),
            None => String::new(),
        },
    });
    let first_tries = progress.planned.iter().filter(|step| step.attempt == 1);
    let planned = first_tries.map(|step| Step {
        state: "todo",
        number: step.step_number,
        icon: icon(step.node_type),
        title: title(step.node_type, &step.label),
        outcome: match step.max_attempts {
            1 => String::new(),
            attempts => format!("up to {attempts} attempts"),
        },
        left: None,
        comes: Some(step.due_at),
        why: step.why.join("; "),
    });
    passed.chain(planned).collect()
}

/// Why the run stands at its step; nothing when it is over.
pub fn why(progress: &Progress) -> Option<Why> {
    if progress.ended_at.is_some() {
        return None;
    }
    let due = progress.passed.last().and_then(|step| step.due_at);
    match (progress.status, due) {
        (RunStatus::Paused, _) => Some(Why::Held),
        (_, Some(at)) => Some(Why::Due(at)),
        (RunStatus::Pending, None) => Some(Why::Asleep),
        (_, None) => Some(Why::ByHand),
    }
}

/// How the run stands, in words.
pub fn standing(progress: &Progress) -> &'static str {
    match progress.status {
        RunStatus::Pending => "enrolled",
        RunStatus::InProgress | RunStatus::Waiting => "under way",
        RunStatus::Paused => "paused",
        RunStatus::Completed => "completed",
        RunStatus::Converted => "won",
        RunStatus::Dropped => "given up",
        RunStatus::Removed => "taken out",
        RunStatus::Failed => "stopped by a fault",
    }
}

fn title(node_type: NodeType, label: &str) -> String {
    let does = does(node_type);
    if node_type.channel().is_none() || label.to_lowercase().contains(&does.to_lowercase()) {
        label.to_owned()
    } else {
        format!("{does} “{label}”")
    }
}

fn outcome(step: &Passed) -> String {
    let mut words: Vec<String> = Vec::new();
    if step.attempt > 1 {
        words.push(format!("attempt {}", step.attempt));
    }
    words.extend(
        step.outcome
            .as_ref()
            .map(|word| word.to_lowercase().replace('_', " ")),
    );
    words.join(", ")
}

fn does(node_type: NodeType) -> &'static str {
    match node_type {
        NodeType::VoiceCall => "Call",
        NodeType::Sms => "SMS",
        NodeType::Whatsapp => "WhatsApp",
        NodeType::Email => "E-mail",
        _ => "",
    }
}

fn icon(node_type: NodeType) -> &'static str {
    match node_type {
        NodeType::VoiceCall => "phone",
        NodeType::Sms | NodeType::Whatsapp => "chat",
        NodeType::Email => "mail",
        NodeType::Time => "clock",
        NodeType::Conditional => "workflow",
        NodeType::Application => "link",
        NodeType::Converted => "check",
        NodeType::Dropped => "close",
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;
    use crate::workflows::{PlannedStep, StepState};

    fn progress(status: RunStatus, due_in_hours: Option<i64>, over: bool) -> Progress {
        let now = DateTime::UNIX_EPOCH;
        let passed = |label: &str, node_type, outcome: Option<&str>, left: bool| Passed {
            node_id: Uuid::nil(),
            label: label.into(),
            node_type,
            attempt: 2,
            state: match left {
                true => StepState::Done,
                false => StepState::Scheduled,
            },
            why: None,
            outcome: outcome.map(str::to_owned),
            due_at: due_in_hours.map(|hours| now + TimeDelta::hours(hours)),
            entered_at: now,
            exited_at: left.then_some(now),
        };
        Progress {
            status,
            ended_at: over.then_some(now),
            passed: vec![
                passed("Welcome call", NodeType::VoiceCall, Some("NO_ANSWER"), true),
                passed("Last date", NodeType::Email, None, over),
            ],
            nodes: Vec::new(),
            statuses: Vec::new(),
            planned: vec![PlannedStep {
                node_id: Uuid::nil(),
                node_type: NodeType::Sms,
                label: "Reminder".into(),
                step_number: Some(3),
                attempt: 1,
                max_attempts: 3,
                due_at: now,
                outcome: None,
                why: Vec::new(),
            }],
        }
    }

    #[test]
    fn the_line_runs_from_what_is_done_to_what_is_planned() {
        let steps = steps(&progress(RunStatus::Waiting, Some(1), false));
        let told = steps.iter().map(|step| {
            let number = step.number.unwrap_or_default();
            format!("{} {number} {} ({})", step.state, step.title, step.outcome)
        });
        let expected = [
            "done 0 Welcome call (attempt 2, no answer)",
            "now 0 E-mail “Last date” (attempt 2)",
            "todo 3 SMS “Reminder” (up to 3 attempts)",
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_run_says_why_it_waits_and_nothing_once_it_is_over() {
        let due = DateTime::UNIX_EPOCH + TimeDelta::hours(1);
        let said = |status, due, over| why(&progress(status, due, over));
        assert_eq!(
            said(RunStatus::Waiting, Some(1), false),
            Some(Why::Due(due))
        );
        assert_eq!(said(RunStatus::Paused, Some(1), false), Some(Why::Held));
        assert_eq!(said(RunStatus::Pending, None, false), Some(Why::Asleep));
        assert_eq!(said(RunStatus::Waiting, None, false), Some(Why::ByHand));
        assert_eq!(said(RunStatus::Converted, None, true), None);
    }
}
