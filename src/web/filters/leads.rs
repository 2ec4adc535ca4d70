//! What is written about leads: phone numbers, statuses, and where they are in their workflow.

use std::fmt::Write as _;

use askama::Values;
use askama::filters::Safe;

use crate::leads::{RunStep, Standing};

/// A number in E.164 as people of `country` write it.
#[askama::filter_fn]
pub fn phone(e164: &str, _: &dyn Values, country: &str) -> askama::Result<String> {
    Ok(crate::phone::written(e164, country))
}

/// The colour of a status's pill.
#[askama::filter_fn]
pub fn tone(standing: &Standing, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(match standing.category.as_str() {
        "active" => "active",
        "won" => "won",
        "lost" => "lost",
        _ => "",
    })
}

/// The ring of a status: it fills as a lead gets on. The statuses every workflow begins with have
/// their own; others have that of their category.
#[askama::filter_fn]
pub fn ring(standing: &Standing, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(match (standing.category.as_str(), standing.key.as_str()) {
        ("won", _) => "st-won",
        ("lost", _) => "st-lost",
        (_, "contacted") => "st-contacted",
        (_, "engaged") => "st-engaged",
        (_, "qualified") => "st-qualified",
        ("active", _) => "st-contacted",
        _ => "st-new",
    })
}

/// The ring of a status by what it means alone.
#[askama::filter_fn]
pub fn category_ring(category: &str, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(match category {
        "won" => "st-won",
        "lost" => "st-lost",
        "active" => "st-contacted",
        _ => "st-new",
    })
}

/// The icon of what a node does, by its type in the words of contract §3.
#[askama::filter_fn]
pub fn node_icon(node_type: &str, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(match node_type {
        "VOICE_CALL" => "phone",
        "SMS" | "WHATSAPP" => "chat",
        "EMAIL" => "mail",
        "CONDITIONAL" => "workflow",
        "APPLICATION" => "link",
        "CONVERTED" => "st-won",
        "DROPPED" => "st-lost",
        _ => "clock",
    })
}

/// What is due at a node, at the head of a sentence.
#[askama::filter_fn]
pub fn node_due(node_type: &str, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(match node_type {
        "TIME" => "Goes on",
        node_type => does(node_type),
    })
}

/// What a node does, in a word.
#[askama::filter_fn]
pub fn node_does(node_type: &str, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(does(node_type))
}

fn does(node_type: &str) -> &'static str {
    match node_type {
        "VOICE_CALL" => "Call",
        "SMS" => "SMS",
        "WHATSAPP" => "WhatsApp",
        "EMAIL" => "E-mail",
        "CONDITIONAL" => "Question",
        "APPLICATION" => "Hand-over",
        "CONVERTED" => "Won",
        "DROPPED" => "Given up",
        _ => "Wait",
    }
}

/// "2/5 Call, attempt 1/3": where a run is; the step's own name where it is no outreach.
#[askama::filter_fn]
pub fn step(step: &RunStep, _: &dyn Values, count: &i32) -> askama::Result<String> {
    Ok(step_words(step, *count))
}

fn step_words(step: &RunStep, count: i32) -> String {
    let Some(number) = step.step_number else {
        return step.label.clone();
    };
    let does = does(&step.node_type);
    let attempts = step.max_attempts;
    if attempts > 1 {
        format!(
            "{number}/{count} {does}, attempt {}/{attempts}",
            step.attempt
        )
    } else {
        format!("{number}/{count} {does}")
    }
}

/// A tick for each outreach step: those that are done, the one a run is at,
/// those to come. None while it stands between them.
#[askama::filter_fn]
pub fn ticks(step: &RunStep, _: &dyn Values, count: &i32) -> askama::Result<Safe<String>> {
    let drawn = step.step_number.map(|now| drawn_ticks(now, *count));
    Ok(Safe(drawn.unwrap_or_default()))
}

/// More steps than this are too small to be told apart.
const MOST_TICKS: i32 = 12;

fn drawn_ticks(now: i32, count: i32) -> String {
    if !(2..=MOST_TICKS).contains(&count) {
        return String::new();
    }
    let mut svg = format!(
        r#"<svg viewBox="0 0 {} 6" preserveAspectRatio="none" aria-hidden="true">"#,
        count * 8 - 2
    );
    for (class, range) in [
        ("done", 1..now),
        ("now", now..now + 1),
        ("todo", now + 1..count + 1),
    ] {
        let mut path = String::new();
        for tick in range.filter(|tick| (1..=count).contains(tick)) {
            // Writing to a String can't fail.
            let _ = write!(path, "M{} 0h6v6h-6z", (tick - 1) * 8);
        }
        if !path.is_empty() {
            let _ = write!(svg, r#"<path class="tick-{class}" d="{path}"/>"#);
        }
    }
    svg + "</svg>"
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(node_type: &str, number: Option<i32>, max_attempts: i32) -> RunStep {
        RunStep {
            id: Uuid::nil(),
            node_id: Uuid::nil(),
            label: "Wait a day".into(),
            node_type: node_type.into(),
            step_number: number,
            max_attempts,
            attempt: 1,
            due_at: None,
            state: "scheduled".into(),
            why: None,
        }
    }

    #[test]
    fn a_step_is_told_by_its_place_and_its_tries() {
        let call = at("VOICE_CALL", Some(2), 3);
        assert_eq!(step_words(&call, 5), "2/5 Call, attempt 1/3");
        assert_eq!(step_words(&at("EMAIL", Some(5), 1), 5), "5/5 E-mail");
        assert_eq!(step_words(&at("TIME", None, 1), 5), "Wait a day");
    }

    #[test]
    fn there_is_one_tick_for_each_step() {
        for now in 0..=4 {
            assert_eq!(drawn_ticks(now, 4).matches("h6v6").count(), 4, "{now}");
        }
        assert!(drawn_ticks(2, 4).contains(r#"class="tick-now" d="M8 0"#));
        assert_eq!(drawn_ticks(1, 1), "");
        assert_eq!(drawn_ticks(1, 40), "");
    }
}
