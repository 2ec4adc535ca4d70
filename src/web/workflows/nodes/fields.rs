//! The fields of a step's form.

use serde_json::Value;

use crate::error::FieldErrors;
use crate::web::{Choice, Form, Problems};
use crate::workflows::node_config::LeadField;
use crate::workflows::{Node, NodeType};

/// Rows for conditions that nobody has filled in yet.
const BLANK_ROWS: usize = 2;

const LABELS: &[(&str, &str)] = &[
    ("label", "Name"),
    ("max_attempts", "Attempts"),
    ("retry_after_minutes", "The time between them"),
    ("subject", "Subject"),
    ("text", "Text"),
    ("html", "HTML"),
    ("script", "Script"),
    ("from_phone_number", "The number to call from"),
    ("value", "How long"),
    ("unit", "Unit"),
    ("condition_field", "Field"),
    ("conditions", "Conditions"),
    ("url", "Address"),
    ("status_key", "Status"),
];

/// Units of time with how many minutes each has.
pub(super) const UNITS: &[(&str, &str, f64)] = &[
    ("minutes", "minutes", 1.0),
    ("hours", "hours", 60.0),
    ("days", "days", 1_440.0),
];

/// The form of a node as it is.
pub fn filled(node: &Node) -> Form {
    let text = |name: &str| match node.config.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(value) => value.to_string(),
    };
    let number = |name: &str| node.config.get(name).and_then(Value::as_f64);
    let mut pairs = vec![("label", node.label.clone())];
    for name in [
        "subject",
        "text",
        "html",
        "script",
        "from_phone_number",
        "match",
        "condition_field",
        "url",
        "status_key",
    ] {
        pairs.push((name, text(name)));
    }
    pairs.push(("max_attempts", node.max_attempts().to_string()));
    let (gap, unit) = span(number("retry_after_minutes").unwrap_or(60.0));
    pairs.extend([("retry_value", gap), ("retry_unit", unit.to_owned())]);
    let wait = match number("delay_hours") {
        Some(hours) => span(hours * 60.0),
        None => (text("value"), ""),
    };
    let unit = match wait.1 {
        "" => text("unit"),
        unit => unit.to_owned(),
    };
    pairs.extend([("value", wait.0), ("unit", unit)]);
    for condition in node
        .config
        .get("conditions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let said = |name: &str| match condition.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(value) => value.to_string(),
        };
        pairs.extend([
            ("condition", said("field")),
            ("operator", said("operator")),
            ("than", said("value")),
        ]);
    }
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    Form::filled_with(&pairs)
}

/// The form of a new step, with what is usual for its type.
pub fn usual(node_type: NodeType) -> Form {
    let attempts = match node_type {
        NodeType::VoiceCall => "3",
        _ => "1",
    };
    Form::filled_with(&[
        ("label", node_type.name()),
        ("max_attempts", attempts),
        ("retry_value", "4"),
        ("retry_unit", "hours"),
        ("value", "1"),
        ("unit", "days"),
    ])
}

/// Minutes in the largest unit in which they are whole.
fn span(minutes: f64) -> (String, &'static str) {
    let fits = |each: &f64| minutes >= *each && (minutes / each).fract() == 0.0;
    let unit = UNITS.iter().rev().find(|(_, _, each)| fits(each));
    let (unit, _, each) = unit.unwrap_or(&UNITS[0]);
    ((minutes / each).to_string(), unit)
}

/// Each row by its place, with field, operator and value as they were typed; blank ones behind.
pub fn rows(form: &Form) -> impl Iterator<Item = (usize, &str, &str, &str)> {
    let blank = std::iter::repeat_n(("", "equals", ""), BLANK_ROWS);
    (0..)
        .zip(filled_rows(form).chain(blank))
        .map(|(at, (field, operator, than))| (at, field, operator, than))
}

/// The rows that were filled in.
pub(super) fn filled_rows(form: &Form) -> impl Iterator<Item = (&str, &str, &str)> {
    let fields = form.all("condition").zip(form.all("operator"));
    let typed = fields.zip(form.all("than"));
    let typed = typed.map(|((field, operator), than)| (field.trim(), operator, than.trim()));
    typed.filter(|(field, _, than)| !(field.is_empty() && than.is_empty()))
}

/// The ways in which a fact is looked at.
pub fn operators(current: &str) -> Vec<Choice> {
    [
        ("equals", "is"),
        ("not_equals", "is not"),
        ("contains", "contains"),
        ("greater_than", "is more than"),
        ("less_than", "is less than"),
        ("exists", "is known"),
    ]
    .into_iter()
    .map(|(word, label)| Choice::new(word, label, current))
    .collect()
}

/// Units for a wait or for the time between attempts.
pub fn units(name: &str, current: &str) -> Vec<Choice> {
    let units = UNITS.iter().map(|(word, label, _)| (*word, *label));
    let business = ("business_days", "business days");
    units
        .chain((name == "unit").then_some(business))
        .map(|(word, label)| Choice::new(word, label, current))
        .collect()
}

/// What can be asked for, by name.
pub fn facts() -> impl Iterator<Item = &'static str> {
    let lead = LeadField::ALL.iter().map(|field| field.as_str());
    lead.chain(["status", "last_outcome", "metadata."])
}

/// The broken rules of a step beside the fields of its form.
pub fn problems(errors: &FieldErrors) -> Problems {
    Problems::many(errors.0.iter().map(|error| {
        let field = error.field.strip_prefix("config.").unwrap_or(&error.field);
        let row = field
            .strip_prefix("conditions[")
            .and_then(|rest| rest.split_once(']'));
        if let Some((at, part)) = row {
            let (id, label) = match part {
                ".operator" => ("operator", "This comparison"),
                ".value" => ("than", "This value"),
                _ => ("condition", "This field"),
            };
            return (format!("{id}-{at}"), error.sentence(label));
        }
        let label = LABELS.iter().find(|(name, _)| *name == field);
        (
            field.to_owned(),
            error.sentence(label.map_or(field, |(_, label)| label)),
        )
    }))
}
