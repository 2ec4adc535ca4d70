//! What can come of a try.

use super::super::words::NodeType;
use crate::connectors::Channel;

const CALL: [&str; 12] = [
    "COMPLETED",
    "NO_ANSWER",
    "BUSY",
    "VOICEMAIL",
    "FAILED",
    "INTERESTED",
    "NOT_INTERESTED",
    "CALL_BACK",
    "WRONG_NUMBER",
    "DO_NOT_CALL",
    "REPLIED",
    "MEETING_BOOKED",
];
const MESSAGE: [&str; 7] = [
    "COMPLETED",
    "FAILED",
    "REPLIED",
    "INTERESTED",
    "NOT_INTERESTED",
    "MEETING_BOOKED",
    "DO_NOT_CALL",
];
const APPLICATION: [&str; 2] = ["success", "failure"];

/// The outcomes that can be reported of a node of this type, whatever its edges say.
pub fn outcomes(node_type: NodeType) -> &'static [&'static str] {
    match node_type.leaves_by() {
        Some(Channel::Call) => &CALL,
        Some(Channel::Application) => &APPLICATION,
        Some(_) => &MESSAGE,
        None => &[],
    }
}
