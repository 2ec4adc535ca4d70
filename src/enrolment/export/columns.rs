//! What stands in the columns of a file that leaves.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value};

use super::super::file::columns::{OF_KEY, TOLD, target};
use super::super::file::{Reading, Target};
use super::super::imports::suggested;
use crate::leads::LeadView;

/// The most keys that have a column each: as many as one lead can have.
pub(super) const MOST_KEYS: usize = 200;

type Cell = for<'a> fn(&'a LeadView) -> Cow<'a, str>;

/// What a file can set, as its header is read.
const FIELDS: [(&str, Cell); 8] = [
    // In the form that means the same in every country.
    ("phone_number", |it| {
        text(it.lead.phone_e164.as_ref().or(it.lead.phone.as_ref()))
    }),
    ("first_name", |it| (&it.lead.first_name).into()),
    ("last_name", |it| text(it.lead.last_name.as_ref())),
    ("email", |it| text(it.lead.email.as_ref())),
    ("company", |it| text(it.lead.company.as_ref())),
    ("title", |it| text(it.lead.title.as_ref())),
    ("external_id", |it| text(it.lead.external_id.as_ref())),
    ("campaign_id", |it| shown(it.lead.campaign_id.as_ref())),
];

/// What it only tells.
const FACTS: [(&str, Cell); 18] = [
    ("id", |it| shown(Some(&it.lead.id))),
    ("number", |it| shown(Some(&it.lead.number))),
    ("phone_as_given", |it| text(it.lead.phone.as_ref())),
    ("status", |it| match &it.standing {
        Some(standing) => (&standing.label).into(),
        None => text(it.lead.status_key.as_ref()),
    }),
    ("workflow", |it| {
        text(it.workflow.as_ref().map(|workflow| &workflow.name))
    }),
    ("run", |it| match (&it.run, &it.workflow) {
        (Some(run), _) => (&run.status).into(),
        (None, Some(_)) => "over".into(),
        (None, None) => "".into(),
    }),
    ("step", |it| text(it.step.as_ref().map(|step| &step.label))),
    ("owner", |it| {
        text(it.owner.as_ref().map(|owner| &owner.email))
    }),
    ("team", |it| text(it.team.as_ref().map(|team| &team.name))),
    ("source", |it| (&it.lead.source).into()),
    ("lead_source", |it| {
        text(it.lead_source.as_ref().map(|source| &source.name))
    }),
    ("campaign", |it| {
        text(it.campaign.as_ref().map(|campaign| &campaign.name))
    }),
    ("tags", |it| it.lead.tags.join(", ").into()),
    ("last_contacted_at", |it| time(it.lead.last_contacted_at)),
    ("next_action_at", |it| time(it.lead.next_action_at)),
    ("archived_at", |it| time(it.lead.archived_at)),
    ("created_at", |it| time(Some(it.lead.created_at))),
    ("updated_at", |it| time(Some(it.lead.updated_at))),
];

/// The columns of a file that leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Keys that have a column, sorted.
    keys: Vec<String>,
    /// How many have none.
    others: usize,
}

impl Columns {
    /// Columns for these keys of so many in all. Those that have none share the last column.
    pub(super) fn of(keys: Vec<String>, all: usize) -> Self {
        Self {
            others: all.saturating_sub(keys.len()),
            keys,
        }
    }

    /// The first row of the file.
    pub fn header(&self) -> Vec<String> {
        let fields = FIELDS.iter().map(|(name, _)| (*name).to_owned());
        let told = FACTS.iter().map(|(name, _)| format!("{TOLD}{name}"));
        let keys = self.keys.iter().map(|key| column_of(key).into_owned());
        let mut header: Vec<String> = fields.chain(told).chain(keys).collect();
        if self.others > 0 {
            let others = match self.others {
                1 => "1 more key, for which there is no column".to_owned(),
                others => format!("{others} more keys, for which there are no columns"),
            };
            header.push(format!("{TOLD}{others}"));
        }
        header
    }

    /// The row of a lead.
    pub fn cells<'a>(&'a self, lead: &'a LeadView) -> impl Iterator<Item = Cow<'a, str>> {
        let own = lead.lead.metadata.as_object();
        let fixed = FIELDS.iter().chain(&FACTS).map(move |(_, cell)| cell(lead));
        let keys = self.keys.iter();
        let keys = keys.map(move |key| own.and_then(|own| own.get(key)).map_or("".into(), value));
        let others = (self.others > 0).then(|| self.others_of(own).into());
        fixed.chain(keys).chain(others)
    }

    /// What stands under keys without a column, a line each.
    fn others_of(&self, own: Option<&Map<String, Value>>) -> String {
        let mut lines = String::new();
        for (key, it) in own.into_iter().flatten() {
            if self.keys.binary_search(key).is_err() {
                let line_end = if lines.is_empty() { "" } else { "\n" };
                // Writing to a String can't fail.
                let _ = write!(lines, "{line_end}{key}: {}", value(it));
            }
        }
        lines
    }
}

/// The name of the column that fills a key: the key itself, where neither a program's file nor a
/// person's would take that for something else.
fn column_of(key: &str) -> Cow<'_, str> {
    let name = key.trim().to_owned();
    let means = Target::Key {
        key: key.to_owned(),
        reading: Reading::Text,
    };
    let is_plain = target(&name).is_ok_and(|target| target == means);
    match is_plain && suggested(&[name]) == [means] {
        true => Cow::Borrowed(key),
        false => Cow::Owned(format!("{OF_KEY}{key}")),
    }
}

fn text(text: Option<&String>) -> Cow<'_, str> {
    text.map_or("".into(), Into::into)
}

fn shown<'a>(it: Option<&impl ToString>) -> Cow<'a, str> {
    it.map(ToString::to_string).unwrap_or_default().into()
}

fn time<'a>(at: Option<DateTime<Utc>>) -> Cow<'a, str> {
    let said = at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    said.unwrap_or_default().into()
}

/// What stands under a key; a number or a truth value as JSON writes it.
fn value(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => text.into(),
        Value::Null => "".into(),
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_no_more_than_a_file_may_have_that_comes_in() {
        let keys = (0..MOST_KEYS).map(|key| format!("key {key}")).collect();
        let header = Columns::of(keys, MOST_KEYS + 2).header();
        assert!(header.len() <= crate::tabular::limits::COLUMNS);
        assert_eq!(
            header.last().map(String::as_str),
            Some("leadline.2 more keys, for which there are no columns")
        );
    }

    #[test]
    fn a_key_has_a_column_whatever_it_is_called() {
        for (key, column) in [
            ("city", "city"),
            ("Phone Number", "metadata.Phone Number"),
            ("name", "metadata.name"),
            ("owner", "metadata.owner"),
            ("position", "metadata.position"),
            ("metadata.x", "metadata.metadata.x"),
            ("leadline.status", "metadata.leadline.status"),
            (" city", "metadata. city"),
            ("metadata.", "metadata."),
        ] {
            assert_eq!(column_of(key), column);
            let means = Target::Key {
                key: key.to_owned(),
                reading: Reading::Text,
            };
            assert_eq!(target(column).unwrap(), means);
            assert_eq!(suggested(&[column.to_owned()]), [means]);
        }
    }

    #[test]
    fn keys_without_a_column_share_the_last() {
        let columns = Columns::of(vec!["b".into()], 3);
        let own = serde_json::json!({"a": 1, "b": "two", "c": true});
        assert_eq!(columns.others_of(own.as_object()), "a: 1\nc: true");
    }
}
