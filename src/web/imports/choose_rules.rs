//! `POST /imports/{id}/rules`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::rules::page;
use super::steps::address;
use super::{Ctx, Fault, Form, Problems, Step, closed, redirect, to_change};
use crate::enrolment::imports::{self, Rules};
use crate::enrolment::{Existing, MatchBy, Owners};
use crate::error::{Error, FieldErrors, Problem, Result as Outcome};

const LABELS: &[(&str, &str)] = &[
    ("workflow_id", "The workflow"),
    ("starts_a_day", "The number of leads a day"),
    ("existing", "What happens with leads that are there"),
    ("owners", "The owner"),
    ("campaign_id", "The campaign"),
    ("source", "The source"),
    ("tags", "The tags"),
];

/// Chooses the rules and has the file checked by them.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn choose_rules(
    ctx: Ctx,
    id: web::Path<Uuid>,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let import = to_change(&ctx, *id).await?;
    if let Some(elsewhere) = closed(&import) {
        return Ok(elsewhere);
    }
    match choose(&ctx, *id, &form).await {
        Ok(()) => Ok(redirect(&address(&import, Step::Check))),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&ctx, status, *id, Some(&form), problems).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn choose(ctx: &Ctx, id: Uuid, form: &Form) -> Outcome<()> {
    let rules = rules(form)?;
    ctx.run(move |conn, caller| imports::choose_rules(conn, caller, id, rules))
        .await
}

/// What the form says. A choice that is not on offer is none that this account has.
fn rules(form: &Form) -> Outcome<Rules> {
    let mut errors = FieldErrors::default();
    let mut id = |field: &'static str| {
        let given = form.filled(field)?;
        let id = Uuid::try_parse(given).ok();
        if id.is_none() {
            errors.push(field, Problem::NotOfAccount);
        }
        id
    };
    let (workflow_id, campaign_id) = (id("workflow_id"), id("campaign_id"));
    let starts_a_day = form.filled("starts_a_day").and_then(|given| {
        let many = given.replace([',', ' '], "").parse().ok();
        if many.is_none() {
            errors.push("starts_a_day", Problem::MustBe("a whole number"));
        }
        many
    });
    let existing = match form.get("existing") {
        word if word == Existing::Enrol.as_str() => None,
        word => word.parse().ok(),
    };
    if existing.is_none() {
        errors.push("existing", Problem::Required);
    }
    let owners = owners(form);
    if owners.is_none() {
        let sentence = "Choose whose the new leads are";
        errors.push("owners", Problem::Said(sentence.into()));
    }
    let by = |word: &str| word.parse::<MatchBy>().ok();
    let tags = form.get("tags").split(',').map(str::trim);
    let rules = existing.zip(owners).map(|(existing, owners)| Rules {
        workflow_id,
        match_by: form.all("match_by").filter_map(by).collect(),
        existing,
        owners,
        campaign_id,
        source: form.get("source").to_owned(),
        tags: tags
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect(),
        starts_a_day,
    });
    let rules = errors.or(rules)?;
    rules.ok_or_else(|| Error::invalid("owners", Problem::Required))
}

/// Whose the new leads are; nothing when that is not said.
fn owners(form: &Form) -> Option<Owners> {
    match form.get("owners") {
        "rotation" => Some(Owners::Rotation),
        "nobody" => Some(Owners::Nobody),
        "person" => Uuid::try_parse(form.get("owner")).ok().map(Owners::Person),
        "in_turn" => {
            let all = form.all("turn").map(Uuid::try_parse);
            all.collect::<Result<_, _>>().ok().map(Owners::InTurn)
        }
        _ => None,
    }
}
