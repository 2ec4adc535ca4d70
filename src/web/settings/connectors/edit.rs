//! `GET /settings/connectors/{channel}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::{Ctx, Edit, Fault, Form, Nav, Problems, channel, render};
use crate::caller::Permission;
use crate::connectors::{self, Channel, Connector, Way};

/// How a channel's messages leave.
///
/// # Errors
/// Not found when there is no such channel; forbidden without the right to see settings.
pub async fn edit(ctx: Ctx, word: web::Path<String>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::ReadSettings)?;
    let channel = channel(&word)?;
    page(&ctx, StatusCode::OK, channel, None, Problems::default()).await
}

/// The form as it is set, or as it was typed.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    channel: Channel,
    typed: Option<&Form>,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let connector = ctx
        .run(move |conn, caller| connectors::find(conn, caller, channel))
        .await?;
    let set = set(channel, connector.as_ref());
    let edit = Edit {
        page: ctx.page(Nav::Elsewhere),
        channel,
        connector,
        form: typed.unwrap_or(&set),
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &edit)
}

/// The form's values as they are set now.
fn set(channel: Channel, connector: Option<&Connector>) -> Form {
    let usual = channel.usual().map_or("", |kind| kind.as_str());
    let Some(connector) = connector else {
        return Form::filled_with(&[("kind", usual), ("port", "587")]);
    };
    let kind = connector.way.kind().as_str();
    match &connector.way {
        Way::Person | Way::Outbox => Form::filled_with(&[("kind", kind), ("port", "587")]),
        Way::Http { url } => Form::filled_with(&[("kind", kind), ("url", url), ("port", "587")]),
        Way::Smtp(mail) => Form::filled_with(&[
            ("kind", kind),
            ("host", &mail.host),
            ("port", &mail.port.to_string()),
            ("security", mail.security.as_str()),
            ("username", mail.username.as_deref().unwrap_or_default()),
            ("from_address", &mail.from_address),
            ("from_name", mail.from_name.as_deref().unwrap_or_default()),
            ("reply_to", mail.reply_to.as_deref().unwrap_or_default()),
        ]),
    }
}
