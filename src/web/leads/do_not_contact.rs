//! `GET` and `POST /leads/{id}/do-not-contact`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Form, Nav, Page, Problems, filters};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::do_not_contact::{self, Contact};
use crate::enrolment;
use crate::error::{Error, Result};
use crate::leads::{self, Lead};
use crate::web::{Ctx, Fault, render};

/// The page that asks why.
#[derive(Template)]
#[template(path = "leads/do_not_contact.html")]
struct LeaveAlone<'a> {
    page: Page,
    lead: Lead,
    country: String,
    form: &'a Form,
    problems: Problems,
}

/// Why a lead can't be contacted, when it can't.
///
/// # Errors
/// Forbidden without the right to see leads.
pub fn blocked(conn: &mut PgConnection, caller: &Caller, lead: &Lead) -> Result<Option<String>> {
    let entry = do_not_contact::find_for(conn, caller, &contact(lead))?;
    Ok(entry.map(|entry| entry.sentence(caller.account.time_zone)))
}

/// Asks why a lead is to be left alone.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn ask(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let (form, problems) = (Form::default(), Problems::default());
    page(&ctx, StatusCode::OK, *id, &form, problems).await
}

/// Puts the lead on the list, with its number and its address, and stops its workflow.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn leave_alone(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let (id, reason) = (*id, form.get("reason").to_owned());
    let added = ctx.run(move |conn, caller| {
        let lead = leads::find(conn, caller, id)?.lead;
        enrolment::leave_alone(conn, caller, &contact(&lead), &reason)
    });
    match added.await {
        Ok(_) => Ok(ctx.redirect(
            &format!("/leads/{id}"),
            "On the do-not-contact list, with number and address. Nothing goes out any more.",
        )),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, &[("reason", "Reason")]);
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, id, &form, problems).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    form: &Form,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let view = ctx
        .run(move |conn, caller| leads::find(conn, caller, id))
        .await?;
    let page = LeaveAlone {
        page: ctx.page(Nav::Leads),
        lead: view.lead,
        country: ctx.caller.account.default_country.clone(),
        form,
        problems,
    };
    render(status, &page)
}

fn contact(lead: &Lead) -> Contact {
    Contact {
        lead_id: lead.id,
        phone: lead.phone_e164.clone(),
        email: lead.email.clone(),
    }
}
