//! `GET /leads/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::days::{Day, days};
use super::found::{Found, load};
use super::list::List;
use super::own_fields::{facts, loose_facts};
use super::steps::{Step, Why, standing, steps, why};
use super::tabs::{MOMENTS, MOST_MOMENTS, TABS, Tab};
use super::typed::Typed;
use super::{Nav, Page, filters};
use crate::audit::Entry;
use crate::caller::Permission;
use crate::leads::{self, LeadView, OwnerFilter};
use crate::web::{Ctx, Fault, Query, audit, render};
use crate::workflows::Progress;

#[derive(Template)]
#[template(path = "leads/show.html")]
pub(super) struct Show {
    pub(super) page: Page,
    pub(super) view: LeadView,
    pub(super) found: Found,
    pub(super) list: List,
    tab: Tab,
    pub(super) typed: Typed,
    country: String,
    may_write: bool,
    may_delete: bool,
    may_audit: bool,
}

/// A lead: who it is, where it stands, and what happened.
///
/// # Errors
/// Not found.
pub async fn show(ctx: Ctx, id: web::Path<Uuid>, query: Query) -> Result<HttpResponse, Fault> {
    let list = List::of_lead(&query.0);
    let tab = Tab::read(&query.0);
    page(&ctx, StatusCode::OK, *id, list, tab, Typed::default()).await
}

/// The page of a lead.
///
/// # Errors
/// Not found.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    list: List,
    tab: Tab,
    typed: Typed,
) -> Result<HttpResponse, Fault> {
    let may_audit = ctx.may(Permission::ReadAudit);
    let tab = match tab.name {
        "audit" if !may_audit => Tab::default(),
        _ => tab,
    };
    let query = list.query.clone();
    let (view, found) = ctx
        .run(move |conn, caller| load(conn, caller, id, &query, tab))
        .await?;
    let show = Show {
        page: ctx.page(Nav::Leads),
        view,
        found,
        list,
        tab,
        typed,
        country: ctx.caller.account.default_country.clone(),
        may_write: ctx.may(Permission::WriteLeads),
        may_delete: ctx.may(Permission::DeleteLeads),
        may_audit,
    };
    render(status, &show)
}

/// The address of a lead's page in a list.
pub fn path(id: Uuid, list: &List) -> String {
    format!("/leads/{id}{}", list.of_lead_query())
}

impl Show {
    fn here(&self) -> String {
        path(self.view.lead.id, &self.list)
    }

    fn neighbour(&self, id: &Uuid) -> String {
        path(*id, &self.list)
    }

    fn back(&self) -> String {
        self.list.at(None)
    }

    /// Where a form of the page is sent to, so that the page that follows keeps its list.
    fn at(&self, what: &str) -> String {
        let id = self.view.lead.id;
        format!("/leads/{id}/{what}{}", self.list.of_lead_query())
    }

    /// Name, label, address and whether it is open.
    fn tabs(&self) -> Vec<(&'static str, String, bool)> {
        TABS.iter()
            .filter(|(name, _)| *name != "audit" || self.may_audit)
            .map(|(name, label)| {
                let open = *name == self.tab.name;
                (*label, self.tab_at(name, MOMENTS), open)
            })
            .collect()
    }

    fn tab_at(&self, name: &str, moments: usize) -> String {
        let mut address = self.here();
        let mut add = |pair: String| {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(&pair);
        };
        if name != "everything" {
            add(format!("tab={name}"));
        }
        if moments > MOMENTS {
            add(format!("moments={moments}"));
        }
        address
    }

    /// The address of the page with older moments too; empty when all are shown.
    fn older(&self) -> String {
        let known = self.found.happenings.len().max(self.found.entries.len());
        if known > self.tab.moments && self.tab.moments < MOST_MOMENTS {
            self.tab_at(self.tab.name, (self.tab.moments * 2).min(MOST_MOMENTS))
        } else {
            String::new()
        }
    }

    fn days(&self) -> Vec<Day<'_>> {
        let shown = self.found.happenings.iter().take(self.tab.moments);
        days(shown, self.page.zone)
    }

    fn entries(&self) -> impl Iterator<Item = &(Entry, String)> {
        self.found.entries.iter().take(self.tab.moments)
    }

    fn facts(&self, entry: &Entry) -> String {
        audit::facts(entry)
    }

    fn headers(&self, entry: &Entry) -> Vec<(String, String)> {
        audit::headers(entry)
    }

    /// What the lead says in the fields of the catalogue, by their labels.
    fn own_facts(&self) -> Vec<(String, String)> {
        facts(&self.view.lead, &self.found.catalogue)
    }

    /// What it says beside them.
    fn keys(&self) -> Vec<(String, String)> {
        loose_facts(&self.view.lead, &self.found.catalogue)
    }

    fn steps(&self, progress: &Progress) -> Vec<Step> {
        steps(progress)
    }

    fn why(&self, progress: &Progress) -> Option<Why> {
        why(progress)
    }

    /// What stands in a step's knot.
    fn number(&self, step: &Step) -> Option<i32> {
        match step.state {
            "now" => self.view.step.as_ref().and_then(|at| at.step_number),
            _ => step.number,
        }
    }

    fn standing(&self, progress: &Progress) -> &'static str {
        standing(progress)
    }

    /// The leads of a person.
    fn owned_by(&self, email: &str) -> String {
        let query = leads::Query {
            owner: Some(OwnerFilter::Email(email.to_owned())),
            ..leads::Query::default()
        };
        List::new(query).url()
    }

    /// The leads of the same source.
    fn same_source(&self) -> String {
        let query = leads::Query {
            source: Some(self.view.lead.source.clone()),
            ..leads::Query::default()
        };
        List::new(query).url()
    }

    fn mine(&self) -> bool {
        self.view.lead.owner_id == Some(self.page.person.id)
    }

    fn first_name(&self) -> &str {
        &self.view.lead.first_name
    }
}
