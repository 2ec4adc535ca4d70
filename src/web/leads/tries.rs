//! What was tried to reach a lead, as a salesperson reads it: "Ana Rojas called: no answer".

use std::collections::HashMap;

use super::story::Told;
use crate::caller::Person;
use crate::connectors::Channel;
use crate::web::filters;
use crate::web::today::outcome_said;
use crate::workflows::{Attempt, AttemptState};

/// A call or a message in words; `people` are named by their e-mails, and `country` is where
/// numbers are written in their short form.
pub fn tried(
    attempt: &Attempt,
    people: &HashMap<String, String>,
    me: &Person,
    country: &str,
) -> Told {
    let call = attempt.channel == Channel::Call;
    Told {
        icon: icon(attempt.channel),
        mine: attempt.author == me.email,
        who: match (people.get(&attempt.author), attempt.author.as_str()) {
            (Some(name), _) => name.clone(),
            (None, "worker") => "Leadline".to_owned(),
            (None, author) => author.to_owned(),
        },
        did: did(attempt),
        quote: attempt.note.clone(),
        said: attempt.body.clone().filter(|_| !call),
        sub: details(attempt, country),
        recording: attempt.recording_url.clone(),
        changes: Vec::new(),
    }
}

fn icon(channel: Channel) -> &'static str {
    match channel {
        Channel::Call => "phone",
        Channel::Sms | Channel::Whatsapp => "chat",
        Channel::Email => "mail",
        Channel::Application => "link",
    }
}

fn did(attempt: &Attempt) -> String {
    let what = what(attempt);
    let outcome = attempt.outcome.as_deref();
    let call = attempt.channel == Channel::Call;
    use AttemptState::{Cancelled, Failed, Queued, Sending, Unreported};
    match (attempt.state, outcome) {
        (Queued | Sending, _) if call => "is about to call".to_owned(),
        (Queued | Sending, _) => format!("is about to send {what}"),
        (Cancelled, _) if call => "did not call after all".to_owned(),
        (Cancelled, _) => format!("did not send {what} after all"),
        (Failed, _) if call => "could not place the call".to_owned(),
        (Failed, _) => format!("could not send {what}"),
        (Unreported, _) => format!("handed over {what}"),
        (_, Some("COMPLETED")) if call => "called and talked".to_owned(),
        (_, Some(outcome)) if call => format!("called: {}", outcome_said(outcome)),
        (_, None) if call => "called".to_owned(),
        (_, None | Some("COMPLETED" | "success")) => format!("sent {what}"),
        (_, Some("FAILED" | "failure")) => format!("could not send {what}"),
        (_, Some(outcome)) => format!("sent {what}: {}", outcome_said(outcome)),
    }
}

fn what(attempt: &Attempt) -> String {
    let what = match attempt.channel {
        Channel::Call => "a call",
        Channel::Sms => "an SMS",
        Channel::Whatsapp => "a WhatsApp message",
        Channel::Email => "an e-mail",
        Channel::Application => "the lead to another system",
    };
    match &attempt.subject {
        Some(subject) => format!("{what}, “{subject}”"),
        None => what.to_owned(),
    }
}

/// How long it took, whom it went to, why it was made or failed.
fn details(attempt: &Attempt, country: &str) -> String {
    let seconds = attempt.duration_seconds.and_then(|s| u64::try_from(s).ok());
    let recipient = attempt.recipient.as_deref();
    let recipient = recipient.map(|to| match attempt.channel {
        Channel::Call | Channel::Sms | Channel::Whatsapp => crate::phone::written(to, country),
        Channel::Email | Channel::Application => to.to_owned(),
    });
    let parts = [recipient, seconds.map(filters::lasted), attempt.why.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::caller::Role;

    fn attempt(channel: Channel, state: AttemptState, outcome: Option<&str>) -> Attempt {
        Attempt {
            id: Uuid::nil(),
            run_id: Uuid::nil(),
            channel,
            state,
            recipient: None,
            subject: None,
            body: Some("Hello Ann".into()),
            outcome: outcome.map(str::to_owned),
            note: Some("After lunch".into()),
            duration_seconds: Some(95),
            recording_url: None,
            author: "ana@example.com".into(),
            why: None,
            occurred_at: DateTime::UNIX_EPOCH,
        }
    }

    fn told(attempt: &Attempt) -> Told {
        let me = Person {
            id: Uuid::nil(),
            name: "Ana Rojas".into(),
            email: "ana@example.com".into(),
            role: Role::Rep,
        };
        let people = HashMap::from([(me.email.clone(), me.name.clone())]);
        tried(attempt, &people, &me, "US")
    }

    #[test]
    fn a_call_is_told_by_what_came_of_it() {
        let told = told(&attempt(
            Channel::Call,
            AttemptState::Done,
            Some("NO_ANSWER"),
        ));
        assert_eq!((told.who.as_str(), told.mine), ("Ana Rojas", true));
        assert_eq!(told.did, "called: no answer");
        assert_eq!((told.sub.as_str(), told.said), ("1 min 35 s", None));
    }

    #[test]
    fn a_message_is_told_by_its_text_and_a_failure_by_its_name() {
        let sent = told(&attempt(
            Channel::Sms,
            AttemptState::Done,
            Some("COMPLETED"),
        ));
        assert_eq!(sent.did, "sent an SMS");
        assert_eq!(sent.said.as_deref(), Some("Hello Ann"));
        for (state, outcome) in [
            (AttemptState::Failed, None),
            (AttemptState::Done, Some("FAILED")),
        ] {
            let told = told(&attempt(Channel::Email, state, outcome));
            assert_eq!(told.did, "could not send an e-mail");
        }
        let replied = told(&attempt(
            Channel::Whatsapp,
            AttemptState::Done,
            Some("REPLIED"),
        ));
        assert_eq!(replied.did, "sent a WhatsApp message: they replied");
    }
}
