//! Errors in the account dialect: one sentence alone, with the fields called as its bodies call them.

use std::borrow::Cow;

use actix_web::HttpRequest;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use serde_json::{Value, json};

use super::leads::field_name;
use super::routes::ROUTES;
use crate::api::Refusal;
use crate::api::refusal::dress_as;
use crate::error::{Error, Problem};

/// Gives every refusal the dialect's form, whatever refused.
///
/// # Errors
/// None of its own.
pub async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    dress_as(request, next, body).await
}

fn body(request: &HttpRequest, refusal: &Refusal) -> Value {
    let sentence = match refusal {
        Refusal::Room(Error::Invalid(errors)) if is_own(request) => {
            let first = errors.0.first();
            first.map(|error| match error.problem {
                // What is not known is called as it was sent.
                Problem::Unknown => error.sentence(&error.field),
                Problem::Said(ref sentence) => said(&error.field, sentence),
                _ => error.sentence(&name(&error.field)),
            })
        }
        _ => None,
    };
    json!({ "error": sentence.unwrap_or_else(|| refusal.sentence()) })
}

/// Whether the call's body is this dialect's; the others have the standard's fields.
fn is_own(request: &HttpRequest) -> bool {
    let pattern = request.match_pattern();
    pattern.is_some_and(|pattern| ROUTES.iter().any(|route| route.path == pattern))
}

/// A sentence of its own; one that begins with the key of a field begins with its name here.
fn said(field: &str, sentence: &str) -> String {
    let key = field.strip_prefix("metadata.");
    let rest = key.and_then(|key| sentence.strip_prefix(key));
    match (rest, field_name(field)) {
        (Some(rest), Some(name)) => format!("{name}{rest}"),
        _ => sentence.to_owned(),
    }
}

/// What a room's field is called here.
fn name(field: &str) -> Cow<'_, str> {
    if let Some(name) = field_name(field) {
        return name.into();
    }
    let mut parts = field.split('_');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name.into()
}

#[cfg(test)]
mod tests {
    use super::{name, said};

    #[test]
    fn a_sentence_about_a_key_calls_it_by_its_name() {
        let told = said(
            "metadata.process_stage",
            "process_stage must be one of A, B",
        );
        assert_eq!(told, "processStage must be one of A, B");
        assert_eq!(
            said("metadata.edad", "edad must be a number"),
            "edad must be a number"
        );
        assert_eq!(said("file", "The file is empty"), "The file is empty");
    }

    #[test]
    fn fields_are_called_as_the_dialect_has_them() {
        for (field, called) in [
            ("first_name", "firstName"),
            ("lead_source_id", "leadSourceId"),
            ("title", "jobTitle"),
            ("owner", "assignedTo"),
            ("metadata.number_of_employees", "numberOfEmployees"),
            ("metadata.other_key", "metadata.otherKey"),
            ("email", "email"),
            ("lastName", "lastName"),
        ] {
            assert_eq!(name(field), called);
        }
    }
}
