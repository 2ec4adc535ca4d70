//! `POST /leads/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::fields::{Fields, Offer, is_id, problems, row_problems};
use super::merge::Prints;
use super::rows::{self, Row};
use super::sheet::Sheet;
use super::{Edit, Form, Nav, Problems};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::fields::{Catalogue, catalogue};
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
                Outcome::Saved(path, said) => Ok(Err((path, said))),
                Outcome::Again(again) => {
                    let offer = Offer::load(conn, caller, Some(&again.view))?;
                    Ok(Ok((again, offer)))
                }
            }
        })
        .await?;
    match answer {
        Err((path, said)) => Ok(ctx.redirect(&path, said)),
        Ok((again, offer)) => render(again.status, &again.page(&ctx, offer)),
    }
}

enum Outcome {
    /// Done: where that leads, and a sentence that says what.
    Saved(String, String),
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

/// A posted form and the lead it is about.
struct Sent<'a> {
    form: &'a Form,
    view: &'a LeadView,
    now: Sheet,
    /// The revision the form was opened at; a form without one is saved over everything.
    opened_at: Option<i32>,
    was: Prints,
    catalogue: Catalogue,
}

fn saved(
    conn: &mut PgConnection,
    caller: &Caller,
    view: &LeadView,
    form: &Form,
) -> Result<Outcome> {
    let sent = Sent {
        form,
        view,
        now: Sheet::of(&view.lead),
        opened_at: form.get("revision").parse().ok(),
        was: serde_json::from_str(form.get("was")).unwrap_or_default(),
        catalogue: catalogue(conn, caller.account.id)?,
    };
    if let Some(rows) = rows::edited(form, &sent.catalogue) {
        return Ok(sent.again(StatusCode::OK, rows, Problems::default()));
    }
    let rows = rows::typed(form, &sent.catalogue);
    let mine = match sent.sheet(&rows) {
        Ok(mine) => mine,
        Err(errors) => return Ok(sent.refused(rows, row_problems(&errors))),
    };
    if let Some(name) = form.filled("take") {
        return Ok(sent.taken_over(mine, name));
    }
    let path = format!("/leads/{}", view.lead.id);
    match sent.save(conn, caller, &mine) {
        Ok(after) if after.lead.revision == view.lead.revision => Ok(Outcome::Saved(
            path,
            "Nothing was to be changed.".to_owned(),
        )),
        Ok(LeadView { lead, .. }) => {
            let name = lead.name();
            Ok(match caller.sees.lead(lead.owner_id, lead.team_id) {
                true => Outcome::Saved(path, format!("{name} is saved.")),
                false => Outcome::Saved(
                    "/leads".to_owned(),
                    format!("{name} is saved, and not among the leads you see any more."),
                ),
            })
        }
        Err(Error::Invalid(errors)) => {
            let problems = problems(&errors, &rows);
            Ok(sent.refused(rows, problems))
        }
        Err(Error::Conflict(_)) => sent.clashed(conn, caller, &mine),
        Err(error) => Err(error),
    }
}

impl Sent<'_> {
    /// What the form says. One without rows, as a button that sends one field, says nothing of
    /// keys.
    fn sheet(&self, rows: &[Row]) -> Result<Sheet, Vec<(usize, String)>> {
        let whole = self.form.has("key") || self.form.has("was");
        let metadata = match whole {
            true => rows::metadata(rows, &self.now.metadata)?,
            false => self.now.metadata.clone(),
        };
        Ok(Sheet::typed(self.form, metadata))
    }

    fn save(&self, conn: &mut PgConnection, caller: &Caller, mine: &Sheet) -> Result<LeadView> {
        let lead = &self.view.lead;
        let changes = mine.changes(&self.now)?;
        leads::update(conn, caller, lead.id, changes, self.opened_at)
    }

    fn again(&self, status: StatusCode, rows: Vec<Row>, problems: Problems) -> Outcome {
        Outcome::Again(Box::new(self.back(status, rows, problems)))
    }

    fn refused(&self, rows: Vec<Row>, problems: Problems) -> Outcome {
        self.again(StatusCode::UNPROCESSABLE_ENTITY, rows, problems)
    }

    fn back(&self, status: StatusCode, rows: Vec<Row>, problems: Problems) -> Again {
        let fields = Fields {
            form: self.form.clone(),
            rows,
            problems,
            ..Fields::default()
        };
        Again {
            status,
            view: self.view.clone(),
            fields,
            revision: self.opened_at.unwrap_or(self.view.lead.revision),
            was: self.was.clone(),
            clashing: self.form.all("clash").map(str::to_owned).collect(),
            adopted: Vec::new(),
        }
    }

    /// The form with one field as the others have written it.
    fn taken_over(&self, mut mine: Sheet, name: &str) -> Outcome {
        mine.take(name, &self.now);
        let mut again = self.back(StatusCode::OK, Vec::new(), Problems::default());
        again.fields.fill(&mine, &self.catalogue);
        again.clashing.retain(|one| one != name);
        Outcome::Again(Box::new(again))
    }

    /// The form over the lead as it is now.
    fn clashed(&self, conn: &mut PgConnection, caller: &Caller, mine: &Sheet) -> Result<Outcome> {
        let view = leads::find(conn, caller, self.view.lead.id)?;
        let now = Sheet::of(&view.lead);
        let merged = mine.merged(&self.was, &now);
        let mut again = self.back(StatusCode::CONFLICT, Vec::new(), Problems::default());
        again.fields.fill(&merged.sheet, &self.catalogue);
        again.revision = view.lead.revision;
        again.was = now.prints();
        again.view = view;
        again.clashing = merged.clashing;
        again.adopted = merged.adopted;
        Ok(Outcome::Again(Box::new(again)))
    }
}
