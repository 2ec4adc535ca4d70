//! The body of a call: JSON, and not too much of it.

use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::fields::Fields;
use super::refusal::Refusal;
use crate::error::{Error, Problem, Result};

/// The largest body that is read (contract §1).
pub const LIMIT: usize = 8 * 1024 * 1024;
/// What is over the limit is still let in up to this much, and thrown away: a client that is cut
/// off in the middle of sending does not hear why.
const PATIENCE: usize = 8 * LIMIT;
/// A body of 8 MiB on a bad line takes less than this.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The bytes of a body, to be read as JSON once the key is known.
#[derive(Debug, Clone)]
pub struct Body(Bytes);

impl Body {
    /// The body as any JSON.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none, as with text that is not UTF-8 or a surrogate alone.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.0)
            .map_err(|error| unreadable(format!("The body is not valid JSON: {error}")))
    }

    /// The body as an object whose fields are asked for one by one.
    ///
    /// # Errors
    /// As [`Body::json`]; also when it is not an object.
    pub fn fields(&self) -> Result<Fields> {
        match self.json()? {
            Value::Object(values) => Ok(Fields::new(values)),
            _ => Err(unreadable("The body must be a JSON object".to_owned())),
        }
    }

    /// The same for a call that needs no body: none reads as an empty object.
    ///
    /// # Errors
    /// As [`Body::fields`].
    pub fn fields_if_any(&self) -> Result<Fields> {
        match self.0.trim_ascii().is_empty() {
            true => Ok(Fields::default()),
            false => self.fields(),
        }
    }

    async fn of(request: HttpRequest, mut payload: Payload) -> Result<Self, Refusal> {
        if !is_json(&request) {
            return Err(Refusal::NotJson);
        }
        let (mut body, mut seen) = (BytesMut::new(), 0);
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| Refusal::CutOff)?;
            seen += chunk.len();
            if seen > PATIENCE {
                return Err(Refusal::TooLarge);
            }
            if seen <= LIMIT {
                body.extend_from_slice(&chunk);
            }
        }
        if seen > LIMIT {
            return Err(Refusal::TooLarge);
        }
        Ok(Self(body.freeze()))
    }
}

fn unreadable(sentence: String) -> Error {
    Error::invalid("body", Problem::Said(sentence.into()))
}

/// A body without a type is taken for JSON; one that says it is something else is not.
fn is_json(request: &HttpRequest) -> bool {
    let Some(kind) = request.headers().get(CONTENT_TYPE) else {
        return true;
    };
    let kind = kind.to_str().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
        || (kind.len() > 5 && kind.to_ascii_lowercase().ends_with("+json"))
}

impl FromRequest for Body {
    type Error = Refusal;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refusal>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let read = Self::of(request.clone(), payload.take());
        Box::pin(async move {
            tokio::time::timeout(TIMEOUT, read)
                .await
                .map_err(|_| Refusal::TooSlow)?
        })
    }
}
