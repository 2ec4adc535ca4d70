//! The config (contract §3) that a step's form says.

use serde_json::{Map, Number, Value, json};

use super::fields::{UNITS, filled_rows};
use crate::web::Form;
use crate::workflows::NodeType;

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

/// The config that a form says, with what the form does not know of from the config before.
pub fn config(node_type: NodeType, form: &Form, before: &Value) -> Value {
    let mut config = before.as_object().cloned().unwrap_or_default();
    config.retain(|name, _| !OWN.contains(&name.as_str()));
    if node_type == NodeType::VoiceCall {
        config.remove("from_phone_number");
    }
    let names: &[&str] = match node_type {
        NodeType::VoiceCall => &["script", "from_phone_number"],
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::fields::filled;
    use super::*;
    use crate::workflows::Node;

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
                json!({"max_attempts": 3, "retry_after_minutes": 240.0, "script": "Ask.", "agent_id": "eve", "from_phone_number": "+12025550100"}),
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
