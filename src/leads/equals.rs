//! Fields of a lead that a list asks for word for word.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Uuid as SqlUuid};

use super::filter::Filtered;
use crate::caller::Caller;
use crate::db::schema::{lead_sources, leads, teams, users};
use crate::ids::IdOrNumber;
use crate::{phone, text};

/// What stands in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Equals {
    /// The lead itself.
    Lead(IdOrNumber),
    /// Its team.
    Team(IdOrNumber),
    /// Its lead source.
    LeadSource(IdOrNumber),
    /// A text, to the letter; an e-mail in any case, a phone number in any spelling.
    Text(TextField, String),
    /// The e-mail of whoever made it, in any case.
    CreatedBy(String),
    /// An instant, to the microsecond.
    At(TimeField, DateTime<Utc>),
}

/// A field that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextField {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail.
    Email,
    /// Phone.
    Phone,
    /// Company.
    Company,
    /// Job title.
    Title,
    /// Its id in another system.
    ExternalId,
}

/// A field that holds an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeField {
    /// When somebody last reached out.
    LastContacted,
    /// When it came in.
    Created,
    /// When it last changed.
    Updated,
}

impl Equals {
    /// Those of these leads, which were put away or were not, in which the field holds this.
    pub(super) fn filter(&self, query: Filtered, caller: &Caller, archived: bool) -> Filtered {
        match self {
            Self::Lead(IdOrNumber::Id(id)) => query.filter(leads::id.eq(*id)),
            Self::Lead(IdOrNumber::Number(number)) => query.filter(leads::number.eq(*number)),
            Self::Team(IdOrNumber::Id(id)) => query.filter(leads::team_id.eq(*id)),
            Self::Team(IdOrNumber::Number(number)) => {
                let team = teams::table
                    .filter(teams::account_id.eq(caller.account.id))
                    .filter(teams::number.eq(*number))
                    .select(teams::id.nullable());
                query.filter(leads::team_id.eq(team.single_value()))
            }
            Self::LeadSource(IdOrNumber::Id(id)) => query.filter(leads::lead_source_id.eq(*id)),
            Self::LeadSource(IdOrNumber::Number(number)) => {
                let source = lead_sources::table
                    .filter(lead_sources::account_id.eq(caller.account.id))
                    .filter(lead_sources::number.eq(*number))
                    .select(lead_sources::id.nullable());
                query.filter(leads::lead_source_id.eq(source.single_value()))
            }
            Self::Text(TextField::Email, email) if !archived => of_email(query, email, caller),
            Self::Text(field, value) => of_text(query, *field, value, caller),
            Self::CreatedBy(email) => {
                let person = users::table
                    .filter(users::account_id.eq(caller.account.id))
                    .filter(users::email.eq(text::lower_email(email)))
                    .select(users::id.nullable());
                query.filter(leads::created_by_id.eq(person.single_value()))
            }
            Self::At(TimeField::LastContacted, at) => {
                query.filter(leads::last_contacted_at.eq(*at))
            }
            Self::At(TimeField::Created, at) => query.filter(leads::created_at.eq(*at)),
            Self::At(TimeField::Updated, at) => query.filter(leads::updated_at.eq(*at)),
        }
    }
}

/// Postgres does not know how rare an e-mail is: it keeps no figures of an expression for an index that
/// holds only a part of the leads, and would walk the whole list. So it is told to look in that index
/// first.
fn of_email(query: Filtered, email: &str, caller: &Caller) -> Filtered {
    let found = sql::<Bool>(
        "leads.id = ANY(ARRAY(SELECT found.id FROM leads AS found \
         WHERE found.archived_at IS NULL AND found.account_id = ",
    );
    let found = found
        .bind::<SqlUuid, _>(caller.account.id)
        .sql(" AND lower(found.email) = ")
        .bind::<Text, _>(text::lower_email(email))
        .sql("))");
    query.filter(found)
}

fn of_text(query: Filtered, field: TextField, value: &str, caller: &Caller) -> Filtered {
    let value = value.to_owned();
    match field {
        TextField::FirstName => query.filter(leads::first_name.eq(value)),
        TextField::LastName => query.filter(leads::last_name.eq(value)),
        TextField::Email => query.filter(
            sql::<Bool>("lower(leads.email) = ").bind::<Text, _>(text::lower_email(&value)),
        ),
        TextField::Phone => match phone::e164(&value, &caller.account.default_country) {
            Some(e164) => query.filter(leads::phone_e164.eq(e164)),
            None => query.filter(leads::phone.eq(value)),
        },
        TextField::Company => query.filter(leads::company.eq(value)),
        TextField::Title => query.filter(leads::title.eq(value)),
        TextField::ExternalId => query.filter(leads::external_id.eq(value)),
    }
}
