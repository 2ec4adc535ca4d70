//! What each filter of the list offers.

use uuid::Uuid;

use super::Choice;
use super::list::List;
use crate::caller::Person;
use crate::leads::{self, Facets};

/// The fields of the filter form.
pub struct Choices {
    /// Statuses, to be ticked.
    pub statuses: Vec<Choice>,
    /// Owners.
    pub owners: Vec<Choice>,
    /// Campaigns.
    pub campaigns: Vec<Choice>,
    /// Sources.
    pub sources: Vec<Choice>,
    /// Workflows.
    pub workflows: Vec<Choice>,
    /// Teams; none when the account has none.
    pub teams: Vec<Choice>,
    /// Lead sources; none when the account has none.
    pub lead_sources: Vec<Choice>,
    /// Orders.
    pub orders: Vec<Choice>,
}

impl Choices {
    /// What can be chosen and what is chosen now.
    pub fn new(list: &List, facets: &Facets, me: &Person) -> Self {
        let query = &list.query;
        let statuses = facets.statuses.iter().map(|status| Choice {
            chosen: query.status.contains(&status.value),
            value: status.value.clone(),
            label: status.label.clone(),
        });
        let others = facets.owners.iter().filter(|one| one.value != me.email);
        let word = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            statuses: statuses.collect(),
            owners: offered(
                &[("", "Anybody"), ("me", "You"), ("none", "Nobody yet")],
                others,
                &list.owner(),
            ),
            campaigns: offered(
                &[("", "Any or none"), ("none", "None")],
                &facets.campaigns,
                &list.campaign(),
            ),
            sources: offered(
                &[("", "Any")],
                &facets.sources,
                query.source.as_deref().unwrap_or_default(),
            ),
            workflows: offered(
                &[("", "Any or none")],
                &facets.workflows,
                &word(query.workflow_id),
            ),
            teams: some(&facets.teams, &word(query.team_id)),
            lead_sources: some(&facets.lead_sources, &word(query.lead_source_id)),
            orders: ORDERS
                .iter()
                .map(|(word, said)| Choice::new(*word, *said, &list.order()))
                .collect(),
        }
    }
}

/// Every order in words.
const ORDERS: [(&str, &str); 8] = [
    ("-created_at", "Newest first"),
    ("created_at", "Oldest first"),
    ("next_action_at", "Next action first"),
    ("-next_action_at", "Nothing planned first"),
    ("last_name", "By last name, A to Z"),
    ("-last_name", "By last name, Z to A"),
    ("-updated_at", "Last changed first"),
    ("updated_at", "Longest unchanged first"),
];

/// The order of a list in words, inside a sentence.
pub fn order_said(list: &List) -> String {
    let order = list.order();
    let said = ORDERS.iter().find(|(word, _)| *word == order);
    let mut letters = said.map_or("", |(_, said)| said).chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// What can be chosen of what not every account has, unless there is nothing to choose.
fn some(from: &[leads::Choice], current: &str) -> Vec<Choice> {
    let all = offered(&[("", "Any or none")], from, current);
    if all.len() > 1 { all } else { Vec::new() }
}

/// What can be chosen. What is chosen and not on offer, as a person who has left, stays chosen:
/// sending the form must not widen the list unasked.
fn offered<'a>(
    first: &[(&str, &str)],
    then: impl IntoIterator<Item = &'a leads::Choice>,
    current: &str,
) -> Vec<Choice> {
    let mut all: Vec<Choice> = first
        .iter()
        .map(|(value, label)| Choice::new(*value, *label, current))
        .collect();
    let then = then.into_iter();
    all.extend(then.map(|one| Choice::new(one.value.clone(), one.label.clone(), current)));
    if !all.iter().any(|choice| choice.chosen) {
        all.push(Choice::new(current, current, current));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Form;

    #[test]
    fn every_order_has_words() {
        for (word, said) in ORDERS {
            let address = format!("sort={word}");
            let list = List::read(&Form::parse(address.as_bytes()).unwrap());
            assert!(said.ends_with(&order_said(&list)[1..]), "{said}");
        }
    }

    #[test]
    fn what_is_chosen_stays_chosen_when_it_is_not_on_offer() {
        let all = offered(&[("", "Any")], &[], "Fax");
        assert!(all.iter().any(|one| one.chosen && one.value == "Fax"));
        assert_eq!(offered(&[("", "Any")], &[], "").len(), 1);
    }
}
