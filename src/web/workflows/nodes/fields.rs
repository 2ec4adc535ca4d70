//! The fields of a step's form, and its config (contract §3).

use serde_json::{Map, Number, Value, json};

use crate::error::FieldErrors;
use crate::web::{Choice, Form, Problems};
use crate::workflows::node_config::LeadField;
use crate::workflows::{Node, NodeType};

/// What the form says of a config; what it does not know stays as it is.
const OWN: &[&str] = &[
    "max_attempts",
    "retry_after_minutes",
    "subject",
    "text",
    "html",
    "script",
    "delay_hours",
    "value",
    "unit",
    "match",
    "conditions",
    "condition_field",
    "url",
    "status_key",
];

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
    ("value", "How long"),
    ("unit", "Unit"),
    ("condition_field", "Field"),
    ("conditions", "Conditions"),
    ("url", "Address"),
    ("status_key", "Status"),
];

/// Units of time with how many minutes each has.
const UNITS: &[(&str, &str, f64)] = &[
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

/// The config that a form says, with what the form does not know of from the config before.
pub fn config(node_type: NodeType, form: &Form, before: &Value) -> Value {
    let mut config = before.as_object().cloned().unwrap_or_default();
    config.retain(|name, _| !OWN.contains(&name.as_str()));
    let names: &[&str] = match node_type {
        NodeType::VoiceCall => &["script"],
        NodeType::Sms | NodeType::Whatsapp => &["text"],
        NodeType::Email => &["subject", "text", "html"],
        NodeType::Application => &["url"],
        NodeType::Converted | NodeType::Dropped => &["status_key"],
        NodeType::Time | NodeType::Conditional => &[],
    };
    for name in names {
        if let Some(text) = form.filled(name) {
            config.insert((*name).to_owned(), text.into());
        }
    }
    match node_type {
        NodeType::Time => {
            config.insert("value".to_owned(), number(form.get("value")));
            config.insert("unit".to_owned(), form.get("unit").into());
        }
        NodeType::Conditional => question(form, &mut config),
        node_type if node_type.channel().is_some() => attempts(form, &mut config),
        _ => {}
    }
    config.into()
}

/// What is no number stays as it was typed, so that its rule can name it.
fn number(typed: &str) -> Value {
    let typed = typed.trim();
    if let Ok(whole) = typed.parse::<i64>() {
        return whole.into();
    }
    let number = typed
        .replace(',', ".")
        .parse()
        .ok()
        .and_then(Number::from_f64);
    number.map_or_else(|| typed.into(), Value::Number)
}

fn attempts(form: &Form, config: &mut Map<String, Value>) {
    let attempts = number(form.get("max_attempts"));
    if attempts != json!(1) {
        let each = UNITS
            .iter()
            .find(|(unit, ..)| *unit == form.get("retry_unit"));
        let gap = number(form.get("retry_value"));
        let minutes = match (gap.as_f64(), each) {
            (Some(gap), Some((_, _, each))) => json!(gap * each),
            _ => gap,
        };
        config.insert("retry_after_minutes".to_owned(), minutes);
    }
    config.insert("max_attempts".to_owned(), attempts);
}

fn question(form: &Form, config: &mut Map<String, Value>) {
    if let Some(field) = form.filled("condition_field") {
        config.insert("condition_field".to_owned(), field.into());
        return;
    }
    let rows: Vec<Value> = filled_rows(form)
        .map(|(field, operator, value)| match operator {
            "exists" => json!({"field": field, "operator": operator}),
            _ => json!({"field": field, "operator": operator, "value": value}),
        })
        .collect();
    config.insert("match".to_owned(), form.get("match").into());
    config.insert("conditions".to_owned(), rows.into());
}

/// Each row by its place, with field, operator and value as they were typed; blank ones behind.
pub fn rows(form: &Form) -> impl Iterator<Item = (usize, &str, &str, &str)> {
    let blank = std::iter::repeat_n(("", "equals", ""), BLANK_ROWS);
    (0..)
        .zip(filled_rows(form).chain(blank))
        .map(|(at, (field, operator, than))| (at, field, operator, than))
}

fn filled_rows(form: &Form) -> impl Iterator<Item = (&str, &str, &str)> {
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn node(node_type: NodeType, config: Value) -> Node {
        Node {
            id: Uuid::nil(),
            workflow_id: Uuid::nil(),
            node_type,
            label: "A step".to_owned(),
            position_x: 0.0,
            position_y: 0.0,
            config,
            step_number: None,
        }
    }

    #[test]
    fn what_is_not_touched_is_saved_as_it_was() {
        for (node_type, before) in [
            (
                NodeType::VoiceCall,
                json!({"max_attempts": 3, "retry_after_minutes": 240.0, "script": "Ask.", "agent_id": "eve"}),
            ),
            (NodeType::Sms, json!({"max_attempts": 1, "text": "Hello"})),
            (NodeType::Time, json!({"value": 2, "unit": "business_days"})),
            (
                NodeType::Conditional,
                json!({"match": "any", "conditions": [
                    {"field": "metadata.edad", "operator": "greater_than", "value": "30"},
                    {"field": "email", "operator": "exists"},
                ]}),
            ),
            (NodeType::Conditional, json!({"condition_field": "status"})),
            (
                NodeType::Application,
                json!({"url": "https://example.com/x"}),
            ),
            (NodeType::Converted, json!({"status_key": "converted"})),
        ] {
            let form = filled(&node(node_type, before.clone()));
            assert_eq!(config(node_type, &form, &before), before);
        }
    }

    #[test]
    fn a_wait_in_hours_is_told_in_the_unit_that_fits() {
        let form = filled(&node(NodeType::Time, json!({"delay_hours": 48})));
        assert_eq!((form.get("value"), form.get("unit")), ("2", "days"));
        let form = filled(&node(NodeType::Time, json!({"delay_hours": 0.5})));
        assert_eq!((form.get("value"), form.get("unit")), ("30", "minutes"));
    }

    #[test]
    fn what_is_no_number_is_kept_for_its_rule_to_name() {
        let form = Form::filled_with(&[
            ("max_attempts", "many"),
            ("retry_value", "2,5"),
            ("retry_unit", "hours"),
        ]);
        let said = config(NodeType::VoiceCall, &form, &json!({}));
        assert_eq!(
            said,
            json!({"max_attempts": "many", "retry_after_minutes": 150.0})
        );
    }
}
