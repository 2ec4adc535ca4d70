//! `POST /login/code`

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse};

use super::{AskForCode, Fault, Form, Visitor, filters, half, render};
use crate::error::{Error, Result};
use crate::people::{self, HalfWay};
use crate::web::render::local;

/// Signs in whoever had the right password and shows a right code.
///
/// # Errors
/// [`Error::Internal`]; a conflict when the secret behind the codes can't be read any more.
pub async fn create(
    visitor: Visitor,
    request: HttpRequest,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let next = local(form.get("next")).unwrap_or("/");
    let Some(half) = half::of(&visitor, &request) else {
        return Ok(half::anew(&visitor, next));
    };
    let page = |problem| AskForCode {
        visitor: &visitor,
        next,
        problem,
    };
    match enter(&visitor, half, form.get("code"), next).await {
        Ok(answer) => Ok(half::over(&visitor, answer)),
        Err(Error::Unauthenticated(_)) => Ok(half::anew(&visitor, next)),
        Err(Error::Invalid(_)) => {
            let problem = "That is not the code. Each one works once: wait for the next.";
            render(StatusCode::UNPROCESSABLE_ENTITY, &page(problem.to_owned()))
        }
        Err(Error::TooMany {
            retry_after_seconds,
        }) => {
            let wait = filters::span(retry_after_seconds);
            let problem = format!("Too many tries. Wait {wait}, then sign in again.");
            let mut answer = render(StatusCode::TOO_MANY_REQUESTS, &page(problem))?;
            let headers = answer.headers_mut();
            headers.insert(RETRY_AFTER, retry_after_seconds.into());
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

async fn enter(visitor: &Visitor, half: HalfWay, typed: &str, next: &str) -> Result<HttpResponse> {
    let (sealer, now, facts) = (
        visitor.state.sealer.clone(),
        visitor.now,
        visitor.facts.clone(),
    );
    let typed = typed.to_owned();
    let entered = visitor
        .state
        .db
        .run(move |conn| people::enter_with_code(conn, &sealer, &half, &typed, now, Some(facts)));
    let (account, person) = entered.await?;
    visitor.sign_in(&account, &person, next)
}
