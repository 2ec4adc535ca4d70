//! `GET /settings/do-not-contact`

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::caller::Permission;
use crate::do_not_contact::{self, Entry, Kind, Source};
use crate::paging::{self, After, From, Slice};
use crate::web::Query;
use crate::{leads, phone};

const ROWS: u32 = 50;
const SEARCH_CHARACTERS: usize = 200;

#[derive(Template)]
#[template(path = "settings/do_not_contact/index.html")]
struct Index<'a> {
    page: Page,
    list: paging::Page<Entry>,
    /// Names of the leads on it, those that are still here.
    names: HashMap<Uuid, String>,
    q: String,
    from_start: bool,
    form: &'a Form,
    problems: Problems,
    country: String,
    /// Whether the caller sees every lead, so that one without a name is gone.
    sees_all: bool,
    may_add: bool,
    may_remove: bool,
}

/// The list, newest first.
///
/// # Errors
/// When the database can't be asked.
pub async fn index(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    let (form, problems) = (Form::default(), Problems::default());
    page(&ctx, StatusCode::OK, &query.0, &form, problems).await
}

/// The list as its address describes it, above the form and what is wrong with it.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    address: &Form,
    form: &Form,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let q: String = address
        .get("q")
        .trim()
        .chars()
        .take(SEARCH_CHARACTERS)
        .collect();
    let after = After::decode(address.get("after"));
    let slice = Slice {
        limit: ROWS,
        from: after.map_or(From::Start, From::Row),
    };
    let sought = q.clone();
    let found = ctx.run(move |conn, caller| {
        let list = do_not_contact::page(conn, caller, &slice, Some(&sought))?;
        let ids: Vec<Uuid> = list.rows.iter().filter_map(Entry::lead_id).collect();
        let names = leads::called(conn, caller, &ids)?;
        Ok((list, names))
    });
    let (list, names) = found.await?;
    let index = Index {
        page: ctx.page(Nav::Elsewhere),
        list,
        names,
        q,
        from_start: after.is_none(),
        form,
        problems,
        country: ctx.caller.account.default_country.clone(),
        sees_all: ctx.caller.sees.all(),
        may_add: ctx.may(Permission::WriteLeads),
        may_remove: ctx.may(Permission::RemoveDoNotContact),
    };
    render(status, &index)
}

impl Index<'_> {
    fn icon(&self, entry: &Entry) -> &'static str {
        match entry.kind {
            Kind::Lead => "user",
            Kind::Phone => "phone",
            Kind::Email => "mail",
        }
    }

    /// The number, the address, or the lead's name.
    fn called(&self, entry: &Entry) -> String {
        match (
            entry.kind,
            entry.lead_id().and_then(|id| self.names.get(&id)),
        ) {
            (Kind::Phone, _) => phone::written(&entry.value, &self.country),
            (Kind::Email, _) => entry.value.clone(),
            (Kind::Lead, Some(name)) => name.clone(),
            (Kind::Lead, None) if self.sees_all => "A lead that was deleted".to_owned(),
            (Kind::Lead, None) => "A lead that is none of yours".to_owned(),
        }
    }

    /// Where the lead is, while it is there.
    fn lead(&self, entry: &Entry) -> Option<Uuid> {
        entry.lead_id().filter(|id| self.names.contains_key(id))
    }

    fn came(&self, entry: &Entry) -> &'static str {
        match entry.source {
            Source::Person => "put there by hand",
            Source::Outcome => "the outcome of a call or a message",
            Source::OptOut => "by the link in an e-mail",
            Source::Api => "through the API",
        }
    }

    fn older(&self) -> String {
        let Some(next) = self.list.next else {
            return String::new();
        };
        let pairs = [("q", self.q.clone()), ("after", next.encode())];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        // Pairs of texts can always be written down.
        let said = serde_urlencoded::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default();
        format!("/settings/do-not-contact?{said}")
    }

    fn newest(&self) -> String {
        if self.from_start {
            return String::new();
        }
        let said = serde_urlencoded::to_string([("q", &self.q)]).unwrap_or_default();
        format!("/settings/do-not-contact?{said}")
    }

    fn said(&self) -> String {
        match self.list.total {
            1 => "1 entry".to_owned(),
            total => format!("{total} entries"),
        }
    }
}
