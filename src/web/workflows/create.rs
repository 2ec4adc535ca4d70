//! `POST /workflows`

use actix_web::HttpResponse;

use super::{Details, Form, LABELS, Nav, Problems};
use crate::error::Error;
use crate::web::{Ctx, Fault};
use crate::workflows::{self, GoalType, NewWorkflow, Starter, WorkflowStatus};

/// Makes a workflow, a draft.
///
/// # Errors
/// Forbidden without the right to write workflows.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    let starter: Starter = form.get("start").parse().unwrap_or(Starter::Empty);
    let (nodes, edges) = starter.steps();
    let input = NewWorkflow {
        name: form.get("name").to_owned(),
        description: form.filled("description").map(str::to_owned),
        goal_type: form.get("goal_type").parse().unwrap_or(GoalType::None),
        status: WorkflowStatus::Draft,
        nodes,
        edges,
    };
    match ctx
        .run(move |conn, caller| workflows::create(conn, caller, input))
        .await
    {
        Ok(workflow) => Ok(ctx.redirect(
            &format!("/workflows/{}", workflow.row.id),
            format!(
                "“{}” is a draft now. Nothing happens until you activate it.",
                workflow.row.name
            ),
        )),
        Err(Error::Invalid(errors)) => Details {
            page: ctx.page(Nav::Workflows),
            workflow: None,
            hours: None,
            problems: Problems::new(&errors, LABELS),
            form,
        }
        .answer(),
        Err(error) => Err(error.into()),
    }
}
