//! What became of a lead's run, and what people did about it, in words.

use super::changes::Difference;
use crate::audit::{Entry, Event};

/// The icon and the sentence of an entry about a run; nothing for any other entry.
pub fn did(entry: &Entry, changes: &[Difference]) -> Option<(&'static str, String)> {
    Some(match entry.event {
        Event::LeadConverted => ("st-won", status(changes)),
        Event::LeadStatusChanged => ("st-contacted", status(changes)),
        Event::RunEnded => ("check", format!("ended the run: {}", ended(entry))),
        Event::RunPaused => ("pause", "paused the cadence".to_owned()),
        Event::RunResumed if entry.data["cadence_resumed"] == true => {
            ("play", "let the cadence go on".to_owned())
        }
        Event::RunResumed => ("user", "took the lead on by hand".to_owned()),
        Event::RunMoved => moved(entry),
        _ => return None,
    })
}

/// Why it was done, when the entry says so.
pub fn reason(entry: &Entry) -> String {
    entry.data["reason"].as_str().unwrap_or_default().to_owned()
}

fn status(changes: &[Difference]) -> String {
    let word = |key: &str| key.replace('_', " ");
    match changes.first() {
        Some(change) if change.from.is_empty() => format!("set the status to {}", word(&change.to)),
        Some(Difference { from, to, .. }) => {
            format!("changed the status from {} to {}", word(from), word(to))
        }
        None => "changed the status".to_owned(),
    }
}

fn ended(entry: &Entry) -> &'static str {
    match entry.data["status"].as_str().unwrap_or_default() {
        "converted" => "won",
        "dropped" => "given up",
        "removed" => "taken out",
        "failed" => "stopped by a fault",
        _ => "completed",
    }
}

fn moved(entry: &Entry) -> (&'static str, String) {
    let step = entry.data["step"].as_str().unwrap_or("its step");
    match entry.data["how"].as_str().unwrap_or_default() {
        "run now" => ("play", format!("let “{step}” happen now")),
        "put off" => ("clock", format!("put “{step}” off")),
        "left out" => ("skip", format!("skipped “{step}”")),
        "moved" => ("right", format!("moved the lead on from “{step}”")),
        "skipped" => ("skip", format!("put “{step}” off for an hour")),
        "outcome taken back" => ("undo", "took the last outcome back".to_owned()),
        how => ("info", how.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::audit::Subject;

    fn told(event: Event, data: Value) -> Option<String> {
        let entry = Entry {
            id: Uuid::nil(),
            number: 1,
            event,
            subject: Subject::Lead,
            subject_id: Uuid::nil(),
            actor: "worker".into(),
            actor_id: None,
            api_key: None,
            data,
            request_method: None,
            request_path: None,
            request_headers: None,
            request_ip: None,
            created_at: DateTime::UNIX_EPOCH,
        };
        let change = Difference {
            what: "the status".into(),
            from: "new".into(),
            to: "lost".into(),
        };
        did(&entry, &[change]).map(|(_, sentence)| sentence)
    }

    #[test]
    fn what_is_done_about_a_run_is_told_by_its_step() {
        let moved = |how: &str| told(Event::RunMoved, json!({"how": how, "step": "First call"}));
        assert_eq!(moved("left out").unwrap(), "skipped “First call”");
        assert_eq!(moved("run now").unwrap(), "let “First call” happen now");
        let ended = told(Event::RunEnded, json!({"status": "dropped"}));
        assert_eq!(ended.unwrap(), "ended the run: given up");
        let set = told(Event::LeadStatusChanged, json!({}));
        assert_eq!(set.unwrap(), "changed the status from new to lost");
        assert_eq!(told(Event::LeadUpdated, json!({})), None);
    }
}
