//! `POST /workflows/{id}/leads`: the leads of a file, or one (contract §4).

use std::pin::Pin;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use uuid::Uuid;

use super::enrolled_json::{EnrolledJson, OneJson, RefusedJson};
use crate::api::fields::Fields;
use crate::api::query::Query;
use crate::api::upload;
use crate::api::{Body, Call, Refusal};
use crate::enrolment::{self, Given, Mode, Outcome, Upload};
use crate::error::Result as Found;
use crate::patch::Patch;
use crate::upload::Uploaded;

/// What is sent: a form with a file, or JSON.
pub enum Sent {
    /// A form, not read yet.
    Form(Multipart),
    /// One lead.
    One(Body),
}

impl FromRequest for Sent {
    type Error = Refusal;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Refusal>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            let form = Multipart::new(request.headers(), payload.take());
            return Box::pin(async { Ok(Self::Form(form)) });
        }
        let body = Body::from_request(request, payload);
        Box::pin(async { Ok(Self::One(body.await?)) })
    }
}

/// Enrols leads into a workflow.
///
/// # Errors
/// As [`enrolment::enrol_file`] and [`enrolment::enrol_one`]; a form without a file.
pub async fn enrol(
    call: Call,
    id: web::Path<Uuid>,
    query: Query,
    sent: Sent,
) -> Result<HttpResponse, Refusal> {
    let workflow_id = id.into_inner();
    match sent {
        Sent::Form(form) => file(call, workflow_id, query, form).await,
        Sent::One(body) => one(call, workflow_id, query, body).await,
    }
}

async fn file(
    call: Call,
    workflow_id: Uuid,
    mut query: Query,
    form: Multipart,
) -> Result<HttpResponse, Refusal> {
    // Nobody without a good key fills the disk.
    call.clone().run(|_, _| Ok(())).await?;
    let mode = query.read("mode", "strict or lenient", |mode| mode.parse().ok());
    let mode = query.done(mode.unwrap_or(Mode::Strict))?;
    let Uploaded { file, file_name } = upload::receive(form).await?;
    let outcome = call.run_long(move |conn, caller| {
        let (file, file_name) = (&file, file_name.as_str());
        enrolment::enrol_file(conn, caller, workflow_id, Upload { file, file_name }, mode)
    });
    Ok(match outcome.await? {
        Outcome::Enrolled(enrolled) => {
            HttpResponse::Created().json(EnrolledJson::of(workflow_id, enrolled))
        }
        Outcome::Refused(refused) => {
            HttpResponse::BadRequest().json(RefusedJson::of(workflow_id, refused))
        }
    })
}

async fn one(
    call: Call,
    workflow_id: Uuid,
    query: Query,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    // It waits while a file of the account is written, and must not hold up pages meanwhile.
    let enrolled = call.run_long(move |conn, caller| {
        query.done(())?;
        let given = given(body.fields()?)?;
        let one = enrolment::enrol_one(conn, caller, workflow_id, given)?;
        Ok(OneJson::of(workflow_id, one, caller.now))
    });
    Ok(HttpResponse::Created().json(enrolled.await?))
}

/// One lead as JSON gives it. Keys that mean nothing here become metadata; what stands in
/// `metadata` itself goes before them, as everywhere.
fn given(mut fields: Fields) -> Found<Given> {
    fields.drop_nulls();
    let mut text = |name| match fields.text(name) {
        Patch::Set(text) => text.trim().to_owned(),
        Patch::Keep | Patch::Clear => String::new(),
    };
    let given = Given {
        phone_number: text("phone_number"),
        first_name: text("first_name"),
        last_name: text("last_name"),
        name: text("name"),
        email: text("email"),
        company: text("company"),
        title: text("title"),
        campaign_id: text("campaign_id"),
        external_id: text("external_id"),
        ..Given::default()
    };
    let explicit = fields.object("metadata");
    let mut metadata = fields.rest();
    metadata.extend(explicit);
    metadata.retain(|_, value| !value.is_null());
    fields.done(Given { metadata, ..given })
}
