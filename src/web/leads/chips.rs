//! The filters of a list in words, each of which can be taken away.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::address::Filter;
use super::list::List;
use super::own_list;
use crate::fields::Catalogue;
use crate::hours::midnight;
use crate::leads::{Came, CampaignFilter, Choice, Facets, Imported, OwnerFilter, Query};

/// One filter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What is filtered, as "Owner is".
    pub what: Cow<'static, str>,
    /// What must hold, as "Ana Rojas".
    pub value: String,
    /// The list without it.
    pub without: String,
}

/// The filters of a list, in the order in which they stand in the address. What the account does
/// not have, as a campaign that was deleted, is called by its word in the address.
pub fn chips(list: &List, facets: &Facets, catalogue: &Catalogue, zone: Tz) -> Vec<Chip> {
    let query = &list.query;
    let statuses: Vec<String> = query
        .status
        .iter()
        .map(|key| label(&facets.statuses, key))
        .collect();
    let campaign = query.campaign.map(|campaign| match campaign {
        CampaignFilter::None => "none".to_owned(),
        CampaignFilter::Is(id) => label(&facets.campaigns, &id.to_string()),
    });
    let owner = query.owner.as_ref().map(|owner| match owner {
        OwnerFilter::Me => "you".to_owned(),
        OwnerFilter::Nobody => "nobody".to_owned(),
        OwnerFilter::Email(email) => label(&facets.owners, &email.to_lowercase()),
        OwnerFilter::Id(id) => id.to_string(),
    });
    let workflow = query.workflow_id.map(|id| id.to_string());
    let team = query.team_id.map(|id| id.to_string());
    let lead_source = query.lead_source_id.map(|id| id.to_string());
    let told = [
        (Filter::Search, "Found by", query.q.clone().map(quoted)),
        (Filter::Status, "Status is", either(&statuses)),
        (Filter::Owner, "Owner is", owner),
        (Filter::Campaign, "Campaign is", campaign),
        (Filter::Source, "Source is", query.source.clone()),
        (
            Filter::Workflow,
            "Workflow is",
            workflow.map(|id| label(&facets.workflows, &id)),
        ),
        (
            Filter::Team,
            "Team is",
            team.map(|id| label(&facets.teams, &id)),
        ),
        (
            Filter::LeadSource,
            "Lead source is",
            lead_source.map(|id| label(&facets.lead_sources, &id)),
        ),
        (Filter::CameIn, "Came in", came_in(query, zone)),
        (Filter::Import, "Import is", query.import.map(imported)),
        (
            Filter::Archived,
            "Only",
            query.archived.then(|| "archived".to_owned()),
        ),
    ];
    let chip = |(filter, what, value): (Filter, &'static str, Option<String>)| {
        Some(Chip {
            what: what.into(),
            value: value?,
            without: list.without(filter),
        })
    };
    let fixed = told.into_iter().filter_map(chip);
    fixed.chain(own_list::chips(list, catalogue)).collect()
}

/// "on 24 Nov 2026", "since 18 Nov 2026", "before 24 Nov 2026, 12:30".
fn came_in(query: &Query, zone: Tz) -> Option<String> {
    let said = |at: DateTime<Utc>| {
        let here = at.with_timezone(&zone);
        let shape = match at == midnight(at, 0, zone) {
            true => "%-d %b %Y",
            false => "%-d %b %Y, %H:%M",
        };
        here.format(shape).to_string()
    };
    match (query.created_after, query.created_before) {
        (Some(after), Some(before)) => {
            let a_day = after == midnight(after, 0, zone) && before == midnight(after, 1, zone);
            Some(match a_day {
                true => format!("on {}", said(after)),
                false => format!("since {} and before {}", said(after), said(before)),
            })
        }
        (Some(after), None) => Some(format!("since {}", said(after))),
        (None, Some(before)) => Some(format!("before {}", said(before))),
        (None, None) => None,
    }
}

fn imported(import: Imported) -> String {
    let which = match import.came {
        None => "",
        Some(Came::Created) => ", its new leads",
        Some(Came::Updated) => ", the leads it updated",
    };
    format!("{}{which}", import.number)
}

fn quoted(text: String) -> String {
    format!("“{text}”")
}

/// "New", "New or Lost", "New, Contacted or Lost".
fn either(words: &[String]) -> Option<String> {
    match words {
        [] => None,
        [one] => Some(one.clone()),
        [first @ .., last] => Some(format!("{} or {last}", first.join(", "))),
    }
}

fn label(choices: &[Choice], value: &str) -> String {
    choices
        .iter()
        .find(|choice| choice.value == value)
        .map_or_else(|| value.to_owned(), |choice| choice.label.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Form;

    fn told(address: &str) -> Vec<String> {
        let choice = |value: &str, label: &str| Choice {
            value: value.into(),
            label: label.into(),
        };
        let facets = Facets {
            statuses: vec![choice("new", "New"), choice("lost", "Lost")],
            owners: vec![choice("ana@example.com", "Ana Rojas")],
            ..Facets::default()
        };
        let list = List::read(&Form::parse(address.as_bytes()).unwrap());
        chips(&list, &facets, &Catalogue::default(), Tz::America__Santiago)
            .into_iter()
            .map(|chip| format!("{} {} -> {}", chip.what, chip.value, chip.without))
            .collect()
    }

    #[test]
    fn each_filter_is_told_in_words_and_can_be_taken_away() {
        assert_eq!(
            told("q=ana&status=new&status=lost&owner=Ana@example.com"),
            [
                "Found by “ana” -> /leads?status=new&status=lost&owner=Ana%40example.com",
                "Status is New or Lost -> /leads?q=ana&owner=Ana%40example.com",
                "Owner is Ana Rojas -> /leads?q=ana&status=new&status=lost",
            ]
        );
    }

    #[test]
    fn a_day_is_told_as_a_day() {
        let day = "created_after=2026-11-24T03:00:00Z&created_before=2026-11-25T03:00:00Z";
        assert_eq!(told(day), ["Came in on 24 Nov 2026 -> /leads"]);
        let since = "created_after=2026-11-18T03:00:00Z";
        assert_eq!(told(since), ["Came in since 18 Nov 2026 -> /leads"]);
        let odd = "created_after=2026-11-18T03:00:00Z&created_before=2026-11-24T15:30:00Z";
        assert_eq!(
            told(odd),
            ["Came in since 18 Nov 2026 and before 24 Nov 2026, 12:30 -> /leads"]
        );
    }

    #[test]
    fn what_is_not_here_is_called_by_its_word() {
        assert_eq!(told("status=gone"), ["Status is gone -> /leads"]);
    }

    #[test]
    fn order_and_columns_are_no_filters() {
        assert_eq!(told("sort=last_name&cols=age&density=compact"), [""; 0]);
    }
}
