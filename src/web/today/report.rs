//! `POST /today/outcomes`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::outcomes;
use super::show::{Typed, page};
use super::stale::Stale;
use crate::caller::Caller;
use crate::error::{Error, Problem, Result};
use crate::web::{Ctx, Fault, Flash, Form, Problems, filters};
use crate::when;
use crate::workflows::{self, Report, Reported, Undoable};

const LABELS: &[(&str, &str)] = &[
    ("outcome", "How it went"),
    ("note", "The note"),
    ("call_back_at", "The time"),
];

/// Records what came of the lead at hand, and brings the next one. A form that is wrong comes
/// back as it was; one that came too late says who was faster.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn report(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    let sent = form.clone();
    let done = ctx.run(move |conn, caller| {
        let (step_id, report) = read(&sent, caller)?;
        let call_back_at = report.call_back_at;
        let reported = workflows::report_step(conn, caller, step_id, report)?;
        let undoable = workflows::undoable(conn, caller)?;
        Ok(said(caller, &reported, undoable.as_ref(), call_back_at))
    });
    match done.await {
        Ok(flash) => Ok(ctx.redirect("/today", flash)),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            let typed = Typed { form, problems };
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, typed, None).await
        }
        Err(Error::Conflict(sentence)) => too_late(&ctx, form, sentence).await,
        Err(error) => Err(error.into()),
    }
}

/// The next lead, under what became of the form for the last one.
///
/// # Errors
/// Forbidden without the right to write leads.
pub async fn too_late(ctx: &Ctx, form: Form, sentence: String) -> Result<HttpResponse, Fault> {
    let stale = ctx.run(move |conn, caller| Stale::new(conn, caller, &form, sentence));
    let stale = Some(stale.await?);
    page(ctx, StatusCode::CONFLICT, Typed::default(), stale).await
}

/// The step a form is about.
///
/// # Errors
/// [`Error::Conflict`] when it names none.
pub fn step_of(form: &Form) -> Result<Uuid> {
    let none = |_| Error::Conflict("This form belongs to no step".to_owned());
    Uuid::try_parse(form.get("step_id")).map_err(none)
}

fn read(form: &Form, caller: &Caller) -> Result<(Uuid, Report)> {
    let step_id = step_of(form)?;
    let outcome = form.filled("outcome");
    let none = || Error::invalid("outcome", Problem::Said("Choose how it went".into()));
    let outcome = outcome.ok_or_else(none)?;
    let report = Report {
        outcome: outcome.to_owned(),
        note: form.filled("note").map(str::to_owned),
        call_back_at: call_back_at(form, outcome, caller)?,
        ..Report::default()
    };
    Ok((step_id, report))
}

/// When the lead wants to be called again; what was typed goes with no other outcome.
fn call_back_at(form: &Form, outcome: &str, caller: &Caller) -> Result<Option<DateTime<Utc>>> {
    let wrong = |said: String| Error::invalid("call_back_at", Problem::Said(said.into()));
    let typed = form.filled("call_back_at");
    match (outcome, typed) {
        ("CALL_BACK", typed) => {
            let zone = caller.account.time_zone;
            let at = when::parse(typed.unwrap_or_default(), caller.now, zone);
            at.map(Some).map_err(wrong)
        }
        (_, Some(_)) => Err(wrong(
            "There is a time to call back; press Call back, or empty the field".to_owned(),
        )),
        (_, None) => Ok(None),
    }
}

fn said(
    caller: &Caller,
    reported: &Reported,
    undoable: Option<&Undoable>,
    call_back_at: Option<DateTime<Utc>>,
) -> Flash {
    let Some(undoable) = undoable else {
        return Flash::from("Recorded.");
    };
    let who = &undoable.lead_name;
    let told = |at| filters::to_come(at, caller.now, caller.account.time_zone);
    let next = reported.next.as_ref();
    let next = next.and_then(|next| Some((&next.label, next.due_at?)));
    let text = match (call_back_at, next) {
        (Some(at), _) => format!("{who}: call back {}.", told(at)),
        (None, Some((label, at))) => {
            let outcome = outcomes::said(&undoable.outcome);
            format!("{who}: {outcome}. Next: {label}, {}.", told(at))
        }
        (None, None) => format!("{who}: {}.", outcomes::said(&undoable.outcome)),
    };
    Flash::with_undo(text, "Undo", undo_path(undoable))
}

/// Where an outcome is taken back.
pub fn undo_path(undoable: &Undoable) -> String {
    format!("/today/outcomes/{}/reversal", undoable.attempt_id)
}
