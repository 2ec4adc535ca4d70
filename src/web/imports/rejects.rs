//! `GET /imports/{id}/failed`: the rows that failed, as a file.

use std::io::{BufWriter, Seek as _, Write as _};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Ctx, Fault};
use crate::enrolment::imports;
use crate::error::Error;
use crate::web::pieces;

/// A CSV file with the columns of the file that was uploaded, and why each row failed.
///
/// # Errors
/// Not found; when the database or the disk refuses.
pub async fn rejects(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = id.into_inner();
    let uploads = ctx.state.uploads.clone();
    let (number, file, size) = ctx
        .run_long(move |conn, caller| {
            let import = imports::import(conn, caller, id)?;
            let mut file = tempfile::tempfile().map_err(Error::internal)?;
            let mut out = BufWriter::new(&mut file);
            imports::rejects(conn, caller, &uploads, &import, &mut out)?;
            out.flush().map_err(Error::internal)?;
            drop(out);
            let size = file.stream_position().map_err(Error::internal)?;
            file.rewind().map_err(Error::internal)?;
            Ok((import.number, file, size))
        })
        .await?;
    let named = format!("attachment; filename=\"import-{number}-failed.csv\"");
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, named))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(pieces::of_file(file, size)))
}
