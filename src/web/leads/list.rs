//! What the address of the list says. Everything a list shows stands in its address.

use std::str::FromStr as _;

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use super::Form;
use super::columns::Columns;
use super::own_list::{OF_KEY, asked};
use crate::leads::{CampaignFilter, Cursor, Direction, OwnerFilter, Query, Sort};

/// Longer searches are cut: no name is longer, and every word is looked for.
const SEARCH_CHARACTERS: usize = 200;

/// A list as its address describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Filters, order and page.
    pub query: Query,
    /// The columns that are shown.
    pub columns: Columns,
    /// Whether rows stand closer.
    pub compact: bool,
    /// What the address said and nobody understands, as `name=value`.
    pub left_out: Vec<String>,
}

impl List {
    /// These leads in the usual columns.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            ..Self::default()
        }
    }

    /// Reads an address. What it says wrongly is left out and told, never an error: a link that
    /// somebody mistyped still shows leads.
    pub fn read(form: &Form) -> Self {
        let mut list = Self::default();
        let text = |name| {
            let value = form.filled(name)?.replace('\0', "");
            Some(value).filter(|value| !value.is_empty())
        };
        list.query.q = text("q").map(|q| q.chars().take(SEARCH_CHARACTERS).collect());
        for key in form.all("status").map(|key| key.replace('\0', "")) {
            if !key.is_empty() && !list.query.status.contains(&key) {
                list.query.status.push(key);
            }
        }
        list.query.source = text("source");
        list.query.owner = list.take(text("owner"), "owner", owner);
        list.query.campaign = list.take(text("campaign_id"), "campaign_id", campaign);
        list.query.workflow_id = list.take(text("workflow_id"), "workflow_id", id);
        list.query.team_id = list.take(text("team_id"), "team_id", id);
        list.query.lead_source_id = list.take(text("lead_source_id"), "lead_source_id", id);
        list.query.created_after = list.take(text("created_after"), "created_after", instant);
        list.query.created_before = list.take(text("created_before"), "created_before", instant);
        list.query.import = list.take(text("import"), "import", |word| word.parse().ok());
        list.query.metadata = asked(form);
        list.query.archived = list
            .take(text("archived"), "archived", |word| word.parse().ok())
            .unwrap_or_default();
        if let Some((sort, direction)) = list.take(text("sort"), "sort", order) {
            (list.query.sort, list.query.direction) = (sort, direction);
        }
        list.query.cursor = list.take(text("cursor"), "cursor", Cursor::decode);
        let (columns, unknown) = Columns::read(form.all("cols"));
        list.columns = columns;
        let unknown = unknown.into_iter().map(|word| format!("cols={word}"));
        list.left_out.extend(unknown);
        list.compact = form.get("density") == "compact";
        list
    }

    fn take<T>(
        &mut self,
        word: Option<String>,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = word?;
        let value = read(&word);
        if value.is_none() {
            self.left_out.push(format!("{name}={word}"));
        }
        value
    }

    /// Its own address.
    pub fn url(&self) -> String {
        let query = &self.query;
        let own = query.metadata.iter();
        let own: Vec<String> = own.map(|(key, _)| format!("{OF_KEY}{key}")).collect();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        pairs.extend(query.q.clone().map(|q| ("q", q)));
        pairs.extend(query.status.iter().map(|key| ("status", key.clone())));
        pairs.extend(query.owner.as_ref().map(|it| ("owner", owner_word(it))));
        pairs.extend(query.campaign.map(|it| ("campaign_id", campaign_word(it))));
        pairs.extend(query.source.clone().map(|source| ("source", source)));
        pairs.extend(query.workflow_id.map(|id| ("workflow_id", id.to_string())));
        pairs.extend(query.team_id.map(|id| ("team_id", id.to_string())));
        let lead_source = query.lead_source_id;
        pairs.extend(lead_source.map(|id| ("lead_source_id", id.to_string())));
        pairs.extend(
            query
                .created_after
                .map(|at| ("created_after", instant_word(at))),
        );
        pairs.extend(
            query
                .created_before
                .map(|at| ("created_before", instant_word(at))),
        );
        pairs.extend(query.import.map(|it| ("import", it.to_string())));
        let values = query.metadata.iter().map(|(_, value)| value.clone());
        pairs.extend(own.iter().map(String::as_str).zip(values));
        pairs.extend(query.archived.then(|| ("archived", "true".to_owned())));
        let usual = Query::default();
        if (query.sort, query.direction) != (usual.sort, usual.direction) {
            pairs.push(("sort", order_word(query.sort, query.direction)));
        }
        let columns = self.columns.words().into_iter();
        pairs.extend(columns.map(|words| ("cols", words)));
        pairs.extend(self.compact.then(|| ("density", "compact".to_owned())));
        pairs.extend(query.cursor.as_ref().map(|it| ("cursor", it.encode())));
        // Pairs of texts can always be written down.
        match serde_urlencoded::to_string(&pairs).unwrap_or_default() {
            said if said.is_empty() => "/leads".to_owned(),
            said => format!("/leads?{said}"),
        }
    }

    /// The word of the order in the address.
    pub fn order(&self) -> String {
        order_word(self.query.sort, self.query.direction)
    }

    /// The word of the owner in the address, or nothing.
    pub fn owner(&self) -> String {
        self.query
            .owner
            .as_ref()
            .map(owner_word)
            .unwrap_or_default()
    }

    /// The words of the times between which the leads came in, or nothing.
    pub fn came_in(&self) -> [(&'static str, String); 2] {
        let word = |at: Option<DateTime<Utc>>| at.map(instant_word).unwrap_or_default();
        [
            ("created_after", word(self.query.created_after)),
            ("created_before", word(self.query.created_before)),
        ]
    }

    /// The word of the campaign in the address, or nothing.
    pub fn campaign(&self) -> String {
        self.query.campaign.map(campaign_word).unwrap_or_default()
    }
}

fn id(word: &str) -> Option<Uuid> {
    Uuid::try_parse(word).ok()
}

/// An instant, as in the API.
fn instant(word: &str) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_rfc3339(word).ok()?;
    Some(at.to_utc())
}

fn instant_word(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn owner(word: &str) -> Option<OwnerFilter> {
    match word {
        "me" => Some(OwnerFilter::Me),
        "none" => Some(OwnerFilter::Nobody),
        email if email.contains('@') => Some(OwnerFilter::Email(email.to_owned())),
        word => id(word).map(OwnerFilter::Id),
    }
}

fn owner_word(owner: &OwnerFilter) -> String {
    match owner {
        OwnerFilter::Me => "me".to_owned(),
        OwnerFilter::Nobody => "none".to_owned(),
        OwnerFilter::Id(id) => id.to_string(),
        OwnerFilter::Email(email) => email.clone(),
    }
}

fn campaign(word: &str) -> Option<CampaignFilter> {
    match word {
        "none" => Some(CampaignFilter::None),
        word => id(word).map(CampaignFilter::Is),
    }
}

fn campaign_word(campaign: CampaignFilter) -> String {
    match campaign {
        CampaignFilter::Is(id) => id.to_string(),
        CampaignFilter::None => "none".to_owned(),
    }
}

fn order(word: &str) -> Option<(Sort, Direction)> {
    let (name, direction) = match word.strip_prefix('-') {
        Some(name) => (name, Direction::Descending),
        None => (word, Direction::Ascending),
    };
    Some((Sort::from_str(name).ok()?, direction))
}

fn order_word(sort: Sort, direction: Direction) -> String {
    let sign = match direction {
        Direction::Ascending => "",
        Direction::Descending => "-",
    };
    format!("{sign}{sort}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(address: &str) -> List {
        List::read(&Form::parse(address.as_bytes()).unwrap())
    }

    #[test]
    fn an_address_leads_back_to_itself() {
        let id = "018f4d2e-0000-7000-8000-000000000001";
        for address in [
            "/leads".to_owned(),
            "/leads?q=Mar%C3%ADa+%26+co".to_owned(),
            "/leads?status=new&status=contacted&owner=me&archived=true".to_owned(),
            format!("/leads?owner=none&campaign_id={id}&source=Web+form&workflow_id={id}"),
            "/leads?owner=ana%40example.com&campaign_id=none&sort=next_action_at".to_owned(),
            "/leads?sort=-last_name&cols=phone%2Cage&density=compact".to_owned(),
            "/leads?source=Fair&metadata.a+b=true&metadata.edad=35&cols=name&cols=metadata.a%2Cb"
                .to_owned(),
            "/leads?created_after=2026-11-24T03%3A00%3A00Z&created_before=2026-11-25T03%3A00%3A00Z"
                .to_owned(),
        ] {
            let query = address
                .strip_prefix("/leads")
                .unwrap()
                .trim_start_matches('?');
            assert_eq!(list(query).url(), address);
            assert_eq!(list(query).left_out, [""; 0], "{address}");
        }
    }

    #[test]
    fn the_usual_order_and_empty_fields_leave_no_trace() {
        let address = "q=&status=&owner=&campaign_id=&sort=-created_at&archived=&cols=&density=";
        assert_eq!(list(address).url(), "/leads");
        assert_eq!(list("archived=false").url(), "/leads");
    }

    #[test]
    fn what_nobody_understands_is_left_out_and_told() {
        let read = list(
            "owner=ana&workflow_id=1&created_after=may&sort=height&cursor=zzz&cols=hat&archived=maybe",
        );
        let said = [
            "owner=ana",
            "workflow_id=1",
            "created_after=may",
            "archived=maybe",
            "sort=height",
        ];
        let said: Vec<&str> = said.into_iter().chain(["cursor=zzz", "cols=hat"]).collect();
        assert_eq!(read.left_out, said);
        assert_eq!(read.url(), "/leads");
    }

    #[test]
    fn a_nul_character_is_never_searched_for() {
        let read = list("q=a%00b&status=%00&source=%00&owner=x%00@y.zz");
        assert_eq!(read.query.q.as_deref(), Some("ab"));
        assert!(read.query.status.is_empty() && read.query.source.is_none());
        assert_eq!(read.owner(), "x@y.zz");
    }
}
