//! What a path or a body names by its integer id, or by its UUID.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde_json::Value;
use uuid::Uuid;

use crate::api::Refusal;
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Problem, Result as Outcome};
use crate::ids::IdOrNumber;
use crate::patch::Patch;
use crate::teams;

/// What an id must be.
pub const MUST_BE: &str = "an integer id or a UUID";

/// The `{id}` of a path.
#[derive(Debug, Clone, Copy)]
pub struct Named(pub IdOrNumber);

impl FromRequest for Named {
    type Error = Refusal;
    type Future = Ready<Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.match_info().get("id").unwrap_or_default();
        let named = id.parse().map(Self);
        ready(named.map_err(|_| Error::invalid("id", Problem::MustBe(MUST_BE)).into()))
    }
}

/// An id in a body: a number that is one, or a text that is a UUID.
pub fn id(value: &Value) -> Option<IdOrNumber> {
    match value {
        Value::Number(number) => {
            let number = number.as_i64().filter(|number| *number >= 0);
            number.map(IdOrNumber::Number)
        }
        Value::String(text) => match text.parse() {
            Ok(id @ IdOrNumber::Id(_)) => Some(id),
            Ok(IdOrNumber::Number(_)) | Err(_) => None,
        },
        _ => None,
    }
}

/// The team that is named in a body by somebody who needs this right for it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] when the account has no team of this number. What an id
/// names is looked up where it is used.
pub fn team(
    conn: &mut PgConnection,
    caller: &Caller,
    right: Permission,
    team: Patch<IdOrNumber>,
) -> Outcome<Patch<Uuid>> {
    resolved(team, "team_id", |named| {
        teams::team_id(conn, caller, right, named)
    })
}

/// The same for a lead source.
///
/// # Errors
/// As [`team`].
pub fn source(
    conn: &mut PgConnection,
    caller: &Caller,
    right: Permission,
    source: Patch<IdOrNumber>,
) -> Outcome<Patch<Uuid>> {
    resolved(source, "lead_source_id", |named| {
        teams::source_id(conn, caller, right, named)
    })
}

fn resolved(
    named: Patch<IdOrNumber>,
    field: &'static str,
    find: impl FnOnce(IdOrNumber) -> Outcome<Uuid>,
) -> Outcome<Patch<Uuid>> {
    match named {
        Patch::Keep => Ok(Patch::Keep),
        Patch::Clear => Ok(Patch::Clear),
        Patch::Set(named) => match find(named) {
            Ok(id) => Ok(Patch::Set(id)),
            Err(Error::NotFound(_)) => Err(Error::invalid(field, Problem::NotOfAccount)),
            Err(error) => Err(error),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_in_quotes_is_no_id() {
        let uuid = Uuid::from_u128(7);
        assert_eq!(id(&json!(7)), Some(IdOrNumber::Number(7)));
        assert_eq!(id(&json!(uuid)), Some(IdOrNumber::Id(uuid)));
        for value in [
            json!("7"),
            json!(-7),
            json!(7.5),
            json!(""),
            json!(true),
            json!([7]),
        ] {
            assert_eq!(id(&value), None, "{value}");
        }
    }
}
