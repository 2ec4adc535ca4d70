//! Which status a lead gets by what happened to its run.

use super::super::cadence::End;
use super::super::words::{Category, RunStatus};
use super::super::workflow::Status;

/// The status after a step was left, when it is another. An end sets the status its node names,
/// else the first that ends runs in its own category; a lead that was reached for the first time
/// leaves the open ones; a reply, interest and a meeting move it on, never back.
pub fn after(
    statuses: &[Status],
    current: &str,
    outcome: Option<&str>,
    end: Option<&End>,
    was_reached: bool,
) -> Option<String> {
    let ended = end.and_then(|end| of_end(statuses, end));
    let next = ended.or_else(|| on_the_way(statuses, current, outcome, was_reached))?;
    (next.key != current).then(|| next.key.clone())
}

fn of_end<'a>(statuses: &'a [Status], end: &End) -> Option<&'a Status> {
    let named = end.status_key.as_deref();
    if let Some(status) = statuses.iter().find(|one| Some(one.key.as_str()) == named) {
        return Some(status);
    }
    let category = match end.status {
        RunStatus::Converted => Category::Won,
        RunStatus::Dropped => Category::Lost,
        _ => return None,
    };
    statuses
        .iter()
        .find(|one| one.is_terminal && one.category == category)
}

fn on_the_way<'a>(
    statuses: &'a [Status],
    current: &str,
    outcome: Option<&str>,
    was_reached: bool,
) -> Option<&'a Status> {
    let place = |key: &str| statuses.iter().position(|one| one.key == key);
    let now = place(current)?;
    if statuses[now].is_terminal {
        return None;
    }
    let further = match outcome {
        Some("REPLIED" | "INTERESTED") => place("engaged"),
        Some("MEETING_BOOKED") => place("qualified"),
        _ => None,
    };
    if let Some(further) = further {
        return (further > now).then(|| &statuses[further]);
    }
    let is_new = statuses[now].category == Category::Open;
    let mut active = statuses
        .iter()
        .filter(|one| one.category == Category::Active && !one.is_terminal);
    active.next().filter(|_| was_reached && is_new)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn statuses() -> Vec<Status> {
        [
            ("new", Category::Open, false),
            ("contacted", Category::Active, false),
            ("engaged", Category::Active, false),
            ("qualified", Category::Active, false),
            ("converted", Category::Won, true),
            ("lost", Category::Lost, true),
        ]
        .into_iter()
        .map(|(key, category, is_terminal)| Status {
            id: Uuid::nil(),
            workflow_id: Uuid::nil(),
            key: key.into(),
            label: key.into(),
            color: "#000000".into(),
            category,
            is_terminal,
        })
        .collect()
    }

    fn end(status: RunStatus, status_key: Option<&str>) -> End {
        End {
            status,
            node: None,
            status_key: status_key.map(str::to_owned),
            why: "it came to its end".into(),
        }
    }

    #[test]
    fn a_lead_that_was_reached_is_new_no_more() {
        let all = statuses();
        let reached = |current| after(&all, current, Some("NO_ANSWER"), None, true);
        assert_eq!(reached("new").as_deref(), Some("contacted"));
        assert_eq!(reached("engaged"), None);
        assert_eq!(after(&all, "new", None, None, false), None);
    }

    #[test]
    fn answers_move_on_and_never_back() {
        let all = statuses();
        let after = |current, outcome| after(&all, current, Some(outcome), None, true);
        assert_eq!(after("new", "REPLIED").as_deref(), Some("engaged"));
        assert_eq!(after("qualified", "REPLIED"), None);
        assert_eq!(
            after("contacted", "MEETING_BOOKED").as_deref(),
            Some("qualified")
        );
    }

    #[test]
    fn ends_set_their_status() {
        let all = statuses();
        let ended = |end: End| after(&all, "contacted", None, Some(&end), true);
        let named = ended(end(RunStatus::Converted, Some("qualified")));
        assert_eq!(named.as_deref(), Some("qualified"));
        let won = ended(end(RunStatus::Converted, Some("gone")));
        assert_eq!(won.as_deref(), Some("converted"));
        assert_eq!(
            ended(end(RunStatus::Dropped, None)).as_deref(),
            Some("lost")
        );
        assert_eq!(ended(end(RunStatus::Completed, None)), None);
    }
}
