//! What the error pages say: what happened, why, and what to do now.

use actix_web::http::StatusCode;

use super::Fault;
use crate::error::{Error, Noun};
use crate::web::filters;

/// What an error page says.
pub struct Words {
    /// What happened.
    pub title: &'static str,
    /// Why, and what it means.
    pub sentence: String,
    /// What to do now; may be empty.
    pub advice: &'static str,
}

/// What the page for a fault says.
pub fn of(fault: &Fault) -> Words {
    let (title, sentence, advice) = match fault {
        Fault::Room(error) => return of_room(error),
        Fault::Elsewhere(_) => ("One thing first", String::new(), ""),
        Fault::StaleForm => (
            "This form is out of date",
            "Nothing was changed. The page stood open for too long, you have signed in or \
                 out in the meantime, or the form came from another site."
                .to_owned(),
            "Go back, copy what you typed if it was long, reload the page and send it again.",
        ),
        Fault::Malformed => (
            "We could not read that",
            "What your browser sent is damaged or not in UTF-8. Nothing was changed.".to_owned(),
            "Go back and try again, or start from the list.",
        ),
        Fault::NotAForm => (
            "We could not read that",
            "Pages here take forms only. Nothing was changed.".to_owned(),
            "For programs there is the API under /api/public.",
        ),
        Fault::TooLarge => (
            "That is too much at once",
            "A form can carry 1 MiB at most. Nothing was changed.".to_owned(),
            "Go back and shorten the longest text.",
        ),
        Fault::TooSlow => (
            "That took too long",
            "Only a part of what you sent has reached us. Nothing was changed.".to_owned(),
            "Go back and send it again when the connection is better.",
        ),
        Fault::NotAllowed(_) => (
            "This address can’t be used that way",
            "The page exists, but not for what your browser asked.".to_owned(),
            "Go back and use the buttons of the page.",
        ),
    };
    Words {
        title,
        sentence,
        advice,
    }
}

fn of_room(error: &Error) -> Words {
    let (title, sentence, advice) = match error {
        Error::NotFound(Noun::Page) => (
            "There is no such page",
            "The address may be mistyped, or the page has moved.".to_owned(),
            "Go back, or start from the list of leads.",
        ),
        Error::NotFound(Noun::Invitation) => (
            "This invitation no longer works",
            "A link works once, for 7 days, and a newer one replaces it.".to_owned(),
            "If you have joined already, sign in. If not, ask for a new link.",
        ),
        Error::NotFound(Noun::Link) => (
            "This link does not work",
            "It is not complete, or it was not made here. Nothing was changed.".to_owned(),
            "E-mail programs sometimes break long links: copy the whole of it into the address \
             bar. Or answer the e-mail and say that you want no more.",
        ),
        Error::NotFound(noun) => (
            "It is not here",
            format!("{noun} not found. It may have been deleted, or the link is not complete."),
            "Go back to the list and look for it there.",
        ),
        Error::Invalid(errors) => (
            "Not saved",
            errors
                .0
                .iter()
                .map(|one| one.sentence(&one.field) + ".")
                .collect::<Vec<_>>()
                .join(" "),
            "Go back and put it right; what you typed is still there.",
        ),
        Error::Conflict(sentence) => (
            "That can’t be done now",
            sentence.clone(),
            "Reload the page to see how things stand.",
        ),
        Error::Duplicate(there) => (
            "That lead is here already",
            there.to_string(),
            "Look for it in the list of leads.",
        ),
        Error::TooLarge(sentence) => ("That is too much at once", sentence.clone(), ""),
        Error::Forbidden(sentence) => ("That is not yours to do", sentence.clone(), ""),
        Error::Unauthenticated(_) => (
            "Please sign in",
            "You are not signed in any more.".to_owned(),
            "",
        ),
        Error::TooMany {
            retry_after_seconds,
        } => (
            "Too many tries",
            format!(
                "Please wait {}, then try again.",
                filters::span(*retry_after_seconds)
            ),
            "",
        ),
        Error::Internal(_) => (
            "Something went wrong on our side",
            "It is not your fault, and it has been written down. Nothing was half saved."
                .to_owned(),
            "Try again in a minute. If it stays, give your admin the number below.",
        ),
    };
    Words {
        title,
        sentence,
        advice,
    }
}

/// Words for what the framework itself refuses, as a path that is no id.
pub fn by_status(status: StatusCode) -> Words {
    match status {
        StatusCode::NOT_FOUND => of_room(&Error::NotFound(Noun::Page)),
        StatusCode::PAYLOAD_TOO_LARGE => of(&Fault::TooLarge),
        status if status.is_client_error() => of(&Fault::Malformed),
        _ => of_room(&Error::internal("in the framework")),
    }
}
