//! What one row of a file says: a lead that can be called, or why not.

use std::borrow::Cow;

use uuid::Uuid;

use super::code::Code;
use super::columns::{Columns, Field, Target};
use crate::error::FieldErrors;
use crate::leads::{Metadata, NewLead};
use crate::tabular;
use crate::telephony::{Reach, Rules};
use crate::text;

/// Where the leads of files come from.
const SOURCE: &str = "import";
/// What is shown of a cell that is wrong, in characters.
const SHOWN: usize = 200;

/// Why a row makes no lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The word for it in the API.
    pub code: Code,
    /// A sentence, the same for all rows with the same fault.
    pub sentence: Cow<'static, str>,
    /// The cell at fault, cut at 200 characters.
    pub value: String,
}

impl Fault {
    /// A fault of a cell.
    pub fn new(code: Code, sentence: impl Into<Cow<'static, str>>, value: &str) -> Self {
        Self {
            code,
            sentence: sentence.into(),
            value: text::at_most(value.trim(), SHOWN).into_owned(),
        }
    }

    /// The first broken rule of a lead's fields; `email` is shown when it is at fault.
    pub fn of(errors: &FieldErrors, email: &str) -> Self {
        match errors.0.first() {
            None => Self::new(Code::BadRow, "The row is not right", ""),
            Some(error) if error.field == "email" => {
                Self::new(Code::InvalidEmail, error.sentence("email"), email)
            }
            Some(error) => Self::new(Code::BadRow, error.sentence(&error.field), ""),
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
    /// Its own keys.
    pub metadata: Metadata,
}

impl Given {
    /// What a row gives, column by column. Empty cells give nothing.
    ///
    /// # Errors
    /// The first cell that has no column.
    pub fn of_row(columns: &Columns, row: &tabular::Row) -> Result<Self, Fault> {
        let mut given = Self::default();
        for at in 0..row.len() {
            let cell = row.cell(at).trim();
            if cell.is_empty() {
                continue;
            }
            match columns.target(at) {
                Some(Target::Field(field)) => *given.field_mut(*field) = cell.to_owned(),
                Some(Target::Key(key)) => {
                    given.metadata.insert(key.clone(), cell.into());
                }
                Some(Target::Nameless) | None => {
                    let sentence = "The row has a cell where the header has no name";
                    return Err(Fault::new(Code::TooManyColumns, sentence, cell));
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
        }
    }

    /// The lead with this number and these fields. One without a name is called by its number;
    /// `name` fills what the other two leave open.
    ///
    /// # Errors
    /// When a workflow of this reach can't have its number, or the campaign's id is none.
    pub fn lead(self, rules: &Rules, reach: Reach) -> Result<NewLead, Fault> {
        let verdict = rules.verdict(&self.phone_number, reach);
        let phone = verdict.map_err(|refusal| {
            Fault::new(refusal.into(), refusal.to_string(), &self.phone_number)
        })?;
        let campaign_id = campaign_id(&self.campaign_id)?;
        let (first_name, last_name) = names(&self, &phone);
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Ok(NewLead {
            first_name,
            last_name: some(last_name),
            email: some(self.email),
            phone: Some(phone),
            company: some(self.company),
            title: some(self.title),
            source: SOURCE.to_owned(),
            external_id: some(self.external_id),
            campaign_id,
            metadata: self.metadata,
            ..NewLead::default()
        })
    }
}

fn campaign_id(typed: &str) -> Result<Option<Uuid>, Fault> {
    if typed.is_empty() {
        return Ok(None);
    }
    let sentence = "campaign_id is not the id of a campaign";
    let none = |_| Fault::new(Code::BadRow, sentence, typed);
    Uuid::try_parse(typed).map(Some).map_err(none)
}

fn names(given: &Given, phone: &str) -> (String, String) {
    let Given {
        first_name,
        last_name,
        name,
        ..
    } = given;
    if !first_name.is_empty() {
        return (first_name.clone(), last_name.clone());
    }
    match name.split_once(char::is_whitespace) {
        Some((first, last)) if last_name.is_empty() => (first.to_owned(), last.trim().to_owned()),
        _ if !name.is_empty() => (name.clone(), last_name.clone()),
        _ if !last_name.is_empty() => (last_name.clone(), String::new()),
        _ => (phone.to_owned(), String::new()),
    }
}
