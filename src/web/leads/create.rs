//! `POST /leads`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::fields::{Fields, Offer, problems, row_problems};
use super::rows::{self, Row};
use super::sheet::Sheet;
use super::{Form, Nav, New, Problems};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::enrolment::{self, Intake};
use crate::error::{Error, Result};
use crate::leads::Metadata;
use crate::web::{Ctx, Fault, render};

/// Takes a lead in, or shows the form with another row.
///
/// # Errors
/// Forbidden without the right to write leads.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    if let Some(rows) = rows::edited(&form) {
        return again(&ctx, StatusCode::OK, form, rows, Problems::default()).await;
    }
    let rows = rows::typed(&form);
    let problems = match rows::metadata(&rows) {
        Err(errors) => row_problems(&errors),
        Ok(metadata) => {
            let given = form.clone();
            let taken = ctx.run(move |conn, caller| take_in(conn, caller, &given, metadata));
            match taken.await {
                Ok((path, said)) => return Ok(ctx.redirect(&path, said)),
                Err(Error::Invalid(errors)) => problems(&errors, &rows),
                Err(error @ (Error::NotFound(_) | Error::Conflict(_))) => {
                    Problems::one("workflow_id", error.to_string())
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    again(&ctx, StatusCode::UNPROCESSABLE_ENTITY, form, rows, problems).await
}

/// The page of the new lead, and what it says on top.
fn take_in(
    conn: &mut PgConnection,
    caller: &Caller,
    form: &Form,
    metadata: Metadata,
) -> Result<(String, String)> {
    let sheet = Sheet::typed(form, metadata);
    let intake = Intake {
        lead: sheet.new_lead()?,
        workflow_id: sheet.workflow_id()?,
        first_message: form.filled("force_first_message").map(str::to_owned),
    };
    let taken = enrolment::take_in(conn, caller, vec![intake])?.pop();
    let taken = taken.ok_or_else(|| Error::internal("a lead was taken in without a result"))??;
    let lead = &taken.lead.lead;
    let name = match &lead.last_name {
        Some(last_name) => format!("{} {last_name}", lead.first_name),
        None => lead.first_name.clone(),
    };
    let said = match &taken.run {
        Some(run) => format!("{name} is here, enrolled in {}.", run.entrance.name),
        None => format!("{name} is here."),
    };
    Ok((format!("/leads/{}", taken.lead.id), said))
}

async fn again(
    ctx: &Ctx,
    status: StatusCode,
    form: Form,
    rows: Vec<Row>,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let offer = ctx
        .run(|conn, caller| Offer::load(conn, caller, None))
        .await?;
    let fields = Fields {
        form,
        rows,
        problems,
        offer,
        ..Fields::default()
    };
    let page = ctx.page(Nav::Leads);
    render(status, &New { page, fields })
}
