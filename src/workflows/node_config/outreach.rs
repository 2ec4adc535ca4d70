//! Calls and messages.

use chrono::TimeDelta;

use super::super::words::NodeType;
use super::given::Given;

/// As long as a call's script or a message may be.
const LONGEST_TEXT: usize = 20_000;
/// As long as an SMS or a WhatsApp message may be.
const LONGEST_MESSAGE: usize = 4_096;
/// As long as the HTML of an e-mail may be.
const LONGEST_HTML: usize = 200_000;
/// As long as a subject may be.
const LONGEST_SUBJECT: usize = 255;
const LONGEST_ID: usize = 200;

/// How a call or a message is tried, and what is said. What another type of node says is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outreach {
    /// How often it is tried at most.
    pub max_attempts: i32,
    /// From one try to the next.
    pub retry_after: TimeDelta,
    /// The subject of an e-mail.
    pub subject: Option<String>,
    /// The text of a message.
    pub text: Option<String>,
    /// The same text as HTML, for an e-mail.
    pub html: Option<String>,
    /// What the caller says.
    pub script: Option<String>,
    /// The number that calls, for a dialer.
    pub from_phone_number: Option<String>,
    /// The voice that calls, for a dialer.
    pub agent_id: Option<String>,
}

impl Outreach {
    pub(super) fn read(node_type: NodeType, given: &mut Given) -> Self {
        let max_attempts = given.whole("max_attempts", 1..=10, "a whole number from 1 to 10");
        let retry_after = given.whole(
            "retry_after_minutes",
            1..=43_200,
            "a whole number of minutes from 1 to 43,200",
        );
        let is_call = node_type == NodeType::VoiceCall;
        let is_email = node_type == NodeType::Email;
        let most = if is_email {
            LONGEST_TEXT
        } else {
            LONGEST_MESSAGE
        };
        let mut if_ = |applies: bool, name: &str, most: usize| match applies {
            true => given.text(name, most),
            false => None,
        };
        Self {
            max_attempts: max_attempts
                .and_then(|n| i32::try_from(n).ok())
                .unwrap_or(1),
            retry_after: TimeDelta::minutes(retry_after.unwrap_or(60)),
            subject: if_(is_email, "subject", LONGEST_SUBJECT),
            text: if_(!is_call, "text", most),
            html: if_(is_email, "html", LONGEST_HTML),
            script: if_(is_call, "script", LONGEST_TEXT),
            from_phone_number: if_(!is_email, "from_phone_number", LONGEST_ID),
            agent_id: if_(!is_email, "agent_id", LONGEST_ID),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Config, read};
    use super::*;

    #[test]
    fn a_call_is_tried_once_and_again_after_an_hour_unless_told_otherwise() {
        let of = |config| match read(NodeType::VoiceCall, &config) {
            Ok(Config::Outreach(call)) => (call.max_attempts, call.retry_after.num_minutes()),
            other => panic!("{other:?}"),
        };
        assert_eq!(of(json!({})), (1, 60));
        let said = json!({"max_attempts": 3, "retry_after_minutes": 240.0, "agent_id": "eve"});
        assert_eq!(of(said), (3, 240));
    }

    #[test]
    fn attempts_and_gaps_keep_to_their_bounds() {
        for config in [
            json!({"max_attempts": 0}),
            json!({"max_attempts": 11}),
            json!({"max_attempts": 2.5}),
            json!({"max_attempts": "3"}),
            json!({"max_attempts": 1e300}),
            json!({"retry_after_minutes": 0}),
            json!({"retry_after_minutes": 43_201}),
            json!({"retry_after_minutes": -5}),
            json!({"script": "x".repeat(20_001)}),
        ] {
            assert!(read(NodeType::VoiceCall, &config).is_err(), "{config}");
        }
        let bounds = json!({"max_attempts": 10, "retry_after_minutes": 43_200});
        assert!(read(NodeType::VoiceCall, &bounds).is_ok());
    }

    #[test]
    fn blank_text_is_none() {
        let Ok(Config::Outreach(sms)) = read(NodeType::Sms, &json!({"text": " \n"})) else {
            panic!("a blank text was refused")
        };
        assert_eq!(sms.text, None);
    }
}
