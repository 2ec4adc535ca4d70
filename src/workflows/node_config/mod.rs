//! What stands in a node's config (contract §3): read once, with a type for each kind of node.
//!
//! A draft may leave out what people still have to write, as a message's text; the check before
//! activation names it. What is of the wrong type, or of no use, is refused at once.

mod delay;
mod given;
mod outreach;
mod question;

use serde_json::Value;

pub use delay::{Delay, LONGEST_DELAY};
pub use outreach::Outreach;
pub use question::{Condition, Fact, LeadField, Operator, Question, Test};

use self::given::Given;
use super::words::NodeType;
use crate::error::FieldErrors;

/// What a node's config says.
#[derive(Debug, Clone, PartialEq)]
pub enum Config {
    /// Of a call or a message.
    Outreach(Outreach),
    /// How long it waits; nothing while nobody has said it.
    Time(Option<Delay>),
    /// What it asks; nothing while nobody has said it.
    Conditional(Option<Question>),
    /// Of a request to another system.
    Application {
        /// Where it goes when it does not go where the account's connector says.
        url: Option<String>,
    },
    /// Of an end.
    End {
        /// The status the lead gets; without one it is the first of the end's own category.
        status_key: Option<String>,
    },
}

/// Reads the config of a node of this type. Fields of the errors are called `config.<key>`.
///
/// # Errors
/// Every broken rule.
pub fn read(node_type: NodeType, config: &Value) -> Result<Config, FieldErrors> {
    let mut given = Given::new(config);
    let config = match node_type {
        NodeType::VoiceCall | NodeType::Sms | NodeType::Whatsapp | NodeType::Email => {
            Config::Outreach(Outreach::read(node_type, &mut given))
        }
        NodeType::Time => Config::Time(Delay::read(&mut given)),
        NodeType::Conditional => Config::Conditional(Question::read(&mut given)),
        NodeType::Application => Config::Application {
            url: url(&mut given),
        },
        NodeType::Converted | NodeType::Dropped => Config::End {
            status_key: given.text("status_key", 100),
        },
    };
    given.done(config)
}

fn url(given: &mut Given) -> Option<String> {
    let url = given.text("url", 2_000)?;
    let scheme = ["https://", "http://"]
        .into_iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    if scheme.is_none_or(|rest| rest.is_empty() || url.contains(char::is_whitespace)) {
        given.must_be("url", "an address that begins with https:// or http://");
        return None;
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn told(node_type: NodeType, config: Value) -> Vec<String> {
        match read(node_type, &config) {
            Ok(config) => panic!("{config:?} was taken"),
            Err(errors) => errors.0.iter().map(|e| e.sentence(&e.field)).collect(),
        }
    }

    #[test]
    fn a_draft_may_say_nothing_yet() {
        for node_type in NodeType::ALL {
            assert!(read(*node_type, &json!({})).is_ok(), "{node_type}");
        }
    }

    #[test]
    fn what_another_type_knows_is_told_by_name() {
        for (node_type, config, sentence) in [
            (
                NodeType::Sms,
                json!({"subject": "Hi"}),
                "config.subject is not a known field",
            ),
            (
                NodeType::Time,
                json!({"text": "Hi"}),
                "config.text is not a known field",
            ),
            (NodeType::Email, json!([]), "config must be an object"),
            (
                NodeType::Email,
                json!({"text": 7}),
                "config.text must be a string",
            ),
            (
                NodeType::Application,
                json!({"url": "ftp://example.com"}),
                "config.url must be an address that begins with https:// or http://",
            ),
            (
                NodeType::Converted,
                json!({"status_key": 1}),
                "config.status_key must be a string",
            ),
            (
                NodeType::Email,
                json!({"text": "a\u{0}b"}),
                "config.text must not contain NUL characters",
            ),
        ] {
            assert_eq!(told(node_type, config), [sentence]);
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        let key = prop::sample::select(vec![
            "max_attempts",
            "retry_after_minutes",
            "text",
            "delay_hours",
            "value",
            "unit",
            "conditions",
            "field",
            "operator",
            "match",
            "condition_field",
            "url",
            "x",
        ]);
        leaf.prop_recursive(3, 24, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(key.clone(), inner, 0..5).prop_map(|map| {
                    map.into_iter()
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect()
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_or_refused(
            node_type in prop::sample::select(NodeType::ALL),
            config in any_json(),
        ) {
            match read(node_type, &config) {
                Ok(_) => prop_assert!(config.is_object()),
                Err(errors) => prop_assert!(!errors.0.is_empty()),
            }
        }
    }
}
