//! The filters, orders and pages of `GET /leads`.

use super::fields::OWN;
use crate::api::account_dialect::list::Asked;
use crate::api::account_dialect::named::MUST_BE;
use crate::api::query::{Query, WHEN, directed, rfc3339};
use crate::error::Result;
use crate::ids::IdOrNumber;
use crate::leads::{self, Direction, Equals, OwnerFilter, Sort, TextField, TimeField};

/// Fields that hold text.
const TEXTS: [(&str, TextField); 7] = [
    ("firstName", TextField::FirstName),
    ("lastName", TextField::LastName),
    ("email", TextField::Email),
    ("phone", TextField::Phone),
    ("company", TextField::Company),
    ("jobTitle", TextField::Title),
    ("applicationId", TextField::ExternalId),
];
/// A filter for a thing that is named.
type OfThing = fn(IdOrNumber) -> Equals;
/// Fields that name one.
const IDS: [(&str, OfThing); 3] = [
    ("id", Equals::Lead),
    ("teamId", Equals::Team),
    ("leadSourceId", Equals::LeadSource),
];
/// Fields that hold an instant.
const TIMES: [(&str, TimeField); 3] = [
    ("lastContacted", TimeField::LastContacted),
    ("createdAt", TimeField::Created),
    ("updatedAt", TimeField::Updated),
];
/// What a list can be ordered by.
const SORTS: [(&str, Sort); 4] = [
    ("createdAt", Sort::CreatedAt),
    ("updatedAt", Sort::UpdatedAt),
    ("lastName", Sort::LastName),
    ("nextActionAt", Sort::NextActionAt),
];

/// The list that an address asks for, in the account that the call named so.
///
/// # Errors
/// [`crate::error::Error::Invalid`].
pub fn of(mut query: Query, account: &str) -> Result<(leads::Query, Asked)> {
    let asked = Asked::of(&mut query);
    let (sort, direction) = query
        .read(
            "sort",
            "createdAt, updatedAt, lastName or nextActionAt, with - before it to turn it round",
            order,
        )
        .unwrap_or((Sort::CreatedAt, Direction::Descending));
    // The account is said already; saying it again asks for nothing more.
    let its_own = |word: &str| (word == account).then_some(());
    query.read("accountId", "the account of the call", its_own);
    let list = leads::Query {
        q: query.take("search").filter(|q| !q.trim().is_empty()),
        owner: query.take("assignedTo").map(OwnerFilter::Email),
        source: query.take("source"),
        archived: query.flag("archived").unwrap_or(false),
        metadata: own_fields(&mut query),
        equals: equals(&mut query),
        sort,
        direction,
        offset: asked.offset(),
        limit: asked.size,
        ..leads::Query::default()
    };
    query.done((list, asked))
}

fn order(value: &str) -> Option<(Sort, Direction)> {
    let (name, direction) = directed(value);
    let known = SORTS.into_iter().find(|(known, _)| *known == name);
    known.map(|(_, sort)| (sort, direction))
}

fn own_fields(query: &mut Query) -> Vec<(String, String)> {
    let asked = OWN.iter().filter_map(|own| {
        let words = query.read(own.name, own.kind.must_be(), |word| own.kind.in_words(word));
        Some((own.key.to_owned(), words?))
    });
    asked.collect()
}

fn equals(query: &mut Query) -> Vec<Equals> {
    let mut all = Vec::new();
    for (name, of) in IDS {
        let named = query.read(name, MUST_BE, |word| word.parse().ok());
        all.extend(named.map(of));
    }
    for (name, field) in TEXTS {
        let text = query.take(name);
        all.extend(text.map(|text| Equals::Text(field, text)));
    }
    for (name, field) in TIMES {
        let at = query.read(name, WHEN, rfc3339);
        all.extend(at.map(|at| Equals::At(field, at)));
    }
    all.extend(query.take("createdBy").map(Equals::CreatedBy));
    all
}
