//! The addresses of a list's neighbours: one filter less, another order, the next page, and the
//! pages of its leads.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Form;
use super::list::List;
use crate::leads::{Cursor, Direction, OwnerFilter, Query, Sort};

/// A filter that can be taken away by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// The search.
    Search,
    /// The statuses, all of them.
    Status,
    /// The owner.
    Owner,
    /// The campaign.
    Campaign,
    /// The source.
    Source,
    /// The workflow.
    Workflow,
    /// The team.
    Team,
    /// The lead source.
    LeadSource,
    /// The times between which the leads came in.
    CameIn,
    /// What an import wrote.
    Import,
    /// Archived leads instead of the others.
    Archived,
}

impl List {
    /// The list that a lead's page was opened from, which stands in that page's address.
    pub fn of_lead(form: &Form) -> Self {
        let list = Form::parse(form.get("list").as_bytes());
        let mut list = Self::read(&list.unwrap_or_default());
        list.query.cursor = None;
        list
    }

    /// What follows the address of a lead's page to name this list; nothing for the usual one.
    pub fn of_lead_query(&self) -> String {
        match self.at(None).strip_prefix("/leads?") {
            Some(said) => {
                let said = utf8_percent_encode(said, NON_ALPHANUMERIC);
                format!("?list={said}")
            }
            None => String::new(),
        }
    }

    /// The same list at another page; at its beginning without a cursor.
    pub fn at(&self, cursor: Option<&Cursor>) -> String {
        let mut other = self.clone();
        other.query.cursor = cursor.cloned();
        other.url()
    }

    /// The same list, its rows closer or not.
    pub fn spaced(&self, compact: bool) -> String {
        Self {
            compact,
            ..self.clone()
        }
        .url()
    }

    /// The same leads in the order that a click on a heading asks for: the usual direction first,
    /// the other one after.
    pub fn by(&self, sort: Sort) -> String {
        let mut other = self.first_page();
        let turned = match self.query.direction {
            Direction::Ascending => Direction::Descending,
            Direction::Descending => Direction::Ascending,
        };
        other.query.direction = if self.query.sort == sort {
            turned
        } else {
            usual_direction(sort)
        };
        other.query.sort = sort;
        other.url()
    }

    /// The list without one of its filters.
    pub fn without(&self, filter: Filter) -> String {
        let mut other = self.first_page();
        let query = &mut other.query;
        match filter {
            Filter::Search => query.q = None,
            Filter::Status => query.status.clear(),
            Filter::Owner => query.owner = None,
            Filter::Campaign => query.campaign = None,
            Filter::Source => query.source = None,
            Filter::Workflow => query.workflow_id = None,
            Filter::Team => query.team_id = None,
            Filter::LeadSource => query.lead_source_id = None,
            Filter::CameIn => (query.created_after, query.created_before) = (None, None),
            Filter::Import => query.import = None,
            Filter::Archived => query.archived = false,
        }
        other.url()
    }

    /// Another view in the same order and columns: these leads and no filter besides.
    pub fn view(&self, owner: Option<OwnerFilter>, archived: bool) -> String {
        let query = Query {
            owner,
            archived,
            sort: self.query.sort,
            direction: self.query.direction,
            ..Query::default()
        };
        Self {
            query,
            ..self.first_page()
        }
        .url()
    }

    /// All of these leads as a file, in a format of the export.
    pub fn file(&self, format: &str) -> String {
        let url = self.first_page().url();
        let filters = url.split_once('?').map(|(_, filters)| filters);
        let filters = filters.map(|filters| format!("&{filters}"));
        format!(
            "/leads/export?format={format}{}",
            filters.unwrap_or_default()
        )
    }

    /// Where all of these leads are given to somebody.
    pub fn assignment(&self) -> String {
        self.url().replacen("/leads", "/leads/assignment", 1)
    }

    /// The same list without what is asked of a key.
    pub fn without_key(&self, key: &str) -> String {
        let mut other = self.first_page();
        other.query.metadata.retain(|(one, _)| one != key);
        other.url()
    }

    fn first_page(&self) -> Self {
        let mut other = self.clone();
        other.query.cursor = None;
        other
    }
}

/// The direction people expect first: names from A, what is due soonest, what is newest.
fn usual_direction(sort: Sort) -> Direction {
    match sort {
        Sort::LastName | Sort::NextActionAt => Direction::Ascending,
        Sort::CreatedAt | Sort::UpdatedAt => Direction::Descending,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn list(address: &str) -> List {
        List::read(&Form::parse(address.as_bytes()).unwrap())
    }

    #[test]
    fn a_heading_asks_for_its_usual_direction_first() {
        assert_eq!(list("").by(Sort::LastName), "/leads?sort=last_name");
        assert_eq!(
            list("sort=last_name").by(Sort::LastName),
            "/leads?sort=-last_name"
        );
        assert_eq!(list("").by(Sort::CreatedAt), "/leads?sort=created_at");
        assert_eq!(list("sort=last_name").by(Sort::CreatedAt), "/leads");
    }

    #[test]
    fn a_leads_page_knows_the_list_it_was_opened_from() {
        let opened = list("q=Mar%C3%ADa+%26+co&status=new&sort=last_name");
        let address = opened.of_lead_query();
        let address = Form::parse(address.trim_start_matches('?').as_bytes()).unwrap();
        assert_eq!(List::of_lead(&address).url(), opened.url());
        assert_eq!(list("").of_lead_query(), "");
        assert_eq!(
            List::of_lead(&Form::filled_with(&[("list", "%zz")])).url(),
            "/leads"
        );
    }

    #[test]
    fn one_filter_goes_and_the_others_stay() {
        let all = "q=a&status=new&status=lost&owner=me&density=compact";
        let at = |filter| list(all).without(filter);
        assert_eq!(at(Filter::Status), "/leads?q=a&owner=me&density=compact");
        let rest = "/leads?status=new&status=lost&owner=me&density=compact";
        assert_eq!(at(Filter::Search), rest);
    }

    #[test]
    fn another_view_starts_at_its_beginning_without_filters() {
        let cursor = Cursor {
            key: "x".into(),
            id: Uuid::nil(),
            position: 50,
            backwards: false,
        };
        let address = format!("q=a&sort=last_name&cursor={}", cursor.encode());
        let read = list(&address);
        assert_eq!(read.query.cursor, Some(cursor));
        assert_eq!(
            read.file("csv"),
            "/leads/export?format=csv&q=a&sort=last_name"
        );
        assert_eq!(list("").file("xlsx"), "/leads/export?format=xlsx");
        let mine = read.view(Some(OwnerFilter::Me), false);
        assert_eq!(mine, "/leads?owner=me&sort=last_name");
        assert_eq!(read.at(None), "/leads?q=a&sort=last_name");
    }
}
