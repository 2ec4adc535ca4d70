//! The fields of a lead's form as its pages show them: what was typed, what is wrong with it, and
//! what can be chosen.

use std::collections::BTreeMap;

use super::assignment::NOBODY;
use super::labels::label;
use super::rows::Row;
use super::sheet::Sheet;
use super::{Choice, Form, Problems};
use crate::caller::{Account, Caller};
use crate::db::PgConnection;
use crate::error::{FieldErrors, Problem, Result};
use crate::fields::{Catalogue, catalogue};
use crate::leads::{self, LeadView, Options};
use crate::rotations;
use crate::web::places;

/// The fields of a lead's form.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// What was typed.
    pub form: Form,
    /// The rows of the lead's own keys.
    pub rows: Vec<Row>,
    /// What is wrong.
    pub problems: Problems,
    /// What can be chosen.
    pub offer: Offer,
    /// What others have changed in the meantime, by field.
    pub now: BTreeMap<String, String>,
}

/// What can be chosen.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    options: Options,
    /// Sources that other leads carry.
    pub sources: Vec<String>,
    /// The name of the account's country.
    pub country: String,
    /// The fields of the catalogue.
    pub catalogue: Catalogue,
    /// Whether leads nobody is named for go to whoever's turn it is; asked for new ones alone.
    has_rotation: bool,
    /// What an id is called that is not on offer any more but chosen: the lead's own.
    present: Vec<(String, String)>,
}

impl Offer {
    /// What can be chosen for a new lead, or for one that is there.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub fn load(conn: &mut PgConnection, caller: &Caller, view: Option<&LeadView>) -> Result<Self> {
        let options = leads::options(conn, caller)?;
        let sources = leads::facets(conn, caller)?.sources;
        let present = view.map(|view| {
            let owner = view.owner.iter();
            let owner = owner.map(|owner| (owner.id.to_string(), owner.name.clone()));
            let campaign = view.campaign.iter();
            let campaign = campaign.map(|one| (one.id.to_string(), one.name.clone()));
            let places = [&view.team, &view.lead_source].into_iter().flatten();
            let places = places.map(|one| (one.id.to_string(), one.name.clone()));
            owner.chain(campaign).chain(places).collect()
        });
        let has_rotation = view.is_none() && !rotations::at_work(conn, caller)?.is_empty();
        Ok(Self {
            options,
            has_rotation,
            catalogue: catalogue(conn, caller.account.id)?,
            sources: sources.into_iter().map(|one| one.label).collect(),
            country: country(&caller.account),
            present: present.unwrap_or_default(),
        })
    }

    /// What an id is called.
    pub fn called(&self, id: &str) -> String {
        let options = &self.options;
        let lists = [
            &options.owners,
            &options.campaigns,
            &options.teams,
            &options.lead_sources,
            &options.workflows,
        ];
        let offered = lists.into_iter().flatten().find(|one| one.value == id);
        let present = self.present.iter().find(|(value, _)| value == id);
        match (offered, present) {
            (Some(one), _) => one.label.clone(),
            (None, Some((_, name))) => name.clone(),
            (None, None) => "not here any more".to_owned(),
        }
    }

    fn choose(&self, none: &str, from: &[leads::Choice], current: &str) -> Vec<Choice> {
        let mut all = vec![Choice::new("", none, current)];
        let offered = from.iter();
        all.extend(offered.map(|one| Choice::new(one.value.clone(), one.label.clone(), current)));
        if !all.iter().any(|one| one.chosen) {
            all.push(Choice::new(current, self.called(current), current));
        }
        all
    }
}

fn country(account: &Account) -> String {
    let code = &account.default_country;
    let countries = places::countries(code);
    let named = countries.into_iter().find(|one| one.chosen);
    named.map_or_else(|| code.clone(), |one| one.label)
}

impl Fields {
    /// What stands in a field.
    pub fn get(&self, name: &str) -> &str {
        self.form.get(name)
    }

    /// What is wrong with a field; empty when nothing is.
    pub fn problem(&self, name: &str) -> &str {
        self.problems.of(name)
    }

    /// What is wrong with the row at a place.
    pub fn row_problem(&self, at: &usize) -> &str {
        self.problems.of(&row_field(*at))
    }

    /// What stands in a field since others have changed it, as people read it.
    pub fn theirs(&self, name: &str) -> Option<&str> {
        self.now.get(name).map(String::as_str)
    }

    /// The same for a key.
    pub fn their_key(&self, key: &str) -> Option<&str> {
        self.theirs(&format!("metadata.{}", key.trim()))
    }

    /// What was typed into a field or key, as people read it.
    pub fn typed(&self, name: &str) -> String {
        if let Some(key) = name.strip_prefix("metadata.") {
            let row = self.row_of(key);
            return row.map(|(_, row)| row.value.clone()).unwrap_or_default();
        }
        match self.get(name) {
            id if is_id(name) && !id.is_empty() => self.offer.called(id),
            text => text.to_owned(),
        }
    }

    /// A row to type into.
    pub fn blank_row(&self) -> Row {
        Row::default()
    }

    /// Owners to choose from.
    pub fn owners(&self) -> Vec<Choice> {
        let owners = &self.offer.options.owners;
        let current = self.get("owner");
        if !self.offer.has_rotation {
            return self.offer.choose("Nobody yet", owners, current);
        }
        let mut all = vec![
            Choice::new("", "Whoever’s turn it is", current),
            Choice::new(NOBODY, "Nobody yet", current),
        ];
        let people = match current {
            NOBODY => self.offer.choose("", owners, ""),
            current => self.offer.choose("", owners, current),
        };
        all.extend(people.into_iter().skip(1));
        all
    }

    /// Campaigns to choose from.
    pub fn campaigns(&self) -> Vec<Choice> {
        let options = &self.offer.options;
        self.offer
            .choose("None", &options.campaigns, self.get("campaign_id"))
    }

    /// Teams to choose from; none when the account has none.
    pub fn teams(&self) -> Vec<Choice> {
        let teams = &self.offer.options.teams;
        self.some(self.offer.choose("None", teams, self.get("team_id")))
    }

    /// Lead sources to choose from; none when the account has none.
    pub fn lead_sources(&self) -> Vec<Choice> {
        let sources = &self.offer.options.lead_sources;
        self.some(
            self.offer
                .choose("None", sources, self.get("lead_source_id")),
        )
    }

    /// Workflows to choose from; none when the account has none.
    pub fn workflows(&self) -> Vec<Choice> {
        let workflows = &self.offer.options.workflows;
        self.some(
            self.offer
                .choose("None", workflows, self.get("workflow_id")),
        )
    }

    fn some(&self, choices: Vec<Choice>) -> Vec<Choice> {
        if choices.len() > 1 {
            choices
        } else {
            Vec::new()
        }
    }

    /// Puts a lead's fields into the form.
    pub fn fill(&mut self, sheet: &Sheet, catalogue: &Catalogue) {
        let fields = sheet.fields.iter();
        let values: Vec<(&str, &str)> = fields.map(|(name, text)| (*name, text.as_str())).collect();
        self.form = Form::filled_with(&values);
        self.rows = super::rows::of(&sheet.metadata, catalogue);
    }
}

/// Whether a field names something by its id.
pub fn is_id(name: &str) -> bool {
    matches!(name, "owner" | "team_id" | "campaign_id" | "lead_source_id")
}

/// The name of a row's value for its sentence; its input has the id `f-` and this.
pub fn row_field(at: usize) -> String {
    format!("key-{at}")
}

/// The sentences for broken rows.
pub fn row_problems(errors: &[(usize, String)]) -> Problems {
    let sentences = errors.iter();
    Problems::many(sentences.map(|(at, sentence)| (row_field(*at), sentence.clone())))
}

/// The sentences for what a room refused. Those about a key are told at its row.
pub fn problems(errors: &FieldErrors, rows: &[Row]) -> Problems {
    Problems::many(errors.0.iter().map(|error| {
        let key = error.field.strip_prefix("metadata.");
        let row = key.and_then(|key| rows.iter().position(|row| row.key.trim().starts_with(key)));
        match (key, row) {
            (Some(key), Some(at)) => (row_field(at), error.sentence(key)),
            (Some(key), None) => ("metadata".to_owned(), error.sentence(key)),
            (None, _) if lone_message(&error.field, &error.problem) => (
                error.field.to_string(),
                "A first message needs a workflow to be sent in".to_owned(),
            ),
            (None, _) => (error.field.to_string(), error.sentence(label(&error.field))),
        }
    }))
}

fn lone_message(field: &str, problem: &Problem) -> bool {
    field == "force_first_message" && matches!(problem, Problem::Said(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_key_is_told_at_its_row_and_a_field_by_its_label() {
        let mut errors = FieldErrors::default();
        errors.push("first_name", Problem::Required);
        errors.push("metadata.edad", Problem::TooLong(10));
        errors.push("force_first_message", Problem::Said("x".into()));
        let rows = [
            Row::default(),
            Row {
                key: "edad".into(),
                ..Row::default()
            },
        ];
        let problems = problems(&errors, &rows);
        assert_eq!(problems.of("first_name"), "First name is required");
        assert_eq!(
            problems.of("key-1"),
            "edad must be at most 10 characters long"
        );
        let said = problems.of("force_first_message");
        assert_eq!(said, "A first message needs a workflow to be sent in");
    }

    #[test]
    fn somebody_who_has_left_stays_chosen_under_their_name() {
        let offer = Offer {
            present: vec![("7".into(), "Ana Rojas".into())],
            ..Offer::default()
        };
        let all = offer.choose("Nobody yet", &[], "7");
        let chosen = all.iter().find(|one| one.chosen).unwrap();
        assert_eq!(chosen.label, "Ana Rojas");
    }
}
