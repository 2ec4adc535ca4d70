//! Several people, as a body gives them.

use serde_json::Value;

use crate::api::fields::Fields;
use crate::teams::MemberRef;

const MUST_BE: &str = "an array of e-mails, of ids, or of members";

/// All who are meant, when that is said: by e-mail or id, or as an answer gave them, so that what was
/// read can be sent back.
pub fn people(fields: &mut Fields, name: &'static str) -> Option<Vec<MemberRef>> {
    let people = fields.patch(name, MUST_BE, |value| {
        let people = value.as_array()?;
        people.iter().map(person).collect::<Option<Vec<_>>>()
    });
    fields.set(name, people)
}

fn person(value: &Value) -> Option<MemberRef> {
    let named = match value {
        Value::Object(member) => member.get("userId").or_else(|| member.get("email"))?,
        value => value,
    };
    named.as_str().map(MemberRef::of)
}
