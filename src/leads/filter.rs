//! Which leads a list shows and in which order.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::cursor::Cursor;
use super::equals::Equals;
use super::order::{Direction, Sort};
use super::page::COUNT_UP_TO;
use super::{search, sight};
use crate::caller::{Actor, Caller};
use crate::db::schema::{leads, users};
use crate::error::{Error, Problem, Result};
use crate::text;

/// A list of leads: filters that all hold, an order, and which page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Words that all stand somewhere in name, e-mail, phone or company.
    pub q: Option<String>,
    /// Status keys, any of them.
    pub status: Vec<String>,
    /// The workflow of the newest run.
    pub workflow_id: Option<Uuid>,
    /// The campaign.
    pub campaign: Option<CampaignFilter>,
    /// The owner.
    pub owner: Option<OwnerFilter>,
    /// The team.
    pub team_id: Option<Uuid>,
    /// The lead source.
    pub lead_source_id: Option<Uuid>,
    /// The source, word for word.
    pub source: Option<String>,
    /// What an import wrote.
    pub import: Option<super::imported::Imported>,
    /// Leads that were put away, instead of the others.
    pub archived: bool,
    /// Came in at this instant or later.
    pub created_after: Option<DateTime<Utc>>,
    /// Came in before this instant.
    pub created_before: Option<DateTime<Utc>>,
    /// Own keys and their values as text.
    pub metadata: Vec<(String, String)>,
    /// Other fields and what stands in them.
    pub equals: Vec<Equals>,
    /// The order.
    pub sort: Sort,
    /// Its direction.
    pub direction: Direction,
    /// Where the page begins; the first page without one.
    pub cursor: Option<Cursor>,
    /// How many rows to pass over when there is no cursor.
    pub offset: u32,
    /// How many rows at most.
    pub limit: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            q: None,
            status: Vec::new(),
            workflow_id: None,
            campaign: None,
            owner: None,
            team_id: None,
            lead_source_id: None,
            source: None,
            import: None,
            archived: false,
            created_after: None,
            created_before: None,
            metadata: Vec::new(),
            equals: Vec::new(),
            sort: Sort::CreatedAt,
            direction: Direction::Descending,
            cursor: None,
            offset: 0,
            limit: 50,
        }
    }
}

/// A filter by campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignFilter {
    /// This one.
    Is(Uuid),
    /// Leads without one.
    None,
}

/// A filter by owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerFilter {
    /// The person who asks, or who made the key that asks.
    Me,
    /// Leads of nobody.
    Nobody,
    /// A person, by id.
    Id(Uuid),
    /// A person, by e-mail in any case.
    Email(String),
}

pub(super) type Filtered = leads::BoxedQuery<'static, Pg>;

impl Query {
    /// How far it is worth counting for a person who looks at a page: as far as the contract goes
    /// where one index holds the list, and less far where each lead has to be looked at.
    pub fn count_up_to(&self) -> i64 {
        let filters = [
            self.archived,
            !self.status.is_empty(),
            self.workflow_id.is_some(),
            self.campaign.is_some(),
            self.owner.is_some(),
            self.team_id.is_some(),
            self.lead_source_id.is_some(),
            self.source.is_some(),
            self.import.is_some(),
        ];
        let one_index = filters.into_iter().filter(|set| *set).count() <= 1;
        if one_index && !self.searches() && self.metadata.is_empty() && self.equals.is_empty() {
            COUNT_UP_TO
        } else {
            COUNT_UP_TO / 10
        }
    }

    /// Whether words are searched.
    pub(super) fn searches(&self) -> bool {
        self.q.as_deref().is_some_and(|q| !q.trim().is_empty())
    }

    /// The account's leads, those that were put away or the others.
    pub(super) fn unfiltered(&self, caller: &Caller) -> Filtered {
        let query = leads::table
            .filter(leads::account_id.eq(caller.account.id))
            .into_boxed();
        if self.archived {
            query.filter(leads::archived_at.is_not_null())
        } else {
            query.filter(leads::archived_at.is_null())
        }
    }

    /// The leads of the list, in no order: those that pass every filter and that the caller sees.
    pub(super) fn filtered(&self, caller: &Caller) -> Filtered {
        sight::seen(self.passing(caller), caller)
    }

    /// The account's leads that pass every filter, in no order, whoever sees them.
    pub(super) fn passing(&self, caller: &Caller) -> Filtered {
        let mut query = self.unfiltered(caller);
        if let Some(q) = &self.q {
            query = search::filter(query, q);
        }
        query = match self.status.as_slice() {
            [] => query,
            [one] => query.filter(leads::status_key.eq(one.clone())),
            many => query.filter(leads::status_key.eq_any(many.to_vec())),
        };
        if let Some(workflow_id) = self.workflow_id {
            query = query.filter(leads::workflow_id.eq(workflow_id));
        }
        query = match self.campaign {
            Some(CampaignFilter::Is(id)) => query.filter(leads::campaign_id.eq(id)),
            Some(CampaignFilter::None) => query.filter(leads::campaign_id.is_null()),
            None => query,
        };
        if let Some(team_id) = self.team_id {
            query = query.filter(leads::team_id.eq(team_id));
        }
        if let Some(lead_source_id) = self.lead_source_id {
            query = query.filter(leads::lead_source_id.eq(lead_source_id));
        }
        if let Some(source) = &self.source {
            query = query.filter(leads::source.eq(source.clone()));
        }
        if let Some(import) = self.import {
            query = import.filter(query, caller);
        }
        if let Some(after) = self.created_after {
            query = query.filter(leads::created_at.ge(after));
        }
        if let Some(before) = self.created_before {
            query = query.filter(leads::created_at.lt(before));
        }
        for (key, value) in &self.metadata {
            query = query.filter(
                leads::metadata
                    .retrieve_as_text(key.clone())
                    .eq(value.clone()),
            );
        }
        for equals in &self.equals {
            query = equals.filter(query, caller, self.archived);
        }
        self.of_owner(query, caller)
    }

    fn of_owner(&self, query: Filtered, caller: &Caller) -> Filtered {
        match &self.owner {
            Some(OwnerFilter::Nobody) => query.filter(leads::owner_id.is_null()),
            Some(OwnerFilter::Id(id)) => query.filter(leads::owner_id.eq(*id)),
            Some(OwnerFilter::Email(email)) => of_person(query, caller, email),
            Some(OwnerFilter::Me) => match &caller.actor {
                // A key asks for the person who made it.
                Actor::ApiKey {
                    owner_email: Some(email),
                    ..
                } => of_person(query, caller, email),
                _ => query.filter(leads::owner_id.eq(caller.person().map(|person| person.id))),
            },
            None => query,
        }
    }

    /// The rows on the cursor's side of it, in the order of the walk.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the cursor is not one of this order.
    pub(super) fn walk(&self, query: Filtered) -> Result<Filtered> {
        let (expression, way) = (self.sort.expression(), self.way());
        let order = sql::<Text>(&format!("{expression} {way}, leads.id {way}"));
        Ok(self.side(query)?.order(order))
    }

    /// The rows on the cursor's side of it, in no order.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the cursor is not one of this order.
    pub(super) fn side(&self, mut query: Filtered) -> Result<Filtered> {
        let way = self.way();
        let expression = self.sort.expression();
        if let Some(cursor) = &self.cursor {
            let side = if way == "DESC" { "<" } else { ">" };
            let row = format!("({expression}, leads.id) {side} (");
            query = match self.sort {
                Sort::LastName => query.filter(
                    sql::<Bool>(&row)
                        .bind::<Text, _>(cursor.key.clone())
                        .sql(", ")
                        .bind::<SqlUuid, _>(cursor.id)
                        .sql(")"),
                ),
                _ if cursor.key == NEVER => query.filter(
                    sql::<Bool>(&row)
                        .sql("'infinity'::timestamptz, ")
                        .bind::<SqlUuid, _>(cursor.id)
                        .sql(")"),
                ),
                _ => query.filter(
                    sql::<Bool>(&row)
                        .bind::<Timestamptz, _>(time_of(cursor)?)
                        .sql(", ")
                        .bind::<SqlUuid, _>(cursor.id)
                        .sql(")"),
                ),
            };
        }
        Ok(query)
    }

    /// The direction of the walk, which on the way back is against the order.
    pub(super) fn way(&self) -> &'static str {
        match (self.direction == Direction::Descending) != self.backwards() {
            true => "DESC",
            false => "ASC",
        }
    }

    pub(super) fn backwards(&self) -> bool {
        self.cursor.as_ref().is_some_and(|cursor| cursor.backwards)
    }
}

/// The key of a lead with nothing planned, in the order of what is due.
pub(super) const NEVER: &str = "never";

fn of_person(query: Filtered, caller: &Caller, email: &str) -> Filtered {
    let person = users::table
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::email.eq(text::lower_email(email)))
        .select(users::id.nullable());
    query.filter(leads::owner_id.eq(person.single_value()))
}

fn time_of(cursor: &Cursor) -> Result<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(&cursor.key)
        .map(|time| time.to_utc())
        .map_err(|_| Error::invalid("cursor", Problem::MustBe("one from the answer before")))
}
