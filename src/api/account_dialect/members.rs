//! People of a team, as a body gives them.

use serde_json::Value;

use crate::api::fields::Fields;
use crate::teams::MemberRef;

const MUST_BE: &str = "an array of e-mails, of ids, or of members";

/// Everybody who is to be a member, when that is said: by e-mail or id, or as an answer gave them, so
/// that what was read can be sent back.
pub fn members(fields: &mut Fields) -> Option<Vec<MemberRef>> {
    let members = fields.patch("members", MUST_BE, |value| {
        let members = value.as_array()?;
        members.iter().map(member).collect::<Option<Vec<_>>>()
    });
    fields.set("members", members)
}

fn member(value: &Value) -> Option<MemberRef> {
    let named = match value {
        Value::Object(member) => member.get("userId").or_else(|| member.get("email"))?,
        value => value,
    };
    named.as_str().map(MemberRef::of)
}
