//! `POST /leads`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::fields::{Fields, Offer, problems, row_problems};
use super::rows::{self, Row};
use super::sheet::Sheet;
use super::{Form, Nav, New, Problems};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::enrolment::{self, Arrival, Intake};
use crate::error::{Error, Present, Result};
use crate::fields::catalogue;
use crate::leads::{Metadata, Patience, Resolved};
use crate::web::{Ctx, Fault, render};

/// Takes a lead in, by the account's rule about those it has already; or shows the form with
/// another row.
///
/// # Errors
/// Forbidden without the right to write leads.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let catalogue = ctx
        .run(|conn, caller| catalogue(conn, caller.account.id))
        .await?;
    if let Some(rows) = rows::edited(&form, &catalogue) {
        let fields = (form, rows, Problems::default());
        return again(&ctx, StatusCode::OK, fields, None).await;
    }
    let rows = rows::typed(&form, &catalogue);
    let (problems, there) = match rows::metadata(&rows, &Metadata::new()) {
        Err(errors) => (row_problems(&errors), None),
        Ok(metadata) => {
            let given = form.clone();
            let taken = ctx.run_patiently(move |conn, caller, patience| {
                take_in(conn, caller, &given, metadata.clone(), patience)
            });
            match taken.await {
                Ok((path, said)) => return Ok(ctx.redirect(&path, said)),
                Err(Error::Invalid(errors)) => (problems(&errors, &rows), None),
                Err(error @ (Error::NotFound(_) | Error::Conflict(_))) => {
                    (Problems::one("workflow_id", error.to_string()), None)
                }
                Err(Error::Duplicate(there)) => {
                    (Problems::one(there.field, there.to_string()), there.there)
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    let fields = (form, rows, problems);
    again(&ctx, StatusCode::UNPROCESSABLE_ENTITY, fields, there).await
}

/// The page of the lead that came in, or that was there, and what it says on top.
fn take_in(
    conn: &mut PgConnection,
    caller: &Caller,
    form: &Form,
    metadata: Metadata,
    patience: Patience,
) -> Result<Option<(String, String)>> {
    let sheet = Sheet::typed(form, metadata);
    let intake = Intake {
        lead: sheet.new_lead()?,
        workflow_id: sheet.workflow_id()?,
        first_message: form.filled("force_first_message").map(str::to_owned),
        ..Intake::default()
    };
    let rule = caller.account.duplicates.form;
    let arrivals = enrolment::take_in_once(conn, caller, vec![intake], rule, patience)?;
    let Some(mut arrivals) = arrivals else {
        return Ok(None);
    };
    let arrival = arrivals.pop();
    let none = || Error::internal("a lead was taken in without a result");
    Ok(Some(told(caller, &arrival.ok_or_else(none)??)))
}

fn told(caller: &Caller, arrival: &Arrival) -> (String, String) {
    let (path, mut said, run) = match arrival {
        Arrival::New(taken) | Arrival::Earlier(taken) => {
            let said = format!("{} is here", taken.lead.lead.name());
            (path_of(caller, &taken.lead), said, taken.run.as_ref())
        }
        Arrival::There { lead, by, run } => {
            let (name, words) = (lead.name(), by.words());
            let said = format!("{name} was here already, with the same {words}");
            (format!("/leads/{}", lead.id), said, run.as_ref())
        }
    };
    if let Some(run) = run {
        said = format!("{said}, enrolled in {}", run.entrance.name);
    }
    (path, format!("{said}."))
}

/// The page of a lead that came in; the list for whom does not see it, who has made it for somebody else.
fn path_of(caller: &Caller, lead: &Resolved) -> String {
    match caller.sees.lead(lead.owner_id, lead.lead.team_id) {
        true => format!("/leads/{}", lead.id),
        false => "/leads".to_owned(),
    }
}

/// The form as it was typed.
async fn again(
    ctx: &Ctx,
    status: StatusCode,
    (form, rows, problems): (Form, Vec<Row>, Problems),
    there: Option<Present>,
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
    let page = New {
        page,
        fields,
        there,
    };
    render(status, &page)
}
