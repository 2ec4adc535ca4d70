//! `POST /workflows`

use actix_web::HttpResponse;

use super::json::WorkflowJson;
use super::update::GOALS;
use crate::api::fields::Fields;
use crate::api::{Body, Call, Refusal};
use crate::error::Result as Outcome;
use crate::workflows::{self, GoalType, NewWorkflow, WorkflowStatus};

/// Makes a draft without nodes.
///
/// # Errors
/// As [`workflows::create`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let workflow = call.run(move |conn, caller| {
        let input = input(body.fields()?)?;
        workflows::create(conn, caller, input)
    });
    Ok(HttpResponse::Created().json(WorkflowJson::from(workflow.await?)))
}

fn input(mut fields: Fields) -> Outcome<NewWorkflow> {
    fields.drop_nulls();
    let input = NewWorkflow {
        name: fields.required_text("name").unwrap_or_default(),
        description: fields.required_text("description"),
        goal_type: fields
            .read("goal_type", GOALS, |word| word.parse().ok())
            .unwrap_or(GoalType::None),
        status: WorkflowStatus::Draft,
        nodes: Vec::new(),
        edges: Vec::new(),
    };
    fields.done(input)
}
