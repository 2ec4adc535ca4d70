//! What is done with a file: what each of its columns is for, and the rules for its rows.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::caller::Duplicates;
use crate::db::text_enum;
use crate::leads::Match;

text_enum! {
    /// A field of a lead that a column can fill.
    pub enum Field {
        /// Where it is called.
        Phone = "phone_number",
        /// First name.
        FirstName = "first_name",
        /// Last name.
        LastName = "last_name",
        /// Both names in one, split at the first blank.
        Name = "name",
        /// E-mail.
        Email = "email",
        /// Company.
        Company = "company",
        /// Job title.
        Title = "title",
        /// The id of a campaign.
        CampaignId = "campaign_id",
        /// Its id in another system.
        ExternalId = "external_id",
        /// The e-mail of the person whose lead it is; only when a person says so.
        Owner = "owner",
        /// Tags with commas between them; only when a person says so.
        Tags = "tags",
        /// Where it came from, in words; only when a person says so.
        Source = "source",
    }
}

text_enum! {
    /// How the cells of an own key are read.
    pub enum Reading {
        /// As they stand.
        Text = "text",
        /// As numbers.
        Number = "number",
        /// As dates, the day first: 31/12/2026, 31.12.26.
        DayFirst = "day_first",
        /// As dates, the month first: 12/31/2026.
        MonthFirst = "month_first",
        /// As dates, the year first: 2026-12-31.
        YearFirst = "year_first",
    }
}

text_enum! {
    /// What is done with a lead that the account has already.
    pub enum Existing {
        /// It is passed over.
        Skip = "skip",
        /// It is enrolled, and gets the file's own keys (contract §4).
        Enrol = "enrol",
        /// What it does not say yet is filled in.
        Fill = "fill",
        /// The file wins.
        Update = "update",
    }
}

text_enum! {
    /// By what a lead is found again.
    pub enum MatchBy {
        /// Its number in E.164.
        Phone = "phone",
        /// Its e-mail in any case.
        Email = "email",
        /// Its id in another system.
        ExternalId = "external_id",
    }
}

/// What a column is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// It fills a field.
    Field(Field),
    /// It becomes metadata.
    Key {
        /// Under this key.
        key: String,
        /// Read as this.
        reading: Reading,
    },
    /// It is passed over.
    Ignored,
    /// It has no name, so nothing may stand in it.
    Nameless,
}

/// Whose the new leads are whose row names nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owners {
    /// Those whose turn it is.
    #[default]
    Rotation,
    /// Nobody's.
    Nobody,
    /// One person's.
    Person(Uuid),
    /// These people's in turn.
    InTurn(Vec<Uuid>),
}

/// What is done with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What each column is for.
    pub columns: Vec<Target>,
    /// The country of numbers without a plus, in ISO 3166-1 alpha-2; the account's without one.
    pub country: Option<String>,
    /// Whether a row without a number is refused, also where nobody is to be called.
    pub needs_phone: bool,
    /// Where the leads go.
    pub workflow_id: Option<Uuid>,
    /// By what a lead is found again; without any, each row is a new lead.
    pub match_by: Vec<MatchBy>,
    /// What is done with a lead that is there.
    pub existing: Existing,
    /// Whose the new leads are.
    pub owners: Owners,
    /// The campaign of leads whose row names none.
    pub campaign_id: Option<Uuid>,
    /// Where new leads come from whose row does not say it.
    pub source: String,
    /// Tags for all of them.
    pub tags: Vec<String>,
    /// How many of them begin in the workflow on one working day, at most.
    pub starts_a_day: Option<u32>,
}

/// Where the leads of files come from.
pub const SOURCE: &str = "import";

impl Plan {
    /// What contract §4 does: leads are found again by their number, enrolled, and get the file's
    /// own keys; unless the account would have them passed over, or come in again.
    pub fn of_contract(columns: Vec<Target>, workflow_id: Uuid, duplicates: Duplicates) -> Self {
        Self {
            columns,
            country: None,
            needs_phone: true,
            workflow_id: Some(workflow_id),
            match_by: match duplicates {
                Duplicates::Allow => Vec::new(),
                Duplicates::Reuse | Duplicates::Refuse => vec![MatchBy::Phone],
            },
            existing: match duplicates {
                Duplicates::Allow | Duplicates::Reuse => Existing::Enrol,
                Duplicates::Refuse => Existing::Skip,
            },
            owners: Owners::Rotation,
            campaign_id: None,
            source: SOURCE.to_owned(),
            tags: Vec::new(),
            starts_a_day: None,
        }
    }

    /// By what leads are found again.
    pub fn matches(&self) -> Match {
        let by = |by| self.match_by.contains(&by);
        Match {
            phone: by(MatchBy::Phone),
            email: by(MatchBy::Email),
            external_id: by(MatchBy::ExternalId),
        }
    }

    /// The column that fills a field.
    pub fn column_of(&self, field: Field) -> Option<usize> {
        let wanted = Target::Field(field);
        self.columns.iter().position(|target| *target == wanted)
    }
}
