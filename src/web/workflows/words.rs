//! What a node's config says, in sentences.

use serde_json::Value;

use crate::web::filters::span;
use crate::workflows::{Node, NodeType};

/// "Up to 3 attempts, at least 4 h apart", or "Once".
pub fn attempts(node: &Node) -> String {
    let most = node.max_attempts();
    if most == 1 {
        return "Once".to_owned();
    }
    let apart = node.config.get("retry_after_minutes");
    let minutes = apart.and_then(Value::as_u64).unwrap_or(60);
    format!(
        "Up to {most} attempts, at least {} apart",
        span(minutes * 60)
    )
}

/// "1 day", "2 business days": how long a TIME node waits (contract §3).
pub fn wait(node: &Node) -> String {
    if let Some(hours) = node.config.get("delay_hours").and_then(Value::as_f64) {
        return span((hours.max(0.0) * 3_600.0).round() as u64);
    }
    let value = node.config.get("value").and_then(Value::as_f64);
    let unit = node.config.get("unit").and_then(Value::as_str);
    match (value, unit) {
        (Some(value), Some(unit)) => {
            let unit = unit.replace('_', " ");
            match value {
                1.0 => format!("1 {}", unit.trim_end_matches('s')),
                value => format!("{value} {unit}"),
            }
        }
        _ => "a while".to_owned(),
    }
}

/// "comuna is Ñuñoa and edad is more than 30": what a CONDITIONAL node asks.
pub fn question(node: &Node) -> String {
    if let Some(field) = node.config.get("condition_field").and_then(Value::as_str) {
        return format!("By {}", field_name(field));
    }
    let any = node.config.get("match").and_then(Value::as_str) == Some("any");
    let conditions = node.config.get("conditions").and_then(Value::as_array);
    conditions
        .into_iter()
        .flatten()
        .map(condition)
        .collect::<Vec<_>>()
        .join(if any { " or " } else { " and " })
}

fn condition(condition: &Value) -> String {
    let text = |name: &str| match condition.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(value) => value.to_string(),
    };
    let (field, value) = (text("field"), text("value"));
    let name = field_name(&field);
    match text("operator").as_str() {
        "equals" => format!("{name} is {value}"),
        "not_equals" => format!("{name} is not {value}"),
        "exists" => format!("{name} is known"),
        "contains" => format!("{name} contains {value}"),
        "greater_than" => format!("{name} is more than {value}"),
        "less_than" => format!("{name} is less than {value}"),
        other => format!("{name} {other} {value}"),
    }
}

fn field_name(field: &str) -> String {
    let name = field.strip_prefix("metadata.").unwrap_or(field);
    name.replace('_', " ")
}

/// The text that goes out, or that is said.
pub fn text(node: &Node) -> Option<&str> {
    let name = match node.node_type {
        NodeType::VoiceCall => "script",
        _ => "text",
    };
    node.config.get(name).and_then(Value::as_str)
}

/// "Not interested" for `NOT_INTERESTED`; a question's answers in words.
pub fn outcome(label: &str) -> String {
    match label {
        "true" => return "Yes".to_owned(),
        "false" => return "No".to_owned(),
        "success" => return "It worked".to_owned(),
        "failure" => return "It failed".to_owned(),
        _ => {}
    }
    let words = label.replace('_', " ").to_lowercase();
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn node(node_type: NodeType, config: Value) -> Node {
        Node {
            id: Uuid::nil(),
            workflow_id: Uuid::nil(),
            node_type,
            label: String::new(),
            position_x: 0.0,
            position_y: 0.0,
            config,
            step_number: None,
        }
    }

    #[test]
    fn waits_are_told_as_people_tell_them() {
        for (config, words) in [
            (json!({"delay_hours": 24}), "1 day"),
            (json!({"delay_hours": 0.5}), "30 min"),
            (
                json!({"value": 2, "unit": "business_days"}),
                "2 business days",
            ),
            (json!({"value": 1, "unit": "hours"}), "1 hour"),
            (json!({}), "a while"),
        ] {
            assert_eq!(wait(&node(NodeType::Time, config)), words);
        }
    }

    #[test]
    fn questions_and_attempts_are_sentences() {
        let asked = json!({"match": "any", "conditions": [
            {"field": "metadata.comuna", "operator": "equals", "value": "Ñuñoa"},
            {"field": "metadata.edad", "operator": "greater_than", "value": 30},
        ]});
        assert_eq!(
            question(&node(NodeType::Conditional, asked)),
            "comuna is Ñuñoa or edad is more than 30"
        );
        let call = json!({"max_attempts": 3, "retry_after_minutes": 240});
        assert_eq!(
            attempts(&node(NodeType::VoiceCall, call)),
            "Up to 3 attempts, at least 4 h apart"
        );
        assert_eq!(outcome("NOT_INTERESTED"), "Not interested");
    }
}
