//! `GET /imports`

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::steps::onward;
use super::{Ctx, Fault, LIST, Nav, Page, Query, filters, render};
use crate::caller::Permission;
use crate::enrolment::imports::{self, Import, State};
use crate::leads;
use crate::paging::{After, From, Slice};

const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "imports/index.html")]
struct Index {
    page: Page,
    imports: Vec<Import>,
    total: i64,
    next: Option<After>,
    from_start: bool,
    names: HashMap<String, String>,
    may_import: bool,
}

/// The imports, newest first.
///
/// # Errors
/// Forbidden without the right to see leads.
pub async fn index(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    let after = After::decode(query.0.get("after"));
    let slice = Slice {
        limit: ROWS,
        from: after.map_or(From::Start, From::Row),
    };
    let found = ctx.run(move |conn, caller| {
        let found = imports::imports(conn, caller, &slice)?;
        let authors = found.rows.iter().map(|import| import.author.as_str());
        let names = leads::names(conn, caller, Vec::new(), authors.collect())?;
        Ok((found, names))
    });
    let (found, names) = found.await?;
    let index = Index {
        page: ctx.page(Nav::Imports),
        imports: found.rows,
        total: found.total,
        next: found.next,
        from_start: after.is_none(),
        names: names.by_email,
        may_import: ctx.may(Permission::ImportLeads),
    };
    render(StatusCode::OK, &index)
}

impl Index {
    /// Where one goes on; nowhere for somebody who may only look while there is nothing to see.
    fn onward(&self, import: &Import) -> Option<String> {
        let shows = self.may_import || import.state != State::Draft;
        shows.then(|| onward(import))
    }

    fn author<'a>(&'a self, import: &'a Import) -> &'a str {
        self.names.get(&import.author).unwrap_or(&import.author)
    }

    fn newest(&self) -> &str {
        if self.from_start { "" } else { LIST }
    }

    fn older(&self) -> String {
        let path = |next: After| format!("{LIST}?after={}", next.encode());
        self.next.map(path).unwrap_or_default()
    }
}
