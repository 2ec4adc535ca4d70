//! Leads as a workbook. Its parts are packed together at its end, so it is made whole, on the disk,
//! before the first of it leaves.

use std::fs::File;
use std::io::{BufWriter, Seek as _};
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::ContentEncoding;
use actix_web::web::Bytes;
use futures_util::stream::{self, Stream};

use super::{Leaving, download};
use crate::db::PgConnection;
use crate::enrolment::Export;
use crate::error::{Error, Result};
use crate::tabular::{Fault, XlsxWriter};
use crate::web::Ctx;
use crate::web::pieces::piece;

const SHEET: &str = "Leads";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Book = XlsxWriter<BufWriter<File>>;

/// The file, once it is made.
///
/// # Errors
/// [`Error::TooLarge`] when a lead has a text that no sheet can hold; [`Error::TooMany`] when many
/// workbooks wait to be packed; [`Error::Internal`].
pub async fn answer(ctx: &Ctx, export: Arc<Export>) -> Result<HttpResponse> {
    let leaving = Leaving::new(ctx, export);
    let book = written(&leaving).await?;
    let pack = move || packed(book);
    let (file, size) = leaving.state.exports.run(pack).await?;
    let body = SizedStream::new(size, pieces(leaving, file, size));
    // It is packed already.
    let mut answer = download(ctx, "xlsx", CONTENT_TYPE);
    Ok(answer.insert_header(ContentEncoding::Identity).body(body))
}

/// A sheet with every lead; between two pieces the database is free for others.
async fn written(leaving: &Leaving) -> Result<Book> {
    let file = tempfile::tempfile().map_err(Error::internal)?;
    let mut book = XlsxWriter::new(BufWriter::new(file), SHEET).map_err(failed)?;
    book.row(leaving.export.columns.header()).map_err(failed)?;
    for number in 0..leaving.export.pieces() {
        let Leaving { caller, export, .. } = leaving.clone();
        let write = move |conn: &mut PgConnection| {
            for lead in export.piece(conn, &caller, number)? {
                book.row(export.columns.cells(&lead)).map_err(failed)?;
            }
            Ok(book)
        };
        book = leaving.state.db.run(write).await?;
    }
    Ok(book)
}

/// The file from its start, and its size.
fn packed(book: Book) -> Result<(File, u64)> {
    let file = book.finish().map_err(failed)?.into_inner();
    let mut file = file.map_err(|error| Error::internal(error.into_error()))?;
    let size = file.stream_position().map_err(Error::internal)?;
    file.rewind().map_err(Error::internal)?;
    Ok((file, size))
}

fn pieces(leaving: Leaving, file: File, size: u64) -> impl Stream<Item = Result<Bytes>> {
    stream::try_unfold((leaving, file, size), async |(leaving, file, left)| {
        if left == 0 {
            return Ok(None);
        }
        let (piece, file) = piece(file).await?;
        let left = left.saturating_sub(piece.len() as u64);
        if left == 0 {
            leaving.finish().await?;
        }
        Ok(Some((piece, (leaving, file, left))))
    })
}

fn failed(fault: Fault) -> Error {
    match fault {
        Fault::Io(error) => Error::internal(error),
        refused => Error::TooLarge(refused.to_string()),
    }
}
