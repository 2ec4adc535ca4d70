//! `POST /leads/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::fields::{Fields, Offer, is_id, problems, row_problems};
use super::rows;
use super::sheet::{Merged, Prints, Sheet};
use super::{Edit, Form, Nav, Problems};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::leads::{self, Lead, LeadView};
use crate::web::{Ctx, Fault, render};

/// Takes the changes. When somebody else has changed the lead since the form was opened, the form
/// comes back with both: what only one has changed is taken from the one, what both have changed
/// is shown beside what was typed. The form's own buttons, which add and remove rows and take
/// over what others wrote, bring it back too.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn update(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let id = *id;
    let answer = ctx
        .run(move |conn, caller| {
            let view = leads::find(conn, caller, id)?;
            match saved(conn, caller, &view, &form)? {
                Outcome::Saved(said) => Ok(Err(said)),
                Outcome::Again(again) => {
                    let offer = Offer::load(conn, caller, Some(&again.view))?;
                    Ok(Ok((again, offer)))
                }
            }
        })
        .await?;
    match answer {
        Err(said) => Ok(ctx.redirect(&format!("/leads/{id}"), said)),
        Ok((again, offer)) => render(again.status, &again.page(&ctx, offer)),
    }
}

enum Outcome {
    /// Done; a sentence says what.
    Saved(String),
    /// The form comes back.
    Again(Box<Again>),
}

/// A form that comes back.
struct Again {
    status: StatusCode,
    view: LeadView,
    fields: Fields,
    /// The state the form is about from here on.
    revision: i32,
    was: Prints,
    /// Fields that clash, and those that were taken over.
    clashing: Vec<String>,
    adopted: Vec<String>,
}

impl Again {
    fn page(self: Box<Self>, ctx: &Ctx, offer: Offer) -> Edit {
        let now = Sheet::of(&self.view.lead);
        let mut fields = self.fields;
        for name in &self.clashing {
            let text = now.text(name);
            let said = if is_id(name) && !text.is_empty() {
                offer.called(&text)
            } else {
                text
            };
            fields.now.insert(name.clone(), said);
        }
        fields.offer = offer;
        let lead = Lead {
            revision: self.revision,
            ..self.view.lead
        };
        let mut edit = Edit::new(ctx.page(Nav::Leads), lead, fields, &self.was);
        edit.clashed = self.status == StatusCode::CONFLICT;
        edit.clashing = self.clashing;
        edit.adopted = self.adopted;
        edit
    }
}

fn saved(
    conn: &mut PgConnection,
    caller: &Caller,
    view: &LeadView,
    form: &Form,
) -> Result<Outcome> {
    let lead = &view.lead;
    let now = Sheet::of(lead);
    let opened_at: Option<i32> = form.get("revision").parse().ok();
    let was: Prints = serde_json::from_str(form.get("was")).unwrap_or_default();
    let again = |status, rows, problems| {
        let fields = Fields {
            form: form.clone(),
            rows,
            problems,
            ..Fields::default()
        };
        Again {
            status,
            view: view.clone(),
            fields,
            revision: opened_at.unwrap_or(lead.revision),
            was: was.clone(),
            clashing: form.all("clash").map(str::to_owned).collect(),
            adopted: Vec::new(),
        }
    };
    if let Some(rows) = rows::edited(form) {
        let again = again(StatusCode::OK, rows, Problems::default());
        return Ok(Outcome::Again(Box::new(again)));
    }
    let rows = rows::typed(form);
    // A form without rows, as a button that sends one field, says nothing about keys.
    let metadata = match form.has("key") || form.has("was") {
        true => rows::metadata(&rows),
        false => Ok(now.metadata.clone()),
    };
    let metadata = match metadata {
        Ok(metadata) => metadata,
        Err(errors) => {
            let problems = row_problems(&errors);
            let again = again(StatusCode::UNPROCESSABLE_ENTITY, rows, problems);
            return Ok(Outcome::Again(Box::new(again)));
        }
    };
    let mut mine = Sheet::typed(form, metadata);
    if let Some(name) = form.filled("take") {
        mine.take(name, &now);
        let mut again = again(StatusCode::OK, Vec::new(), Problems::default());
        again.fields.fill(&mine);
        again.clashing.retain(|one| one != name);
        return Ok(Outcome::Again(Box::new(again)));
    }
    let result = match mine.changes(&now) {
        Ok(_) if opened_at.is_some_and(|opened_at| opened_at != lead.revision) => {
            Err(Error::Conflict(String::new()))
        }
        Ok(changes) => leads::update(conn, caller, lead.id, changes, opened_at),
        Err(error) => Err(error),
    };
    match result {
        Ok(after) if after.lead.revision == lead.revision => {
            Ok(Outcome::Saved("Nothing was to be changed.".to_owned()))
        }
        Ok(after) => Ok(Outcome::Saved(format!("{} is saved.", after.lead.name()))),
        Err(Error::Invalid(errors)) => {
            let problems = problems(&errors, &rows);
            let again = again(StatusCode::UNPROCESSABLE_ENTITY, rows, problems);
            Ok(Outcome::Again(Box::new(again)))
        }
        Err(Error::Conflict(_)) => {
            let view = leads::find(conn, caller, lead.id)?;
            let now = Sheet::of(&view.lead);
            let Merged {
                sheet,
                clashing,
                adopted,
            } = mine.merged(&was, &now);
            let mut again = again(StatusCode::CONFLICT, rows, Problems::default());
            again.fields.fill(&sheet);
            again.revision = view.lead.revision;
            again.was = now.prints();
            again.view = view;
            again.clashing = clashing;
            again.adopted = adopted;
            Ok(Outcome::Again(Box::new(again)))
        }
        Err(error) => Err(error),
    }
}
