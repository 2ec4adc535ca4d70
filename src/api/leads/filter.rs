//! The filters, orders and pages of `GET /leads` (contract §2).

use uuid::Uuid;

use crate::api::query::{Query, WHEN, directed, instant};
use crate::error::Result;
use crate::leads::{self, CampaignFilter, Cursor, Direction, OwnerFilter, Sort};

/// The list that an address asks for, and the number of the page when it asks by number.
///
/// # Errors
/// [`crate::error::Error::Invalid`].
pub fn of(mut query: Query) -> Result<(leads::Query, Option<u32>)> {
    let limit = query.limit(200, "a whole number from 1 to 200");
    let page = query.page(limit);
    let (sort, direction) = query
        .read(
            "sort",
            "created_at, updated_at, last_name or next_action_at, with - before it to turn it round",
            order,
        )
        .unwrap_or((Sort::CreatedAt, Direction::Descending));
    let list = leads::Query {
        q: query.take("q").filter(|q| !q.trim().is_empty()),
        status: query.take("status").into_iter().collect(),
        workflow_id: query.read("workflow_id", "a UUID", uuid),
        campaign: query
            .read("campaign_id", "a UUID", uuid)
            .map(CampaignFilter::Is),
        owner: query.take("owner").map(|owner| owned_by(&owner)),
        team_id: query.read("team_id", "a UUID", uuid),
        lead_source_id: query.read("lead_source_id", "a UUID", uuid),
        source: query.take("source"),
        import: None,
        archived: query.flag("archived").unwrap_or(false),
        created_after: query.read("created_after", WHEN, instant),
        created_before: query.read("created_before", WHEN, instant),
        metadata: query.take_all("metadata."),
        equals: Vec::new(),
        sort,
        direction,
        cursor: query.read("cursor", "one from the answer before", Cursor::decode),
        offset: page.map_or(0, |page| (page - 1).saturating_mul(limit)),
        limit,
    };
    query.done((list, page))
}

fn uuid(value: &str) -> Option<Uuid> {
    Uuid::try_parse(value).ok()
}

fn order(value: &str) -> Option<(Sort, Direction)> {
    let (name, direction) = directed(value);
    Some((name.parse().ok()?, direction))
}

fn owned_by(owner: &str) -> OwnerFilter {
    match owner {
        "me" => OwnerFilter::Me,
        "none" => OwnerFilter::Nobody,
        owner => match Uuid::try_parse(owner) {
            Ok(id) => OwnerFilter::Id(id),
            Err(_) => OwnerFilter::Email(owner.to_owned()),
        },
    }
}
