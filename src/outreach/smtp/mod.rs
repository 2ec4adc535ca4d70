//! A message handed to a mail server, step by step: only so is it known whether one that broke
//! off may have left.

mod line;

use chrono::{DateTime, Utc};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};

use self::line::Line;
use super::{Failure, Message, Policy, Sent, Smtp, email};

/// [`super::send`] by SMTP.
pub(super) fn send(
    smtp: &Smtp,
    message: &Message,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<Sent, Failure> {
    let email = email::compose(smtp, message, now)?;
    let mut line = Line::open(smtp, policy)?;
    let handed = hand_over(&mut line, &email);
    line.close();
    handed.map(|()| Sent::default())
}

/// [`super::test()`] by SMTP.
pub(super) fn test(smtp: &Smtp, policy: &Policy) -> Result<(), Failure> {
    Line::open(smtp, policy)?.close();
    Ok(())
}

/// Says from whom and to whom, and hands over what.
fn hand_over(line: &mut Line, email: &lettre::Message) -> Result<(), Failure> {
    let (envelope, content) = (email.envelope(), email.formatted());
    let mut wishes = Vec::new();
    let mut addresses = envelope.to().iter().chain(envelope.from());
    if !addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
        if !line.offers(Extension::SmtpUtfEight) {
            let host = line.host();
            return Err(Failure::Final(format!(
                "{host} takes no addresses with letters beyond a to z."
            )));
        }
        wishes.push(MailParameter::SmtpUtfEight);
    }
    if !content.is_ascii() && line.offers(Extension::EightBitMime) {
        wishes.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    line.say(
        Mail::new(envelope.from().cloned(), wishes),
        "did not accept the sender",
    )?;
    for to in envelope.to() {
        line.say(
            Rcpt::new(to.clone(), Vec::new()),
            "takes no mail for this address",
        )?;
    }
    line.say(Data, "did not take the e-mail")?;
    line.content(&content)
}

#[cfg(test)]
mod tests;
