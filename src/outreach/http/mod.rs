//! A message as a signed request to another system, a dialer or a gateway.
//!
//! A proxy that the environment names is not used: it would choose the address itself.

mod agent;
mod check;

use std::io::Read as _;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use ureq::http::header::{CONTENT_TYPE, HeaderName};

use super::message::timestamp;
use super::{Failure, Http, Message, Policy, Sent, signature};
use crate::ids;

pub use check::check_url;

/// No more of an answer is read.
const ANSWER: usize = 64 * 1024;
/// No more characters of what an answer names are kept.
const NAMED: usize = 200;
const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const STANDARD: HeaderName = HeaderName::from_static("webhook-signature");
const PLAIN: HeaderName = HeaderName::from_static("x-signature");
const IDEMPOTENCY: HeaderName = HeaderName::from_static("idempotency-key");

/// [`super::send`] by HTTP.
pub(super) fn send(
    http: &Http,
    message: &Message,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<Sent, Failure> {
    let id = message.id.to_string();
    let answer = post(http, &id, &message.json(now), policy, now)?;
    let said = serde_json::from_slice::<Value>(&answer).unwrap_or_default();
    Ok(Sent {
        reference: named(&said["id"]),
        outcome: named(&said["outcome"]),
    })
}

/// [`super::test()`] by HTTP.
pub(super) fn test(http: &Http, policy: &Policy, now: DateTime<Utc>) -> Result<(), Failure> {
    let id = ids::new(now).to_string();
    let body = json!({"type": "test", "id": id, "timestamp": timestamp(now)});
    post(http, &id, &body, policy, now).map(drop)
}

/// Posts a signed body; gives the beginning of the answer when that was a yes.
fn post(
    http: &Http,
    id: &str,
    body: &Value,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, Failure> {
    let (url, host) = check::parse(&http.url, policy)?;
    let body = body.to_string().into_bytes();
    let at = now.timestamp();
    let signature = signature::signed(&http.secret, id, at, &body).ok_or_else(|| {
        Failure::Final("The secret can't sign requests; give the connector a new one.".to_owned())
    })?;
    let request = agent::of(policy)
        .post(url)
        .header(CONTENT_TYPE, "application/json")
        .header(ID, id)
        .header(TIMESTAMP, at)
        .header(STANDARD, signature.standard)
        .header(PLAIN, signature.plain)
        .header(IDEMPOTENCY, id);
    let mut answer = request
        .send(&body)
        .map_err(|error| agent::failure(error, &host))?;
    judge(answer.status().as_u16(), &host)?;
    let mut beginning = Vec::new();
    let mut reader = answer.body_mut().as_reader().take(ANSWER as u64);
    // It was taken, whatever becomes of the rest of the answer.
    let _ = reader.read_to_end(&mut beginning);
    Ok(beginning)
}

/// What a status says of the message.
fn judge(status: u16, host: &str) -> Result<(), Failure> {
    match status {
        200..=299 => Ok(()),
        300..=399 => Err(Failure::Final(format!(
            "{host} answered {status} and points to another address; enter that one instead."
        ))),
        408 | 425 | 429 | 500.. => Err(Failure::Retry(format!(
            "{host} could not take it and answered {status}."
        ))),
        _ => Err(Failure::Final(format!(
            "{host} refused it and answered {status}."
        ))),
    }
}

/// A text or number of an answer, as text that can be kept.
fn named(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().replace('\0', ""),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then(|| crate::text::at_most(&text, NAMED).into_owned())
}

#[cfg(test)]
mod tests;
