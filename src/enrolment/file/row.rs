//! What one row of a file says: a lead that can be called, or why not.

use std::borrow::Cow;

use uuid::Uuid;

use super::cells;
use super::code::Code;
use super::fixes::Fix;
use super::plan::{Field, Plan, Target};
use crate::error::FieldErrors;
use crate::fields::Catalogue;
use crate::leads::{Metadata, NewLead, OwnerRef};
use crate::tabular;
use crate::telephony::{Reach, Rules};
use crate::text;

/// What is shown of a cell that is wrong, in characters.
const SHOWN: usize = 200;

/// Why a row makes no lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The word for it in the API.
    pub code: Code,
    /// A sentence, the same for all rows with the same fault.
    pub sentence: Cow<'static, str>,
    /// The field at fault; empty when it is the row as a whole.
    pub field: Cow<'static, str>,
    /// The cell at fault, cut at 200 characters.
    pub value: String,
}

impl Fault {
    /// A fault of a field's cell.
    pub fn new(
        code: Code,
        field: impl Into<Cow<'static, str>>,
        sentence: impl Into<Cow<'static, str>>,
        value: &str,
    ) -> Self {
        Self {
            code,
            sentence: sentence.into(),
            field: field.into(),
            value: text::at_most(value.trim(), SHOWN).into_owned(),
        }
    }

    /// The first broken rule of a lead's fields; `email` is shown when it is at fault.
    pub fn of(errors: &FieldErrors, email: &str) -> Self {
        match errors.0.first() {
            None => Self::new(Code::BadRow, "", "The row is not right", ""),
            Some(error) => {
                let (code, value) = match error.field.as_ref() {
                    "email" => (Code::InvalidEmail, email),
                    _ => (Code::BadRow, ""),
                };
                let field = error.field.clone();
                let sentence = error.sentence(&field);
                Self::new(code, field, sentence, value)
            }
        }
    }
}

/// What was given of a lead, whatever gave it: the texts of its fields, and its own keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// Its number, as typed.
    pub phone_number: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Both names in one.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Company.
    pub company: String,
    /// Job title.
    pub title: String,
    /// The id of a campaign.
    pub campaign_id: String,
    /// Its id in another system.
    pub external_id: String,
    /// The e-mail of the person whose lead it is.
    pub owner: String,
    /// Tags, with commas between them.
    pub tags: String,
    /// Where it came from.
    pub source: String,
    /// Its own keys.
    pub metadata: Metadata,
}

impl Given {
    /// What a row gives, column by column, with the cells that were put right. Empty cells give
    /// nothing.
    ///
    /// # Errors
    /// The first cell that has no column, or can't be read as its column says.
    pub fn of_row(
        targets: &[Target],
        catalogue: &Catalogue,
        row: &tabular::Row,
        fix: Option<&Fix>,
    ) -> Result<Self, Fault> {
        let mut given = Self::default();
        // A cell may have been put right that the row does not even have.
        let cells = row.len().max(fix.map_or(0, |_| targets.len()));
        for at in 0..cells {
            let fixed = fix.and_then(|fix| fix.cell(at));
            let cell = fixed.unwrap_or_else(|| row.cell(at)).trim();
            if cell.is_empty() {
                continue;
            }
            match targets.get(at) {
                Some(Target::Field(field)) => *given.field_mut(*field) = cell.to_owned(),
                Some(Target::Key { key, reading }) => {
                    let read = match catalogue.get(key) {
                        Some(field) => cells::of_field(cell, field, *reading),
                        None => cells::read(cell, *reading),
                    };
                    let value = read.map_err(|why| {
                        let (field, sentence) = (format!("metadata.{key}"), format!("{key} {why}"));
                        Fault::new(Code::BadRow, field, sentence, cell)
                    })?;
                    given.metadata.insert(key.clone(), value);
                }
                Some(Target::Ignored) => {}
                Some(Target::Nameless) | None => {
                    let sentence = "The row has a cell where the header has no name";
                    return Err(Fault::new(Code::TooManyColumns, "", sentence, cell));
                }
            }
        }
        Ok(given)
    }

    /// The text of a field.
    pub fn field_mut(&mut self, field: Field) -> &mut String {
        match field {
            Field::Phone => &mut self.phone_number,
            Field::FirstName => &mut self.first_name,
            Field::LastName => &mut self.last_name,
            Field::Name => &mut self.name,
            Field::Email => &mut self.email,
            Field::Company => &mut self.company,
            Field::Title => &mut self.title,
            Field::CampaignId => &mut self.campaign_id,
            Field::ExternalId => &mut self.external_id,
            Field::Owner => &mut self.owner,
            Field::Tags => &mut self.tags,
            Field::Source => &mut self.source,
        }
    }

    /// The lead with these fields, and what the plan says of all leads. One without a name is
    /// called by its number, or by what else is known of it; `name` fills what the other two leave
    /// open.
    ///
    /// # Errors
    /// When a workflow of this reach can't have its number, the campaign's id is none, or nothing
    /// says whom the row is about.
    pub fn lead(self, plan: &Plan, by: &Terms) -> Result<Stated, Fault> {
        let phone = match self.phone_number.trim().is_empty() && !by.needs_phone {
            true => None,
            false => Some(by.rules.verdict(&self.phone_number, by.reach)),
        };
        let phone = phone.transpose().map_err(|refusal| {
            let sentence = refusal.to_string();
            Fault::new(refusal.into(), "phone_number", sentence, &self.phone_number)
        })?;
        let campaign_id = campaign_id(&self.campaign_id)?.or(plan.campaign_id);
        let names = names(&self);
        let is_named = names.is_some();
        let called = [phone.as_deref(), Some(&self.email), Some(&self.company)];
        let called = called.into_iter().flatten().find(|text| !text.is_empty());
        let (first_name, last_name) = match (names, called) {
            (Some(names), _) => names,
            (None, Some(called)) => (called.to_owned(), String::new()),
            (None, None) => {
                let sentence = "The row has no name, phone number, e-mail or company";
                return Err(Fault::new(Code::BadRow, "", sentence, ""));
            }
        };
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let tags = self.tags.split([',', ';']).map(str::to_owned);
        let lead = NewLead {
            first_name,
            last_name: some(last_name),
            email: some(self.email),
            phone,
            company: some(self.company),
            title: some(self.title),
            source: some(self.source).unwrap_or_else(|| plan.source.clone()),
            external_id: some(self.external_id),
            campaign_id,
            owner: some(self.owner).map(OwnerRef::Email),
            tags: tags.chain(plan.tags.iter().cloned()).collect(),
            metadata: self.metadata,
            ..NewLead::default()
        };
        Ok(Stated { lead, is_named })
    }
}

/// A lead as a row states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// The lead.
    pub lead: NewLead,
    /// Whether the row says a name; else it is called by something else.
    pub is_named: bool,
}

/// What numbers are judged by.
#[derive(Debug, Clone)]
pub struct Terms {
    /// What the account has set.
    pub rules: Rules,
    /// How far the workflow reaches.
    pub reach: Reach,
    /// Whether a row without a number is refused.
    pub needs_phone: bool,
}

fn campaign_id(typed: &str) -> Result<Option<Uuid>, Fault> {
    if typed.is_empty() {
        return Ok(None);
    }
    let sentence = "campaign_id is not the id of a campaign";
    let none = |_| Fault::new(Code::BadRow, "campaign_id", sentence, typed);
    Uuid::try_parse(typed).map(Some).map_err(none)
}

/// First and last name, when there is one.
fn names(given: &Given) -> Option<(String, String)> {
    let Given {
        first_name,
        last_name,
        name,
        ..
    } = given;
    if !first_name.is_empty() {
        return Some((first_name.clone(), last_name.clone()));
    }
    match name.split_once(char::is_whitespace) {
        Some((first, last)) if last_name.is_empty() => {
            Some((first.to_owned(), last.trim().to_owned()))
        }
        _ if !name.is_empty() => Some((name.clone(), last_name.clone())),
        _ if !last_name.is_empty() => Some((last_name.clone(), String::new())),
        _ => None,
    }
}
