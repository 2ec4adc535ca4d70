//! Where a lead is in its workflow, as a line of steps: what it has passed, where it is and why
//! it waits there, what comes next when nobody answers.

use chrono::{DateTime, Utc};

use crate::workflows::{Node, NodeType, Passed, Progress, RunStatus};

/// One step of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `done`, `now` or `todo`.
    pub state: &'static str,
    /// What stands in its knot: a number, or an icon where there is none.
    pub number: Option<i32>,
    /// The icon.
    pub icon: &'static str,
    /// What it does.
    pub title: String,
    /// How it went, in words.
    pub outcome: String,
    /// When it was left.
    pub left: Option<DateTime<Utc>>,
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
}

/// The steps of a run.
pub fn steps(progress: &Progress) -> Vec<Step> {
    let over = progress.ended_at.is_some();
    let number = |node_id| {
        let planned = progress
            .planned
            .iter()
            .find(|node: &&Node| node.id == node_id);
        planned.and_then(|node| node.step_number)
    };
    let passed = progress.passed.iter().map(|step| Step {
        state: if over || step.exited_at.is_some() {
            "done"
        } else {
            "now"
        },
        number: number(step.node_id),
        icon: icon(step.node_type),
        title: title(step.node_type, &step.label),
        outcome: outcome(step),
        left: step.exited_at,
    });
    let planned = progress.planned.iter().map(|node| Step {
        state: "todo",
        number: node.step_number,
        icon: icon(node.node_type),
        title: title(node.node_type, &node.label),
        outcome: match node.max_attempts() {
            1 => String::new(),
            attempts => format!("up to {attempts} attempts"),
        },
        left: None,
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
        (_, None) => Some(Why::Asleep),
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
