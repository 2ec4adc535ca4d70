//! New leads: what can be given, and what it must look like.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use serde_json::{Value, json};
use uuid::Uuid;

use super::lead::full_name;
use super::metadata::{self, Metadata};
use super::named::Known;
use super::{rules, tags};
use crate::caller::Caller;
use crate::error::{FieldErrors, Problem, Result};
use crate::fields::{self, Catalogue};
use crate::{ids, text};

/// A lead to be, as an entrance takes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewLead {
    /// Required, at most 200 characters, as all texts but the phone, which has 64.
    pub first_name: String,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Phone, kept as given.
    pub phone: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Where it came from, in words; the entrance knows its default.
    pub source: String,
    /// Its id in another system.
    pub external_id: Option<String>,
    /// A campaign of the account.
    pub campaign_id: Option<Uuid>,
    /// A person of the account who is not deactivated; without a word, whoever's turn it is.
    pub owner: Option<OwnerRef>,
    /// A team of the account.
    pub team_id: Option<Uuid>,
    /// A lead source of the account.
    pub lead_source_id: Option<Uuid>,
    /// At most 50, of at most 60 characters.
    pub tags: Vec<String>,
    /// Its own keys.
    pub metadata: Metadata,
    /// The person it is said to be made by; without it whoever acts.
    pub created_by: Option<OwnerRef>,
    /// When somebody last reached out, as far as the entrance knows.
    pub last_contacted_at: Option<DateTime<Utc>>,
    /// Whether it is put away from the first.
    pub archived: bool,
}

impl NewLead {
    /// First and last name.
    pub fn name(&self) -> String {
        full_name(&self.first_name, self.last_name.as_deref())
    }
}

/// A person by id or by e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerRef {
    /// By id.
    Id(Uuid),
    /// By e-mail, in any case.
    Email(String),
    /// Nobody, and no rotation is asked.
    Nobody,
}

/// Where a new lead stands from its first moment, when it is enrolled at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The workflow.
    pub workflow_id: Uuid,
    /// Its status there.
    pub status_key: String,
    /// When its first step is due, once the workflow runs.
    pub next_action_at: Option<DateTime<Utc>>,
}

/// A new lead that breaks no rule: what it names is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// Its id, known before it is written.
    pub id: Uuid,
    /// What was given, cleaned.
    pub lead: NewLead,
    /// The owner's id.
    pub owner_id: Option<Uuid>,
    /// The id of whoever made it.
    pub created_by_id: Option<Uuid>,
    /// Where it stands; set by the enrolment.
    pub placement: Option<Placement>,
}

/// Checks new leads and what they name, in at most two queries for all of them, inside the
/// transaction that writes them. Each stands alone:
/// a broken one is an [`crate::error::Error::Invalid`] in its place.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn resolve(
    conn: &mut PgConnection,
    caller: &Caller,
    new: Vec<NewLead>,
) -> Result<Vec<Result<Resolved>>> {
    let metadata = new.iter().map(|lead| &lead.metadata);
    let catalogue = catalogue_for(conn, caller, metadata)?;
    resolve_by(conn, caller, &catalogue, new)
}

/// The same by a catalogue that is known, as it is where many leads come batch by batch.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_by(
    conn: &mut PgConnection,
    caller: &Caller,
    catalogue: &Catalogue,
    new: Vec<NewLead>,
) -> Result<Vec<Result<Resolved>>> {
    let new: Vec<NewLead> = new.into_iter().map(cleaned).collect();
    let known = Known::load(conn, caller.account.id, &new)?;
    let ids = ids::several(caller.now, new.len());
    Ok(new
        .into_iter()
        .zip(ids)
        .map(|(lead, id)| {
            let mut errors = check(&lead, catalogue);
            let owner_id = known.check(&lead, &mut errors);
            let named = known.person(lead.created_by.as_ref());
            errors.or(Resolved {
                id,
                lead,
                owner_id,
                created_by_id: named.or_else(|| caller.person_id()),
                placement: None,
            })
        })
        .collect())
}

impl Resolved {
    /// What the audit keeps of a new lead: every field that says something.
    pub fn facts(&self) -> Value {
        let lead = &self.lead;
        let mut facts = json!({
            "first_name": lead.first_name, "last_name": lead.last_name, "email": lead.email,
            "phone": lead.phone, "company": lead.company, "title": lead.title,
            "source": lead.source, "external_id": lead.external_id,
            "campaign_id": lead.campaign_id, "owner_id": self.owner_id, "team_id": lead.team_id,
            "lead_source_id": lead.lead_source_id,
            "last_contacted_at": lead.last_contacted_at,
            // Who acts stands beside the facts; who is named instead of them stands here.
            "created_by_id": self.created_by_id.filter(|_| lead.created_by.is_some()),
            "archived": lead.archived.then_some(true),
        });
        if let Value::Object(facts) = &mut facts {
            facts.retain(|_, value| !value.is_null());
            if !lead.tags.is_empty() {
                facts.insert("tags".into(), json!(lead.tags));
            }
            if !lead.metadata.is_empty() {
                facts.insert("metadata".into(), Value::Object(lead.metadata.clone()));
            }
        }
        json!({ "lead": facts })
    }
}

/// Notes what is wrong with what many leads share: where they come from, and their tags.
pub fn check_shared(source: &str, tags: &[String], errors: &mut FieldErrors) {
    let none = || ("last_name", None);
    let source = ("source", Some(source));
    rules::check(
        [
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            source,
        ],
        errors,
    );
    tags::check(tags, errors);
}

fn cleaned(lead: NewLead) -> NewLead {
    NewLead {
        first_name: text::clean(Some(lead.first_name)).unwrap_or_default(),
        last_name: text::clean(lead.last_name),
        email: text::clean(lead.email),
        // A phone comes back as it was sent, blanks around it too.
        phone: lead.phone.filter(|phone| !phone.trim().is_empty()),
        company: text::clean(lead.company),
        title: text::clean(lead.title),
        source: text::clean(Some(lead.source)).unwrap_or_default(),
        external_id: text::clean(lead.external_id),
        tags: tags::cleaned(lead.tags),
        ..lead
    }
}

fn check(lead: &NewLead, catalogue: &Catalogue) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if lead.first_name.is_empty() {
        errors.push("first_name", Problem::Required);
    }
    let texts = [
        ("first_name", Some(lead.first_name.as_str())),
        ("last_name", lead.last_name.as_deref()),
        ("email", lead.email.as_deref()),
        ("phone", lead.phone.as_deref()),
        ("company", lead.company.as_deref()),
        ("title", lead.title.as_deref()),
        ("source", Some(lead.source.as_str())),
        ("external_id", lead.external_id.as_deref()),
    ];
    rules::check(texts, &mut errors);
    if lead.source.is_empty() {
        errors.push("source", Problem::Required);
    }
    tags::check(&lead.tags, &mut errors);
    metadata::check(&lead.metadata, false, &mut errors);
    catalogue.check(&lead.metadata, &mut errors);
    errors
}

/// The catalogue by which these are judged; the empty one, without a query, when nothing is said.
pub(super) fn catalogue_for<'a>(
    conn: &mut PgConnection,
    caller: &Caller,
    said: impl IntoIterator<Item = &'a Metadata>,
) -> Result<Catalogue> {
    match said.into_iter().all(Metadata::is_empty) {
        true => Ok(Catalogue::default()),
        false => fields::catalogue(conn, caller.account.id),
    }
}
