//! What is to be said to one lead, as each way out needs it.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::template::escape;

/// What is to be said to one lead by one channel.
#[derive(Clone, Debug)]
pub struct Message {
    /// The attempt's id, by which the other side knows that it had this one before.
    pub id: Uuid,
    /// `call`, `sms`, `whatsapp`, `email` or `application`.
    pub channel: String,
    /// A number in E.164, or an e-mail address.
    pub to: Option<String>,
    /// The lead's name.
    pub to_name: Option<String>,
    /// An e-mail's subject.
    pub subject: Option<String>,
    /// What is said.
    pub text: String,
    /// The same as HTML, as an administrator wrote it: it is not cleaned of anything, so a page
    /// that shows it must not let it do more than an e-mail may.
    pub html: Option<String>,
    /// Where the lead says that it wants no more, one click being enough (RFC 8058).
    pub unsubscribe_url: Option<String>,
    /// What an HTTP connector is told beside: an object with `lead`, `workflow`, `report_url`…
    pub facts: Value,
}

impl Message {
    /// The text, with a last line that says where to unsubscribe unless it says so already.
    pub fn closed_text(&self) -> Cow<'_, str> {
        match self.unsubscribe_url.as_deref() {
            Some(url) if !self.text.contains(url) => {
                format!("{}\n\nUnsubscribe: {url}\n", self.text.trim_end()).into()
            }
            _ => self.text.as_str().into(),
        }
    }

    /// The HTML, with a last line that leads to where to unsubscribe unless it does so already.
    pub fn closed_html(&self) -> Option<Cow<'_, str>> {
        let html = self.html.as_deref()?;
        let Some(url) = self.unsubscribe_url.as_deref() else {
            return Some(html.into());
        };
        let escaped = escape(url);
        if html.contains(url) || html.contains(&*escaped) {
            return Some(html.into());
        }
        let end = html.to_ascii_lowercase().rfind("</body");
        let (body, rest) = html.split_at(end.unwrap_or(html.len()));
        Some(format!("{body}<p><a href=\"{escaped}\">Unsubscribe</a></p>{rest}").into())
    }

    /// The body of a request. What the caller adds never replaces what the message is.
    pub(super) fn json(&self, now: DateTime<Utc>) -> Value {
        let mut body = match &self.facts {
            Value::Object(facts) => facts.clone(),
            _ => Map::new(),
        };
        let own = json!({
            "type": "outreach",
            "id": self.id,
            "channel": self.channel,
            "to": self.to,
            "to_name": self.to_name,
            "subject": self.subject,
            "text": self.closed_text(),
            "html": self.closed_html(),
            "unsubscribe_url": self.unsubscribe_url,
            "timestamp": timestamp(now),
        });
        if let Value::Object(own) = own {
            body.extend(own);
        }
        Value::Object(body)
    }
}

/// An instant as the API writes it.
pub(super) fn timestamp(now: DateTime<Utc>) -> String {
    now.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
pub(super) fn example() -> Message {
    Message {
        id: Uuid::from_u128(0x0193_5c00_0000_7000_8000_0000_0000_0001),
        channel: "email".to_owned(),
        to: Some("ana@example.com".to_owned()),
        to_name: Some("Ana Pérez".to_owned()),
        subject: Some("Your visit".to_owned()),
        text: "Hello Ana".to_owned(),
        html: None,
        unsubscribe_url: None,
        facts: json!({"lead": {"id": "l"}, "id": "another"}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://leadline.example/u/abc?x=1&y=2";

    fn closing(text: &str, html: &str) -> Message {
        Message {
            text: text.to_owned(),
            html: Some(html.to_owned()),
            unsubscribe_url: Some(URL.to_owned()),
            ..example()
        }
    }

    #[test]
    fn text_and_html_end_with_where_to_unsubscribe() {
        let message = closing("Hello\n", "<html><body><p>Hello</p></BODY></html>");
        assert_eq!(
            message.closed_text(),
            format!("Hello\n\nUnsubscribe: {URL}\n")
        );
        assert_eq!(
            message.closed_html().unwrap(),
            "<html><body><p>Hello</p><p><a href=\"https://leadline.example/u/abc?x=1&amp;y=2\">\
             Unsubscribe</a></p></BODY></html>"
        );
        let plain = closing("", "<p>Hello</p>");
        assert!(plain.closed_html().unwrap().ends_with("</a></p>"));
    }

    #[test]
    fn it_is_not_said_twice_nor_without_an_address() {
        let escaped = format!("<a href=\"{}\">no more</a>", escape(URL));
        let message = closing(&format!("No more? {URL}"), &escaped);
        assert_eq!(message.closed_text(), message.text);
        assert_eq!(message.closed_html().unwrap(), escaped);
        assert_eq!(example().closed_text(), "Hello Ana");
        assert_eq!(example().closed_html(), None);
    }

    #[test]
    fn a_request_holds_the_facts_but_they_replace_nothing() {
        let body = example().json(DateTime::UNIX_EPOCH);
        assert_eq!(body["type"], "outreach");
        assert_eq!(body["id"], "01935c00-0000-7000-8000-000000000001");
        assert_eq!(body["lead"]["id"], "l");
        assert_eq!(body["timestamp"], "1970-01-01T00:00:00Z");
        assert_eq!(body["html"], Value::Null);
    }
}
