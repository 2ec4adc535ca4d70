//! `POST /workflows/{id}`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Details, Form, LABELS, Nav, Problems};
use crate::caller::Permission;
use crate::error::Error;
use crate::patch::Patch;
use crate::web::hours::Hours;
use crate::web::{Ctx, Fault};
use crate::workflows::{self, WorkflowChanges};

/// Takes the changes.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn update(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let id = *id;
    let workflow = ctx
        .run(move |conn, caller| workflows::find(conn, caller, id))
        .await?;
    let hours = Hours::typed(&form);
    let problems = match changes(&form, &hours) {
        Err(problems) => problems,
        Ok(changes) => {
            let saved = ctx
                .run(move |conn, caller| workflows::update(conn, caller, id, changes))
                .await;
            match saved {
                Ok(workflow) => {
                    let said = format!("“{}” is saved.", workflow.row.name);
                    return Ok(ctx.redirect(&format!("/workflows/{id}"), said));
                }
                Err(Error::Invalid(errors)) => Problems::new(&errors, LABELS),
                Err(error) => return Err(error.into()),
            }
        }
    };
    Details {
        page: ctx.page(Nav::Workflows),
        workflow: Some(workflow),
        hours: Some(hours),
        form,
        problems,
    }
    .answer()
}

fn changes(form: &Form, hours: &Hours) -> Result<WorkflowChanges, Problems> {
    let contact_hours = match form.has("own_hours") {
        true => Patch::Set(hours.read()?),
        false => Patch::Clear,
    };
    let description = form.filled("description").map(str::to_owned);
    Ok(WorkflowChanges {
        name: Some(form.get("name").to_owned()),
        description: description.map_or(Patch::Clear, Patch::Set),
        goal_type: form.get("goal_type").parse().ok(),
        priority: form.get("priority").parse().ok(),
        contact_hours,
        when_away: form.get("when_away").parse().ok(),
    })
}
