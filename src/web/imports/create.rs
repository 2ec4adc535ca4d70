//! `POST /imports`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use uuid::Uuid;

use super::{Ctx, Fault, Form, LIST, Problems, new, redirect};
use crate::caller::Permission;
use crate::enrolment::imports;
use crate::error::{Error, Result as Outcome};
use crate::web::Received;

/// Takes a file and leads on to how it is read.
///
/// # Errors
/// Forbidden without the right to import.
pub async fn create(ctx: Ctx, _: Form, received: Received) -> Result<HttpResponse, Fault> {
    match begin(&ctx, received).await {
        Ok(id) => Ok(redirect(&format!("{LIST}/{id}/file"))),
        Err(error) => {
            let (status, problems) = problems(error)?;
            new::page(&ctx, status, problems)
        }
    }
}

async fn begin(ctx: &Ctx, received: Received) -> Outcome<Uuid> {
    ctx.caller.require(Permission::ImportLeads)?;
    let uploaded = received.file()?;
    let uploads = ctx.state.uploads.clone();
    ctx.run_long(move |conn, caller| {
        imports::begin(conn, caller, &uploads, uploaded.file, &uploaded.file_name)
    })
    .await
}

/// What is wrong with the file, beside its field.
fn problems(error: Error) -> Outcome<(StatusCode, Problems)> {
    let of_file = |sentence: String| Problems::one("file", sentence);
    match error {
        Error::Invalid(errors) => Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            Problems::new(&errors, &[("file", "The file")]),
        )),
        Error::TooLarge(sentence) => Ok((StatusCode::PAYLOAD_TOO_LARGE, of_file(sentence))),
        Error::TooMany { .. } => Ok((
            StatusCode::TOO_MANY_REQUESTS,
            of_file(
                "Several large files are being read just now; send it again in a minute".into(),
            ),
        )),
        error => Err(error),
    }
}
