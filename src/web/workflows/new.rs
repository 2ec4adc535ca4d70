//! `GET /workflows/new`

use actix_web::HttpResponse;

use super::{Details, Form, Nav, Problems};
use crate::caller::Permission;
use crate::web::{Ctx, Fault};

/// The empty form.
///
/// # Errors
/// Forbidden without the right to write workflows.
pub async fn new(ctx: Ctx) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    Details {
        page: ctx.page(Nav::Workflows),
        workflow: None,
        hours: None,
        form: Form::filled_with(&[("goal_type", "appointment"), ("start", "calls")]),
        problems: Problems::default(),
    }
    .answer()
}
