//! `GET /leads/export`

mod csv;
mod workbook;

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use chrono::{DateTime, Utc};

use super::chips::chips;
use super::list::List;
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::enrolment::{self, Asked, Export};
use crate::error::Result;
use crate::fields::catalogue;
use crate::leads::{self, OwnerFilter};
use crate::state::State;
use crate::tabular::Kind;
use crate::web::{Ctx, Fault, Query};

/// The whole list that the address describes as a file. An address that is not understood whole is
/// refused: without the filter that is wrong in it, more would leave than was meant to.
///
/// # Errors
/// When the address can't be understood, the file can't hold so many leads, or the database can't
/// be asked.
pub async fn export(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    let kind = match query.0.get("format") {
        "" | "csv" => Kind::Csv,
        "xlsx" => Kind::Xlsx,
        _ => return Err(Fault::Malformed),
    };
    let list = List::read(&query.0);
    if !list.left_out.is_empty() {
        return Err(Fault::Malformed);
    }
    let export = ctx
        .run(move |conn, caller| begin(conn, caller, list, kind))
        .await?;
    let export = Arc::new(export);
    match kind {
        Kind::Csv => Ok(csv::answer(&ctx, export)),
        Kind::Xlsx => Ok(workbook::answer(&ctx, export).await?),
    }
}

fn begin(conn: &mut PgConnection, caller: &Caller, mut list: List, kind: Kind) -> Result<Export> {
    // Who reads the audit is not who asked.
    if let (Some(OwnerFilter::Me), Some(person)) = (&list.query.owner, caller.person()) {
        list.query.owner = Some(OwnerFilter::Email(person.email.clone()));
    }
    let facets = leads::facets(conn, caller)?;
    let catalogue = catalogue(conn, caller.account.id)?;
    let chips = chips(&list, &facets, &catalogue, caller.account.time_zone).into_iter();
    let asked = Asked {
        query: list.query,
        kind,
        filters: chips
            .map(|chip| format!("{} {}", chip.what, chip.value))
            .collect(),
    };
    enrolment::begin_export(conn, caller, &asked)
}

/// An answer that a browser keeps as a file named for the day.
fn download(ctx: &Ctx, ending: &str, content_type: &str) -> HttpResponseBuilder {
    let zone = ctx.caller.account.time_zone;
    let day = ctx.caller.now.with_timezone(&zone).format("%Y-%m-%d");
    let named = format!("attachment; filename=\"leads-{day}.{ending}\"");
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CONTENT_DISPOSITION, named))
        .insert_header((CACHE_CONTROL, "no-store"));
    answer
}

/// What is left of the request while its file leaves.
#[derive(Clone)]
struct Leaving {
    state: web::Data<State>,
    caller: Caller,
    export: Arc<Export>,
}

impl Leaving {
    fn new(ctx: &Ctx, export: Arc<Export>) -> Self {
        Self {
            state: ctx.state.clone(),
            caller: ctx.caller.clone(),
            export,
        }
    }

    /// Tells the audit, when the last piece is about to go.
    async fn finish(&self) -> Result<()> {
        let export = self.export.clone();
        let now: DateTime<Utc> = self.state.clock.now();
        let caller = Caller {
            now,
            ..self.caller.clone()
        };
        let finish = move |conn: &mut PgConnection| export.finish(conn, &caller);
        self.state.db.run(finish).await
    }
}
