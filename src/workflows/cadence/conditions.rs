//! Branches: which way a lead goes by what is known of it.

use std::cmp::Ordering;

use serde_json::Value;

use super::super::node_config::{Condition, Operator, Question};
use super::facts::Facts;
use crate::text;

/// The answer to a question: `true` or `false` when it has conditions, else what the fact it asks
/// for says.
pub fn answer(question: &Question, facts: &Facts) -> String {
    match question {
        Question::Field(fact) => facts.text(fact).unwrap_or_default(),
        Question::Test(test) => {
            let mut answers = test.conditions.iter().map(|one| holds(one, facts));
            let holds = match test.any {
                true => answers.any(|holds| holds),
                false => answers.all(|holds| holds),
            };
            holds.to_string()
        }
    }
}

fn holds(condition: &Condition, facts: &Facts) -> bool {
    let found = facts.get(&condition.fact);
    let wanted = &condition.value;
    match condition.operator {
        Operator::Exists => found.is_some() == (wanted != &Value::Bool(false)),
        Operator::Equals => found.is_some_and(|found| is_equal(found, wanted)),
        Operator::NotEquals => !found.is_some_and(|found| is_equal(found, wanted)),
        Operator::Contains => found.is_some_and(|found| folded(found).contains(&folded(wanted))),
        Operator::GreaterThan => order(found, wanted) == Some(Ordering::Greater),
        Operator::LessThan => order(found, wanted) == Some(Ordering::Less),
    }
}

/// Texts are equal without regard to case and accents, numbers by their value however written.
fn is_equal(found: &Value, wanted: &Value) -> bool {
    match (number(found), number(wanted)) {
        (Some(found), Some(wanted)) => found == wanted,
        _ => folded(found) == folded(wanted),
    }
}

/// Numbers by value; other texts by their letters, so that 2026-02-01 comes before 2026-11-30.
fn order(found: Option<&Value>, wanted: &Value) -> Option<Ordering> {
    let found = found?;
    match (number(found), number(wanted)) {
        (Some(found), Some(wanted)) => found.partial_cmp(&wanted),
        _ => Some(folded(found).cmp(&folded(wanted))),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}

fn folded(value: &Value) -> String {
    match value {
        Value::String(text) => text::fold(text.trim()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::node_config::{Config, read};
    use super::super::super::words::NodeType;
    use super::*;

    fn answered(config: &Value) -> String {
        let mut facts = Facts::default();
        facts.set("first_name", Some("José"));
        facts.set("status", Some("contacted"));
        facts.set_metadata("edad", json!(35));
        facts.set_metadata("fecha", json!("2026-02-01"));
        match read(NodeType::Conditional, config) {
            Ok(Config::Conditional(Some(question))) => answer(&question, &facts),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn conditions_look_at_fields_metadata_and_the_run() {
        for (field, operator, value, holds) in [
            ("first_name", "equals", json!("jose"), true),
            ("first_name", "contains", json!("OS"), true),
            ("metadata.edad", "greater_than", json!(30), true),
            ("metadata.edad", "less_than", json!("100"), true),
            ("metadata.edad", "equals", json!("35.0"), true),
            ("metadata.fecha", "less_than", json!("2026-11-30"), true),
            ("metadata.nada", "not_equals", json!("x"), true),
            ("metadata.nada", "greater_than", json!(1), false),
            ("status", "equals", json!("new"), false),
        ] {
            let config = json!({"conditions": [
                {"field": field, "operator": operator, "value": value}]});
            assert_eq!(answered(&config), holds.to_string(), "{config}");
        }
    }

    #[test]
    fn one_that_holds_is_enough_only_where_it_is_said() {
        let conditions = json!([
            {"field": "last_name", "operator": "exists"},
            {"field": "first_name", "operator": "exists"}]);
        for (how, holds) in [("all", "false"), ("any", "true")] {
            let config = json!({"match": how, "conditions": conditions});
            assert_eq!(answered(&config), holds);
        }
    }

    #[test]
    fn a_field_answers_for_itself() {
        assert_eq!(answered(&json!({"condition_field": "status"})), "contacted");
        assert_eq!(answered(&json!({"condition_field": "company"})), "");
    }
}
