//! Why a rotation gave a lead to somebody, as a salesperson reads it.

use chrono::NaiveDate;
use serde_json::Value;

use crate::audit::Entry;

/// What was done, when a rotation did it: a sentence that goes on where its actor stands.
pub fn did(entry: &Entry, to: &str) -> Option<String> {
    let name = named(entry)?;
    Some(match to {
        "" => format!("gave the lead to {name}, which found nobody for it"),
        to => format!("gave the lead to {to} by {name}"),
    })
}

/// Why it was them, and who was passed over; empty when no rotation did it.
pub fn reason(entry: &Entry) -> String {
    let rotation = &entry.data["rotation"];
    let because = match rotation["because"].as_str() {
        Some("turn") => "it was their turn",
        Some("fewest_open") => "they had the fewest open leads",
        Some("previous_owner") => "they had the same person as a lead before",
        Some("fallback") => "they get what nobody else can take",
        Some("nobody") => "nobody could take it",
        _ => return String::new(),
    };
    let passed = rotation["passed_over"].as_array().into_iter().flatten();
    let passed: Vec<String> = passed.map(passed_over).collect();
    match passed.is_empty() {
        true => because.to_owned(),
        false => format!("{because}; passed over: {}", passed.join(", ")),
    }
}

fn named(entry: &Entry) -> Option<String> {
    let name = entry.data["rotation"]["name"].as_str()?;
    Some(match name.eq_ignore_ascii_case("default") {
        true => "the default rotation".to_owned(),
        false => format!("the rotation “{name}”"),
    })
}

/// "Rita Osei (away until 3 Dec)".
fn passed_over(one: &Value) -> String {
    let until = &one["until"];
    let why = match one["why"].as_str().unwrap_or_default() {
        "away" => match until.as_str().unwrap_or_default().parse::<NaiveDate>() {
            Ok(day) => format!("away until {}", day.format("%-d %b")),
            Err(_) => "away".to_owned(),
        },
        "hours" => "off work".to_owned(),
        "daily_cap" => format!("had {until} that day"),
        _ => "can’t sign in any more".to_owned(),
    };
    format!("{} ({why})", one["name"].as_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_was_passed_over_is_named_with_the_reason() {
        let said = |why: &str, until: Value| {
            passed_over(&json!({"name": "Rita", "why": why, "until": until}))
        };
        assert_eq!(said("away", json!("2026-12-03")), "Rita (away until 3 Dec)");
        assert_eq!(
            said("hours", json!("2026-11-20T08:00:00Z")),
            "Rita (off work)"
        );
        assert_eq!(said("daily_cap", json!(5)), "Rita (had 5 that day)");
        assert_eq!(
            said("deactivated", Value::Null),
            "Rita (can’t sign in any more)"
        );
    }
}
