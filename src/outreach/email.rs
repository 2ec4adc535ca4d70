//! A message as an e-mail: who, to whom, and the text beside its HTML.

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message as Email};

use super::{Failure, Message, Smtp};

const UNSUBSCRIBE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
const ONE_CLICK: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");

/// The e-mail, ready to be handed over.
pub(super) fn compose(
    smtp: &Smtp,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<Email, Failure> {
    let broken = || Failure::Final("The e-mail could not be put together.".to_owned());
    let from = sender(smtp)?;
    let to = message.to.as_deref().unwrap_or_default();
    let to = mailbox(to, message.to_name.as_deref())
        .ok_or_else(|| Failure::Final("The lead has no e-mail address to write to.".to_owned()))?;
    let mut email = Email::builder()
        .message_id(Some(format!("<{}@{}>", message.id, from.email.domain())))
        .date(now.into())
        .from(from)
        .to(to);
    if let Some(address) = smtp.reply_to.as_deref() {
        let address = mailbox(address, None).ok_or_else(|| {
            Failure::Final("The connector's address for answers can't be written to.".to_owned())
        })?;
        email = email.reply_to(address);
    }
    if let Some(subject) = one_line(message.subject.as_deref()) {
        email = email.subject(subject);
    }
    if let Some(url) = message.unsubscribe_url.as_deref() {
        // Whatever else stood in the header would be read as another header or address.
        if !url.bytes().all(|byte| byte.is_ascii_graphic()) || url.contains(['<', '>']) {
            return Err(broken());
        }
        let post = "List-Unsubscribe=One-Click".to_owned();
        email = email
            .raw_header(HeaderValue::new(UNSUBSCRIBE, format!("<{url}>")))
            .raw_header(HeaderValue::new(ONE_CLICK, post));
    }
    let text = message.closed_text().into_owned();
    let email = match message.closed_html() {
        Some(html) => email.multipart(MultiPart::alternative_plain_html(text, html.into_owned())),
        None => email.singlepart(SinglePart::plain(text)),
    };
    email.map_err(|_| broken())
}

/// Who writes.
pub(super) fn sender(smtp: &Smtp) -> Result<Mailbox, Failure> {
    mailbox(&smtp.from_address, smtp.from_name.as_deref()).ok_or_else(|| {
        Failure::Final("The connector's sender is not an e-mail address.".to_owned())
    })
}

/// An address with its domain as mail servers know it, in ASCII.
fn mailbox(address: &str, name: Option<&str>) -> Option<Mailbox> {
    let (local, domain) = address.trim().rsplit_once('@')?;
    let domain = idna::domain_to_ascii(domain).ok()?;
    let address = Address::new(local, domain).ok()?;
    Some(Mailbox::new(one_line(name), address))
}

/// A text that stands in a header: one line, without what is not seen; blank reads as absent.
fn one_line(text: Option<&str>) -> Option<String> {
    let text = text?.replace(char::is_control, " ");
    let words: Vec<_> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outreach::Security;
    use crate::outreach::message::example;

    fn smtp() -> Smtp {
        Smtp {
            host: "mail.example.com".to_owned(),
            port: 587,
            security: Security::StartTls,
            username: None,
            password: None,
            from_address: "ventas@müller.example".to_owned(),
            from_name: Some("María, Ventas".to_owned()),
            reply_to: Some("desk@example.com".to_owned()),
        }
    }

    fn written(message: &Message) -> String {
        let email = compose(&smtp(), message, DateTime::UNIX_EPOCH).unwrap();
        String::from_utf8(email.formatted()).unwrap()
    }

    #[test]
    fn an_email_has_text_and_html_and_a_way_out() {
        let url = format!("https://leadline.example/u/{}", "x".repeat(120));
        let message = Message {
            html: Some("<p>Hello <b>Ana</b></p>".to_owned()),
            unsubscribe_url: Some(url.clone()),
            ..example()
        };
        let email = written(&message);
        let (head, body) = email.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ");
        let id = message.id;
        for line in [
            &format!("Message-ID: <{id}@xn--mller-kva.example>"),
            &format!("List-Unsubscribe: <{url}>"),
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Subject: Your visit",
            "Reply-To: desk@example.com",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000",
        ] {
            assert!(
                head.lines()
                    .any(|one| one.split_whitespace().eq(line.split_whitespace())),
                "{line}\n{head}"
            );
        }
        assert!(head.contains("multipart/alternative"), "{head}");
        let (text, html) = (
            body.find("text/plain").unwrap(),
            body.find("text/html").unwrap(),
        );
        assert!(text < html, "a reader that knows both takes the last");
        assert!(body.contains("Unsubscribe:"), "{body}");
    }

    #[test]
    fn an_email_without_html_is_plain_text() {
        let email = written(&example());
        assert!(
            !email.contains("multipart") && !email.contains("Unsubscribe"),
            "{email}"
        );
        assert!(email.contains("text/plain"), "{email}");
        assert!(email.ends_with("\r\n\r\nHello Ana\r\n"), "{email}");
    }

    #[test]
    fn no_field_can_begin_a_line_of_its_own() {
        let message = Message {
            subject: Some("Visit\r\nBcc: all@example.com".to_owned()),
            to_name: Some("Ana\nBcc: all@example.com".to_owned()),
            ..example()
        };
        let email = written(&message);
        assert!(!email.contains("\nBcc"), "{email}");
        assert!(
            email.contains("Subject: Visit Bcc: all@example.com\r\n"),
            "{email}"
        );
        for url in [
            "https://x/\r\nBcc: a@b.example",
            "https://x/> , <https://y/",
        ] {
            let message = Message {
                unsubscribe_url: Some(url.to_owned()),
                ..example()
            };
            assert!(compose(&smtp(), &message, DateTime::UNIX_EPOCH).is_err());
        }
    }

    #[test]
    fn who_has_no_address_is_not_written_to() {
        for to in [
            None,
            Some(""),
            Some("ana"),
            Some("ana@"),
            Some("a\r\nb@example.com"),
        ] {
            let message = Message {
                to: to.map(str::to_owned),
                ..example()
            };
            let composed = compose(&smtp(), &message, DateTime::UNIX_EPOCH);
            assert!(matches!(composed, Err(Failure::Final(_))), "{to:?}");
        }
    }
}
