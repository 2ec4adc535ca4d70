//! `GET /leads`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::assignment::people;
use super::chips::{Chip, chips};
use super::choices::{Choices, order_said};
use super::list::List;
use super::{Choice, Nav, Page, filters, own_list};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::fields::{Catalogue, catalogue};
use crate::leads::{self, Facets, LeadView, OwnerFilter, Sort, Total};
use crate::rotations;
use crate::web::{Ctx, Fault, Query, render};

const USUAL_COLUMNS: usize = 7;

#[derive(Template)]
#[template(path = "leads/index.html")]
struct Index {
    page: Page,
    list: List,
    found: leads::Page,
    total: Total,
    /// What follows the address of a lead's page to name this list.
    here: String,
    chips: Vec<Chip>,
    choices: Choices,
    catalogue: Catalogue,
    /// The columns of the account's own fields: word, heading, and whether it is shown.
    own_columns: Vec<(String, String, bool)>,
    country: String,
    public_url: String,
    may_write: bool,
    /// Whose the ticked leads could be.
    people: Vec<Choice>,
}

/// The list that the address describes.
///
/// # Errors
/// When the database can't be asked.
pub async fn index(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    let list = List::read(&query.0);
    let may_write = ctx.may(Permission::WriteLeads);
    let (list, found, total, facets, catalogue, rotations) = ctx
        .run(move |conn, caller| {
            let (list, found, total, facets) = load(conn, caller, list)?;
            let catalogue = catalogue(conn, caller.account.id)?;
            let rotations = match may_write {
                true => rotations::at_work(conn, caller)?,
                false => Vec::new(),
            };
            Ok((list, found, total, facets, catalogue, rotations))
        })
        .await?;
    let index = Index {
        page: ctx.page(Nav::Leads),
        here: list.of_lead_query(),
        chips: chips(&list, &facets, &catalogue, ctx.caller.account.time_zone),
        choices: Choices::new(&list, &facets, &ctx.person),
        people: people(&facets, &rotations, &ctx.person, ""),
        own_columns: own_list::columns(&list, &catalogue),
        list,
        found,
        total,
        catalogue,
        country: ctx.caller.account.default_country.clone(),
        public_url: ctx.state.public_url.clone(),
        may_write,
    };
    render(StatusCode::OK, &index)
}

fn load(
    conn: &mut PgConnection,
    caller: &Caller,
    mut list: List,
) -> Result<(List, leads::Page, Total, Facets)> {
    let found = match leads::page(conn, caller, &list.query) {
        // A cursor that was made for another order leads to the beginning.
        Err(Error::Invalid(_)) if list.query.cursor.is_some() => {
            list.query.cursor = None;
            list.left_out.push("cursor".to_owned());
            leads::page(conn, caller, &list.query)
        }
        found => found,
    }?;
    let up_to = list.query.count_up_to();
    let total = leads::total(conn, caller, &list.query, &found, up_to)?;
    let facets = leads::facets(conn, caller)?;
    Ok((list, found, total, facets))
}

/// A tab over the list.
struct View {
    name: &'static str,
    url: String,
    current: bool,
}

/// A heading that orders the list.
struct Heading {
    url: String,
    /// `ascending`, `descending`, or nothing when the list has another order.
    order: &'static str,
}

impl Index {
    fn views(&self) -> [View; 4] {
        let view = |name, owner: Option<OwnerFilter>, archived| View {
            name,
            url: self.list.view(owner.clone(), archived),
            current: self.list.query.owner == owner && self.list.query.archived == archived,
        };
        [
            view("All leads", None, false),
            view("My leads", Some(OwnerFilter::Me), false),
            view("Unassigned", Some(OwnerFilter::Nobody), false),
            view("Archived", None, true),
        ]
    }

    fn heading(&self, word: &str) -> Heading {
        let sort = word.parse().unwrap_or(Sort::CreatedAt);
        let order = match (
            self.list.query.sort == sort,
            self.list.order().starts_with('-'),
        ) {
            (false, _) => "",
            (true, true) => "descending",
            (true, false) => "ascending",
        };
        Heading {
            url: self.list.by(sort),
            order,
        }
    }

    fn shows(&self, column: &str) -> bool {
        self.list.columns.show(column)
    }

    /// What a lead says in a column of the account's own.
    fn own_cell(&self, lead: &LeadView, word: &str) -> String {
        own_list::cell(&lead.lead, word, &self.catalogue)
    }

    fn own_filters(&self) -> Vec<own_list::Offered> {
        own_list::offered(&self.list, &self.catalogue)
    }

    fn order(&self) -> String {
        order_said(&self.list)
    }

    /// Whether there are so many columns that the table may be wider than the window.
    fn crowded(&self) -> bool {
        self.list
            .columns
            .choices()
            .filter(|(.., shown)| *shown)
            .count()
            + self.list.columns.keys().len()
            > USUAL_COLUMNS
    }

    fn mine(&self, lead: &LeadView) -> bool {
        lead.lead.owner_id == Some(self.page.person.id)
    }

    /// "1 to 50 of 412".
    fn place(&self) -> String {
        format!("{} of {}", self.range(), self.counted())
    }

    fn paused(&self, lead: &LeadView) -> bool {
        lead.run.as_ref().is_some_and(|run| run.status == "paused")
    }

    /// "412", or "10,000+" where counting stopped.
    fn counted(&self) -> String {
        filters::counted_words(self.total)
    }

    /// "1 to 50".
    fn range(&self) -> String {
        let shown = u32::try_from(self.found.leads.len()).unwrap_or(u32::MAX);
        let from = self.found.position;
        format!(
            "{} to {}",
            filters::grouped(&from.saturating_add(1).to_string()),
            filters::grouped(&from.saturating_add(shown).to_string())
        )
    }

    fn previous(&self) -> String {
        self.neighbour(self.found.previous.as_ref())
    }

    fn next(&self) -> String {
        self.neighbour(self.found.next.as_ref())
    }

    fn neighbour(&self, cursor: Option<&leads::Cursor>) -> String {
        cursor
            .map(|cursor| self.list.at(Some(cursor)))
            .unwrap_or_default()
    }

    /// Why there is nothing to show.
    fn emptiness(&self) -> Emptiness {
        let query = &self.list.query;
        let only = self.chips.len() == 1;
        match &query.owner {
            _ if query.cursor.is_some() => Emptiness::Passed,
            None if self.chips.is_empty() => Emptiness::Nothing,
            Some(OwnerFilter::Me) if only => Emptiness::NoneMine,
            Some(OwnerFilter::Nobody) if only => Emptiness::NoneUnassigned,
            None if only && query.archived => Emptiness::NoneArchived,
            _ => Emptiness::NoMatch,
        }
    }
}

/// The reasons for an empty list; each says something else to do next.
enum Emptiness {
    /// The account has no leads.
    Nothing,
    /// The person owns none.
    NoneMine,
    /// All have an owner.
    NoneUnassigned,
    /// None is put away.
    NoneArchived,
    /// The filters let none through.
    NoMatch,
    /// The page lies behind the end of the list.
    Passed,
}
