//! What a CONDITIONAL node asks.

use serde_json::{Map, Value};

use super::given::Given;
use crate::db::text_enum;
use crate::error::Problem;
use crate::text;

/// As many conditions as one node may have.
const MOST_CONDITIONS: usize = 20;
const LONGEST_VALUE: usize = 1_000;
const FIELD: &str = "a field of the lead, metadata.<key>, status or last_outcome";

/// What a CONDITIONAL node asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Whether conditions hold; the answers are `true` and `false`.
    Test(Test),
    /// What a fact is; each value has an edge of its own.
    Field(Fact),
}

/// Conditions, and how many of them have to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Whether one that holds is enough.
    pub any: bool,
    /// The conditions; at least one.
    pub conditions: Vec<Condition>,
}

/// Something that holds of a lead or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What is looked at.
    pub fact: Fact,
    /// How.
    pub operator: Operator,
    /// A text, a number or a boolean, with which it is compared; `exists` has none, or whether
    /// it is to exist.
    pub value: Value,
}

/// What is known of a lead and its run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A field of the lead.
    Lead(LeadField),
    /// A metadata value of the lead, by its key.
    Metadata(String),
    /// The key of the run's status.
    Status,
    /// The outcome of the last try.
    LastOutcome,
}

text_enum! {
    /// The fields of a lead that can be asked for.
    pub enum LeadField {
        /// First name.
        FirstName = "first_name",
        /// Last name.
        LastName = "last_name",
        /// E-mail.
        Email = "email",
        /// Phone.
        Phone = "phone",
        /// Company.
        Company = "company",
        /// What they are there.
        Title = "title",
        /// Where the lead came from.
        Source = "source",
        /// The id another system gave it.
        ExternalId = "external_id",
        /// Its campaign's id.
        CampaignId = "campaign_id",
        /// Its owner's e-mail.
        Owner = "owner",
        /// Its team's id.
        TeamId = "team_id",
        /// Its lead source's id.
        LeadSourceId = "lead_source_id",
    }
}

text_enum! {
    /// How a fact is looked at.
    pub enum Operator {
        /// It is this.
        Equals = "equals",
        /// It is something else, or nothing.
        NotEquals = "not_equals",
        /// It is known.
        Exists = "exists",
        /// This is a part of it.
        Contains = "contains",
        /// It is more than this.
        GreaterThan = "greater_than",
        /// It is less than this.
        LessThan = "less_than",
    }
}

impl Fact {
    /// The fact with this name.
    pub fn named(name: &str) -> Option<Self> {
        if let Some(key) = name.strip_prefix("metadata.") {
            let fits = !key.is_empty() && key.chars().count() <= 100 && !text::has_nul(key);
            return fits.then(|| Self::Metadata(key.to_owned()));
        }
        match name {
            "status" => Some(Self::Status),
            "last_outcome" => Some(Self::LastOutcome),
            name => name.parse().ok().map(Self::Lead),
        }
    }
}

impl Question {
    /// `conditions` and `match`, or `condition_field`.
    pub(super) fn read(given: &mut Given) -> Option<Self> {
        let name = given.text("condition_field", 200);
        let conditions = given.take("conditions");
        let any = match given.text("match", 10).as_deref() {
            None | Some("all") => false,
            Some("any") => true,
            Some(_) => {
                given.must_be("match", "all or any");
                false
            }
        };
        match (name, conditions) {
            (None, None) => None,
            (Some(name), None) => {
                let fact = Fact::named(&name);
                if fact.is_none() {
                    given.must_be("condition_field", FIELD);
                }
                fact.map(Self::Field)
            }
            (None, Some(conditions)) => {
                let conditions = several(given, conditions)?;
                (!conditions.is_empty()).then_some(Self::Test(Test { any, conditions }))
            }
            (Some(_), Some(_)) => {
                given.must_be("condition_field", "left out where conditions are given");
                None
            }
        }
    }
}

fn several(given: &mut Given, conditions: Value) -> Option<Vec<Condition>> {
    let Value::Array(conditions) = conditions else {
        given.must_be("conditions", "an array of conditions");
        return None;
    };
    if conditions.len() > MOST_CONDITIONS {
        given.wrong("conditions", Problem::TooMany(MOST_CONDITIONS));
        return None;
    }
    let read: Vec<Option<Condition>> = conditions
        .into_iter()
        .enumerate()
        .map(|(at, condition)| one(given, &format!("conditions[{at}]"), condition))
        .collect();
    read.into_iter().collect()
}

fn one(given: &mut Given, name: &str, condition: Value) -> Option<Condition> {
    let Value::Object(mut values) = condition else {
        given.must_be(name, "an object");
        return None;
    };
    let fact = word(&mut values, "field").and_then(|field| Fact::named(&field));
    let operator: Option<Operator> =
        word(&mut values, "operator").and_then(|operator| operator.parse().ok());
    let value = values.remove("value").unwrap_or_default();
    if fact.is_none() {
        given.must_be(&format!("{name}.field"), FIELD);
    }
    match operator {
        None => given.must_be(
            &format!("{name}.operator"),
            "equals, not_equals, exists, contains, greater_than or less_than",
        ),
        Some(operator) => comparable(given, &format!("{name}.value"), operator, &value),
    }
    for unknown in values.keys() {
        let unknown = text::at_most(unknown, 100).replace('\0', "");
        given.wrong(&format!("{name}.{unknown}"), Problem::Unknown);
    }
    Some(Condition {
        fact: fact?,
        operator: operator?,
        value,
    })
}

fn word(values: &mut Map<String, Value>, name: &str) -> Option<String> {
    match values.remove(name)? {
        Value::String(word) => Some(word),
        _ => None,
    }
}

/// Notes a value that the operator can't compare with.
fn comparable(given: &mut Given, name: &str, operator: Operator, value: &Value) {
    match (operator, value) {
        (Operator::Exists, Value::Null | Value::Bool(_)) => {}
        (Operator::Exists, _) => given.must_be(name, "true, false or left out"),
        (Operator::Equals | Operator::NotEquals, Value::Bool(_)) => {}
        (_, Value::Number(_)) => {}
        (_, Value::String(said)) if text::has_nul(said) => given.wrong(name, Problem::Nul),
        (_, Value::String(said)) if said.chars().count() > LONGEST_VALUE => {
            given.wrong(name, Problem::TooLong(LONGEST_VALUE));
        }
        (_, Value::String(_)) => {}
        _ => given.must_be(name, "a string or a number"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::words::NodeType;
    use super::super::{Config, read};
    use super::*;

    #[test]
    fn conditions_and_branches_are_read() {
        let asked = json!({"match": "any", "conditions": [
            {"field": "metadata.edad", "operator": "greater_than", "value": 30},
            {"field": "email", "operator": "exists"},
        ]});
        let Ok(Config::Conditional(Some(Question::Test(test)))) =
            read(NodeType::Conditional, &asked)
        else {
            panic!("conditions were not read")
        };
        assert!(test.any);
        assert_eq!(test.conditions[0].fact, Fact::Metadata("edad".into()));
        assert_eq!(test.conditions[1].fact, Fact::Lead(LeadField::Email));
        let branch = json!({"condition_field": "status"});
        assert_eq!(
            read(NodeType::Conditional, &branch),
            Ok(Config::Conditional(Some(Question::Field(Fact::Status))))
        );
        let none = json!({"conditions": []});
        assert_eq!(
            read(NodeType::Conditional, &none),
            Ok(Config::Conditional(None))
        );
    }

    #[test]
    fn what_can_not_be_asked_is_refused() {
        let condition = |condition: Value| json!({"conditions": [condition]});
        for (config, field) in [
            (json!({"conditions": {}}), "conditions"),
            (json!({"conditions": [7]}), "conditions[0]"),
            (
                condition(json!({"field": "shoe_size", "operator": "exists"})),
                "conditions[0].field",
            ),
            (
                condition(json!({"field": "email", "operator": "is"})),
                "conditions[0].operator",
            ),
            (
                condition(json!({"field": "email", "operator": "equals"})),
                "conditions[0].value",
            ),
            (
                condition(json!({"field": "email", "operator": "less_than", "value": true})),
                "conditions[0].value",
            ),
            (json!({"match": "some"}), "match"),
            (json!({"condition_field": "metadata."}), "condition_field"),
            (
                json!({"condition_field": "status", "conditions": []}),
                "condition_field",
            ),
            (json!({"conditions": vec![json!({}); 21]}), "conditions"),
        ] {
            let errors = read(NodeType::Conditional, &config).unwrap_err();
            assert_eq!(errors.0[0].field, format!("config.{field}"), "{config}");
        }
    }
}
