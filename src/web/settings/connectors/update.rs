//! `POST /settings/connectors/{channel}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::edit::page;
use super::words::called;
use super::{Ctx, Fault, Form, Problems, channel, path, shown_once};
use crate::caller::Permission;
use crate::connectors::{self, NewConnector};
use crate::error::Error;

const LABELS: &[(&str, &str)] = &[
    ("kind", "How they leave"),
    ("url", "Address"),
    ("host", "Server"),
    ("port", "Port"),
    ("username", "User name"),
    ("password", "Password"),
    ("from_address", "From address"),
    ("from_name", "From name"),
    ("reply_to", "Answers to"),
];

/// Sets how a channel's messages leave. A new secret is shown in the answer itself and nowhere
/// else, so then there is no redirect.
///
/// # Errors
/// Not found when there is no such channel; forbidden without the right to change settings.
pub async fn update(ctx: Ctx, word: web::Path<String>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let (channel, input) = (channel(&word)?, input(&form));
    let (sealer, policy) = (ctx.state.sealer.clone(), ctx.state.policy);
    let saved = ctx
        .run(move |conn, caller| connectors::save(conn, caller, channel, input, &sealer, &policy));
    match saved.await {
        Ok(saved) => match saved.new_secret {
            Some(secret) => shown_once(&ctx, channel, secret),
            None => Ok(ctx.redirect(&path(channel), format!("{} are set.", called(channel)))),
        },
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&ctx, status, channel, Some(&form), problems).await
        }
        Err(error) => Err(error.into()),
    }
}

fn input(form: &Form) -> NewConnector {
    let text = |name: &str| form.get(name).to_owned();
    let filled = |name: &str| form.filled(name).map(str::to_owned);
    NewConnector {
        kind: form.get("kind").parse().ok(),
        url: text("url"),
        host: text("host"),
        port: form.get("port").trim().parse().ok(),
        security: form.get("security").parse().ok(),
        username: filled("username"),
        // A password may begin or end with a space.
        password: Some(text("password")).filter(|typed| !typed.is_empty()),
        from_address: text("from_address"),
        from_name: filled("from_name"),
        reply_to: filled("reply_to"),
    }
}
