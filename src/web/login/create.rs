//! `POST /login`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;

use super::{SignIn, half};
use crate::error::{Error, Result, Unauthenticated};
use crate::people::{self, Entrance};
use crate::web::render::local;
use crate::web::{Fault, Form, Visitor, filters, render};

/// Signs in, or says in the same words and after the same time that e-mail and password do not
/// go together, whether somebody has that e-mail or not.
///
/// # Errors
/// [`Error::Internal`].
pub async fn create(visitor: Visitor, form: Form) -> Result<HttpResponse, Fault> {
    let next = local(form.get("next")).unwrap_or("/");
    let page = |problem| SignIn {
        visitor: &visitor,
        email: form.get("email"),
        next,
        problem,
    };
    match check(&visitor, form.get("email"), form.get("password")).await {
        Ok(Entrance::Open(account, person)) => Ok(visitor.sign_in(&account, &person, next)?),
        Ok(Entrance::Half(half)) => half::asks(&visitor, &half, next),
        Err(Error::Unauthenticated(_)) => {
            let problem = "That e-mail and password do not go together.".to_owned();
            render(StatusCode::UNPROCESSABLE_ENTITY, &page(problem))
        }
        Err(Error::TooMany {
            retry_after_seconds,
        }) => {
            let wait = filters::span(retry_after_seconds);
            let problem = format!("Too many tries. Wait {wait}, then try again.");
            let mut answer = render(StatusCode::TOO_MANY_REQUESTS, &page(problem))?;
            answer
                .headers_mut()
                .insert(RETRY_AFTER, retry_after_seconds.into());
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

async fn check(visitor: &Visitor, email: &str, password: &str) -> Result<Entrance> {
    let (db, now, facts) = (&visitor.state.db, visitor.now, visitor.facts.clone());
    let (email, password, ip) = (email.to_owned(), password.to_owned(), facts.ip);
    let candidate = db
        .run(move |conn| people::attempt(conn, &email, ip, now))
        .await?;
    let candidate = visitor
        .state
        .slow
        .run(move || Ok(people::verify(&password, candidate.hash.as_deref()).then_some(candidate)))
        .await?;
    let candidate = candidate.ok_or(Error::Unauthenticated(Unauthenticated::WrongPassword))?;
    db.run(move |conn| people::signed_in(conn, candidate, now, Some(facts)))
        .await
}
