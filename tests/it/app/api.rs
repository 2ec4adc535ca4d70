//! A program that speaks JSON.

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

use super::browser::agent;

/// A program, with its key or without one.
pub struct WithKey {
    base: String,
    agent: Agent,
    headers: Vec<(&'static str, String)>,
}

/// What it was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub text: String,
    headers: HeaderMap,
    asked: String,
}

const PREFIX: &str = "/api/public";

impl WithKey {
    pub fn new(base: &str, key: Option<&str>) -> Self {
        Self {
            base: base.to_owned(),
            agent: agent(),
            headers: key
                .map(|key| ("x-api-key", key.to_owned()))
                .into_iter()
                .collect(),
        }
    }

    /// The same program, giving its key in the other way.
    pub fn with_bearer(mut self) -> Self {
        for (name, value) in &mut self.headers {
            (*name, *value) = ("authorization", format!("Bearer {value}"));
        }
        self
    }

    /// The same program, sending one more header with everything.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, Some(&body.to_string()))
    }

    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.ask("PATCH", path, Some(&body.to_string()))
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path, None)
    }

    /// Sends text as JSON, whether it is any or not. Paths begin after `/api/public`.
    pub fn ask(&self, method: &str, path: &str, json: Option<&str>) -> Answer {
        let body = json.map(|json| ("application/json", json.as_bytes().to_vec()));
        self.ask_with(method, path, body)
    }

    /// Sends any body of any type.
    pub fn ask_with(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{PREFIX}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let sent = match body {
            Some((content_type, body)) => {
                let request = if content_type.is_empty() {
                    request
                } else {
                    request.header("content-type", content_type)
                };
                self.agent.run(request.body(body).unwrap())
            }
            None => self.agent.run(request.body(()).unwrap()),
        };
        let mut answer = sent.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            text: answer.body_mut().read_to_string().unwrap(),
            asked: format!("{method} {path}"),
        }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body, which is JSON whatever happened.
    pub fn json(&self) -> Value {
        let kind = self.header("content-type").unwrap_or_default();
        assert!(kind.starts_with("application/json"), "{self:?}");
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body, if this is the status.
    pub fn of(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }

    /// Checks status and the whole body.
    pub fn is(&self, status: u16, body: &Value) {
        assert_eq!(self.of(status), *body, "{}", self.asked);
    }

    /// Checks an error of contract §1.
    pub fn is_error(&self, status: u16, class: &str, message: &str) {
        self.is(
            status,
            &serde_json::json!({ "error": class, "message": message }),
        );
    }
}
