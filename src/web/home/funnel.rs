//! How far leads have come, as bars that open their lists.

use crate::leads::{self, Total};
use crate::web::leads::List;
use crate::workflows::{Category, Stage};

/// A category.
pub struct Bar {
    /// What it is called.
    pub name: &'static str,
    /// Its word.
    pub category: &'static str,
    /// How many leads.
    pub leads: Total,
    /// The list of them.
    pub path: String,
    /// The bar's width, of a hundred.
    pub width: i64,
    /// The statuses in it, with their lists; none where one list has all of it, or nothing.
    pub statuses: Vec<(String, String)>,
}

/// The categories, in the order leads go through them.
pub fn bars(stages: &[Stage]) -> Vec<Bar> {
    let widest = stages.iter().map(|stage| stage.leads.leads).max();
    let widest = widest.unwrap_or(0).max(1);
    let bars = stages.iter().map(|stage| Bar {
        name: name(stage.category),
        category: stage.category.as_str(),
        leads: stage.leads,
        path: path(stage.statuses.iter().map(|(key, _)| key.clone())),
        width: match stage.leads.leads {
            0 => 0,
            leads => (leads * 100 / widest).max(1),
        },
        statuses: match stage.statuses.as_slice() {
            several @ [_, _, ..] if stage.leads.leads > 0 => several.iter().map(status).collect(),
            _ => Vec::new(),
        },
    });
    bars.collect()
}

/// How many of a hundred leads that are decided were won; nothing while none is, or while nobody
/// knows how many are.
pub fn won_of_decided(stages: &[Stage]) -> Option<(i64, i64)> {
    let leads = |category| {
        let stage = stages.iter().find(|stage| stage.category == category);
        stage.map_or(Total::of(0), |stage| stage.leads)
    };
    let (won, lost) = (leads(Category::Won), leads(Category::Lost));
    let decided = won.leads + lost.leads;
    let known = won.is_exact && lost.is_exact && decided > 0;
    known.then(|| ((won.leads * 100 + decided / 2) / decided, decided))
}

fn status((key, label): &(String, String)) -> (String, String) {
    (label.clone(), path([key.clone()].into_iter()))
}

fn path(keys: impl Iterator<Item = String>) -> String {
    let query = leads::Query {
        status: keys.collect(),
        ..leads::Query::default()
    };
    List::new(query).url()
}

fn name(category: Category) -> &'static str {
    match category {
        Category::Open => "New",
        Category::Active => "In progress",
        Category::Won => "Won",
        Category::Lost => "Lost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(category: Category, keys: &[&str], leads: i64) -> Stage {
        let statuses = keys
            .iter()
            .map(|key| ((*key).to_owned(), key.to_uppercase()));
        Stage {
            category,
            statuses: statuses.collect(),
            leads: Total::of(leads),
        }
    }

    #[test]
    fn a_bar_opens_the_leads_of_all_its_statuses() {
        let bars = bars(&[
            stage(Category::Open, &["new"], 200),
            stage(Category::Active, &["contacted", "engaged"], 1),
        ]);
        assert_eq!(bars[0].path, "/leads?status=new");
        assert_eq!(bars[1].path, "/leads?status=contacted&status=engaged");
        assert_eq!((bars[0].width, bars[1].width), (100, 1));
        assert!(bars[0].statuses.is_empty());
        let engaged = ("ENGAGED".to_owned(), "/leads?status=engaged".to_owned());
        assert_eq!(bars[1].statuses[1], engaged);
    }

    #[test]
    fn what_was_won_is_told_of_what_is_decided() {
        let of = |won, lost| {
            won_of_decided(&[
                stage(Category::Won, &["converted"], won),
                stage(Category::Lost, &["lost"], lost),
            ])
        };
        assert_eq!(of(1, 2), Some((33, 3)));
        assert_eq!(of(2, 1), Some((67, 3)));
        assert_eq!(of(0, 0), None);
        assert_eq!(of(10_001, 3), None);
    }
}
