//! Leads as CSV. Each piece is read when the one before it has gone, so that a slow reader holds
//! neither memory nor a connection to the database, and one that went away ends it.

use std::mem;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use futures_util::stream::{self, Stream};

use super::{Leaving, download};
use crate::db::PgConnection;
use crate::enrolment::Export;
use crate::error::{Error, Result};
use crate::tabular::CsvWriter;
use crate::web::Ctx;

/// The file, as it is made.
pub fn answer(ctx: &Ctx, export: Arc<Export>) -> HttpResponse {
    let pieces = pieces(Leaving::new(ctx, export));
    download(ctx, "csv", "text/csv; charset=utf-8").streaming(pieces)
}

struct Text {
    leaving: Leaving,
    writer: CsvWriter<Vec<u8>>,
    /// The piece that comes next.
    next: usize,
}

fn pieces(leaving: Leaving) -> impl Stream<Item = Result<Bytes>> {
    let text = Text {
        leaving,
        writer: CsvWriter::new(Vec::new()),
        next: 0,
    };
    stream::try_unfold(Some(text), async |text| match text {
        None => Ok(None),
        Some(text) => text.piece().await.inspect_err(|error| {
            // The head has gone already: all that can be done is to break off.
            tracing::error!(%error, "an export broke off");
        }),
    })
}

impl Text {
    async fn piece(self) -> Result<Option<(Bytes, Option<Self>)>> {
        let db = self.leaving.state.db.clone();
        let (bytes, text) = db.run(move |conn| self.write(conn)).await?;
        let more = text.next < text.leaving.export.pieces();
        if !more {
            text.leaving.finish().await?;
        }
        Ok(Some((bytes, more.then_some(text))))
    }

    fn write(mut self, conn: &mut PgConnection) -> Result<(Bytes, Self)> {
        let Leaving { caller, export, .. } = &self.leaving;
        if self.next == 0 {
            let header = export.columns.header();
            self.writer.row(header).map_err(Error::internal)?;
        }
        for lead in export.piece(conn, caller, self.next)? {
            let cells = export.columns.cells(&lead);
            self.writer.row(cells).map_err(Error::internal)?;
        }
        self.next += 1;
        Ok((mem::take(self.writer.to()).into(), self))
    }
}
