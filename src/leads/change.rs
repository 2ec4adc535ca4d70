//! Changing a lead's fields.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::differences::{differences, entries};
use super::give::hand_over_tasks;
use super::input::{NewLead, OwnerRef};
use super::lead::Lead;
use super::metadata::{self, Metadata};
use super::named::Known;
use super::view::{LeadView, load};
use super::{rules, tags};
use crate::audit;
use crate::caller::{Caller, Permission};
use crate::db::schema::leads;
use crate::error::{Error, FieldErrors, Noun, Problem, Result};
use crate::patch::Patch;
use crate::{phone, text};

/// Changes to a lead; a field that is kept is not touched.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeadChanges {
    /// First name; can't be emptied.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Patch<String>,
    /// E-mail.
    pub email: Patch<String>,
    /// Phone.
    pub phone: Patch<String>,
    /// Company.
    pub company: Patch<String>,
    /// Job title.
    pub title: Patch<String>,
    /// Source; can't be emptied.
    pub source: Option<String>,
    /// Its id in another system.
    pub external_id: Patch<String>,
    /// Campaign.
    pub campaign_id: Patch<Uuid>,
    /// Owner.
    pub owner: Patch<OwnerRef>,
    /// Team.
    pub team_id: Patch<Uuid>,
    /// Lead source.
    pub lead_source_id: Patch<Uuid>,
    /// All its tags, in place of those it has.
    pub tags: Option<Vec<String>>,
    /// Keys to set, and to remove where the value is null.
    pub metadata: Metadata,
}

#[derive(AsChangeset)]
#[diesel(table_name = leads, treat_none_as_null = true)]
struct Row<'a> {
    first_name: &'a str,
    last_name: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    phone_e164: Option<&'a str>,
    company: Option<&'a str>,
    title: Option<&'a str>,
    source: &'a str,
    external_id: Option<&'a str>,
    campaign_id: Option<Uuid>,
    owner_id: Option<Uuid>,
    team_id: Option<Uuid>,
    lead_source_id: Option<Uuid>,
    tags: &'a [String],
    metadata: &'a Value,
    search_text: String,
    sort_name: String,
    revision: i32,
    updated_at: chrono::DateTime<chrono::Utc>,
}

/// Changes a lead. With `revision`, only while the lead is still at that revision. Changes that
/// change nothing write nothing.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; [`Error::Conflict`] when the
/// lead has changed since `revision`.
pub fn update(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    changes: LeadChanges,
    revision: Option<i32>,
) -> Result<LeadView> {
    caller.require(Permission::WriteLeads)?;
    let changes = cleaned(changes);
    conn.transaction(|conn| {
        let before = hold(conn, caller, id)?;
        let owner_id = check(conn, caller, &before, &changes)?;
        if revision.is_some_and(|revision| revision != before.revision) {
            return Err(Error::Conflict(
                "The lead was changed in the meantime".into(),
            ));
        }
        let after = changed(&before, &changes, owner_id, caller)?;
        let facts = differences(&before, &after);
        if !facts.is_empty() {
            diesel::update(leads::table.find((caller.account.id, id)))
                .set(row(&after, caller))
                .execute(conn)?;
            if before.owner_id != after.owner_id {
                hand_over_tasks(conn, caller, &[id])?;
            }
            audit::write(conn, caller, &entries(id, facts))?;
        }
        load(conn, caller, id)
    })
}

/// The lead, held against other changes until the transaction ends. Whoever moves its run holds it
/// too.
///
/// # Errors
/// [`Error::NotFound`] when the account has no such lead.
pub fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Lead> {
    leads::table
        .find((caller.account.id, id))
        .select(Lead::as_select())
        .for_no_key_update()
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Lead))
}

fn cleaned(changes: LeadChanges) -> LeadChanges {
    let clean = |patch| match patch {
        Patch::Set(value) => text::clean(Some(value)).map_or(Patch::Clear, Patch::Set),
        kept => kept,
    };
    LeadChanges {
        first_name: changes.first_name.map(|name| name.trim().to_owned()),
        last_name: clean(changes.last_name),
        email: clean(changes.email),
        phone: match changes.phone {
            Patch::Set(phone) if phone.trim().is_empty() => Patch::Clear,
            phone => phone,
        },
        company: clean(changes.company),
        title: clean(changes.title),
        source: changes.source.map(|source| source.trim().to_owned()),
        external_id: clean(changes.external_id),
        tags: changes.tags.map(tags::cleaned),
        ..changes
    }
}

/// The owner's id, when another is set.
fn check(
    conn: &mut PgConnection,
    caller: &Caller,
    before: &Lead,
    changes: &LeadChanges,
) -> Result<Option<Uuid>> {
    let mut errors = FieldErrors::default();
    let (first_name, source) = (changes.first_name.as_deref(), changes.source.as_deref());
    if first_name == Some("") {
        errors.push("first_name", Problem::Required);
    }
    if source == Some("") {
        errors.push("source", Problem::Required);
    }
    let given = |patch: &'_ Patch<String>| -> Option<String> { patch.given().cloned() };
    let [last_name, email, phone, company, title, external_id] = [
        given(&changes.last_name),
        given(&changes.email),
        given(&changes.phone),
        given(&changes.company),
        given(&changes.title),
        given(&changes.external_id),
    ];
    let texts = [
        ("first_name", first_name),
        ("last_name", last_name.as_deref()),
        ("email", email.as_deref()),
        ("phone", phone.as_deref()),
        ("company", company.as_deref()),
        ("title", title.as_deref()),
        ("source", source),
        ("external_id", external_id.as_deref()),
    ];
    rules::check(texts, &mut errors);
    let named = NewLead {
        campaign_id: changes.campaign_id.given().copied(),
        owner: changes.owner.given().cloned(),
        ..placed(before, changes)
    };
    let known = Known::load(conn, caller.account.id, [&named])?;
    let owner_id = known.check_changed(&named, Some(before), &mut errors);
    tags::check(changes.tags.as_deref().unwrap_or_default(), &mut errors);
    metadata::check(&changes.metadata, true, &mut errors);
    errors.or(owner_id)
}

/// The team and the lead source it will have, which have to suit each other, when one of them is
/// another than before.
fn placed(before: &Lead, changes: &LeadChanges) -> NewLead {
    let (team_id, lead_source_id) = (
        pick(&changes.team_id, &before.team_id),
        pick(&changes.lead_source_id, &before.lead_source_id),
    );
    if (team_id, lead_source_id) == (before.team_id, before.lead_source_id) {
        return NewLead::default();
    }
    NewLead {
        team_id,
        lead_source_id,
        ..NewLead::default()
    }
}

fn pick<T: Clone>(patch: &Patch<T>, before: &Option<T>) -> Option<T> {
    patch
        .change()
        .map_or_else(|| before.clone(), |value| value.cloned())
}

fn changed(
    before: &Lead,
    changes: &LeadChanges,
    owner_id: Option<Uuid>,
    caller: &Caller,
) -> Result<Lead> {
    let mut after = Lead {
        first_name: changes
            .first_name
            .clone()
            .unwrap_or_else(|| before.first_name.clone()),
        last_name: pick(&changes.last_name, &before.last_name),
        email: pick(&changes.email, &before.email),
        phone: pick(&changes.phone, &before.phone),
        company: pick(&changes.company, &before.company),
        title: pick(&changes.title, &before.title),
        source: changes
            .source
            .clone()
            .unwrap_or_else(|| before.source.clone()),
        external_id: pick(&changes.external_id, &before.external_id),
        campaign_id: pick(&changes.campaign_id, &before.campaign_id),
        owner_id: changes.owner.change().map_or(before.owner_id, |_| owner_id),
        team_id: pick(&changes.team_id, &before.team_id),
        lead_source_id: pick(&changes.lead_source_id, &before.lead_source_id),
        tags: changes.tags.clone().unwrap_or_else(|| before.tags.clone()),
        metadata: Value::Object(metadata::merge(&before.metadata_map(), &changes.metadata)),
        revision: before.revision + 1,
        updated_at: caller.now,
        ..before.clone()
    };
    if after.phone != before.phone {
        after.phone_e164 = after
            .phone
            .as_deref()
            .and_then(|phone| phone::e164(phone, &caller.account.default_country));
    }
    let mut errors = FieldErrors::default();
    metadata::check(&after.metadata_map(), false, &mut errors);
    errors.or(after)
}

fn row<'a>(after: &'a Lead, caller: &Caller) -> Row<'a> {
    let last_name = after.last_name.as_deref();
    let (email, phone) = (after.email.as_deref(), after.phone.as_deref());
    let words = [
        Some(after.first_name.as_str()),
        last_name,
        email,
        after.company.as_deref(),
        phone,
    ];
    Row {
        first_name: &after.first_name,
        last_name,
        email,
        phone,
        phone_e164: after.phone_e164.as_deref(),
        company: after.company.as_deref(),
        title: after.title.as_deref(),
        source: &after.source,
        external_id: after.external_id.as_deref(),
        campaign_id: after.campaign_id,
        owner_id: after.owner_id,
        team_id: after.team_id,
        lead_source_id: after.lead_source_id,
        tags: &after.tags,
        metadata: &after.metadata,
        search_text: rules::search_text(words, after.phone_e164.as_deref()),
        sort_name: rules::sort_name(&after.first_name, last_name),
        revision: after.revision,
        updated_at: caller.now,
    }
}
