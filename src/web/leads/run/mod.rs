//! What a person does about a lead's run from its page: hurries it, holds it, moves it, ends it.

mod assign;
mod move_to;
mod now;
mod pause;
mod remove;
mod resume;
mod skip;
mod snooze;
mod status;
mod take;

pub use assign::assign;
pub use move_to::move_to;
pub use now::run_now;
pub use pause::pause;
pub use remove::remove;
pub use resume::resume;
pub use skip::skip;
pub use snooze::snooze;
pub use status::set_status;
pub use take::take;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use uuid::Uuid;

use super::list::List;
use super::show::{page, path};
use super::tabs::Tab;
use super::typed::Typed;
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Problem, Result};
use crate::web::{Ctx, Fault, Form, Query};

/// Does it and goes back to the lead's page, which says what `work` says. What can't be done is
/// said on that page, with what was typed still in its place.
async fn act<F>(
    ctx: Ctx,
    id: Uuid,
    query: Query,
    form: Form,
    work: F,
) -> Result<HttpResponse, Fault>
where
    F: FnOnce(&mut PgConnection, &Caller, &Form) -> Result<String> + Send + 'static,
{
    ctx.caller.require(Permission::WriteLeads)?;
    let list = List::of_lead(&query.0);
    let sent = form.clone();
    let done = ctx.run(move |conn, caller| work(conn, caller, &sent)).await;
    let (status, typed) = match done {
        Ok(said) => return Ok(ctx.redirect(&path(id, &list), said)),
        Err(Error::Invalid(errors)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Typed::wrong(form, &errors),
        ),
        Err(Error::Conflict(sentence)) => (StatusCode::CONFLICT, Typed::refused(form, sentence)),
        Err(error) => return Err(error.into()),
    };
    page(&ctx, status, id, list, Tab::default(), typed).await
}

/// The id that a list of choices has sent.
fn chosen(form: &Form, field: &'static str) -> Result<Uuid> {
    let id = form.filled(field);
    let id = id.ok_or_else(|| Error::invalid(field, Problem::Required))?;
    Uuid::try_parse(id).map_err(|_| Error::invalid(field, Problem::NotOfAccount))
}
