//! `GET /workflows/{id}/edit`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Details, Form, Nav, Problems};
use crate::accounts;
use crate::caller::Permission;
use crate::web::hours::Hours;
use crate::web::{Ctx, Fault};
use crate::workflows;

/// The workflow's own fields as they are. Without hours of its own the account's stand ready.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn edit(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let id = *id;
    let (workflow, own, account) = ctx
        .run(move |conn, caller| {
            let workflow = workflows::find(conn, caller, id)?;
            let own = workflows::contact_hours(conn, caller, id)?;
            Ok((
                workflow,
                own,
                accounts::contact_hours_of(conn, caller.account.id)?,
            ))
        })
        .await?;
    let row = &workflow.row;
    let mut values = vec![
        ("name", row.name.as_str()),
        (
            "description",
            row.description.as_deref().unwrap_or_default(),
        ),
        ("goal_type", row.goal_type.as_str()),
        ("priority", row.priority.as_str()),
        ("when_away", row.when_away.as_str()),
    ];
    values.extend(own.is_some().then_some(("own_hours", "true")));
    Details {
        page: ctx.page(Nav::Workflows),
        form: Form::filled_with(&values),
        hours: Some(Hours::of(own.as_ref().unwrap_or(&account))),
        workflow: Some(workflow),
        problems: Problems::default(),
    }
    .answer()
}
