//! Changing a lead's fields.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::differences::{differences, entries};
use super::give::hand_over_tasks;
use super::input::{NewLead, OwnerRef, catalogue_for};
use super::lead::Lead;
use super::metadata::{self, Metadata};
use super::named::Known;
use super::updated_row::row;
use super::view::{LeadView, load};
use super::{keep, rules, tags};
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
    /// The person it is said to be made by.
    pub created_by: Patch<OwnerRef>,
    /// When somebody last reached out.
    pub last_contacted_at: Patch<DateTime<Utc>>,
    /// Whether it is put away.
    pub archived: Option<bool>,
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
        let people = check(conn, caller, &before, &changes)?;
        if revision.is_some_and(|revision| revision != before.revision) {
            return Err(Error::Conflict(
                "The lead was changed in the meantime".into(),
            ));
        }
        let after = changed(&before, &changes, people, caller)?;
        let facts = differences(&before, &after);
        let moved = before.archived_at.is_some() != after.archived_at.is_some();
        if !facts.is_empty() || moved {
            diesel::update(leads::table.find((caller.account.id, id)))
                .set(row(&after, caller))
                .execute(conn)?;
            if before.owner_id != after.owner_id {
                hand_over_tasks(conn, caller, &[id])?;
            }
            let mut told = entries(id, facts);
            if moved {
                told.push(keep::put_away(conn, caller, &after)?);
            }
            audit::write(conn, caller, &told)?;
        }
        load(conn, caller, id)
    })
}

/// The lead, held against other changes until the transaction ends. Whoever moves its run holds it
/// too.
///
/// # Errors
/// [`Error::NotFound`] when the account has no such lead, or the caller does not see it.
pub fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Lead> {
    let held: Option<Lead> = leads::table
        .find((caller.account.id, id))
        .select(Lead::as_select())
        .for_no_key_update()
        .first(conn)
        .optional()?;
    held.filter(|lead| caller.sees.lead(lead.owner_id, lead.team_id))
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

/// The people that changes name.
struct People {
    owner_id: Option<Uuid>,
    created_by_id: Option<Uuid>,
}

/// Who is named, when everything that is named is there.
fn check(
    conn: &mut PgConnection,
    caller: &Caller,
    before: &Lead,
    changes: &LeadChanges,
) -> Result<People> {
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
        created_by: changes.created_by.given().cloned(),
        ..placed(before, changes)
    };
    let known = Known::load(conn, caller.account.id, [&named])?;
    let owner_id = known.check_changed(&named, Some(before), &mut errors);
    tags::check(changes.tags.as_deref().unwrap_or_default(), &mut errors);
    metadata::check(&changes.metadata, true, &mut errors);
    check_fields(conn, caller, before, &changes.metadata, &mut errors)?;
    errors.or(People {
        owner_id,
        created_by_id: known.person(named.created_by.as_ref()),
    })
}

/// Notes what is not as the catalogue says. What stands there already is no news, and may stay.
fn check_fields(
    conn: &mut PgConnection,
    caller: &Caller,
    before: &Lead,
    said: &Metadata,
    errors: &mut FieldErrors,
) -> Result<()> {
    let mut news = said.clone();
    let present = before.metadata_map();
    news.retain(|key, value| present.get(key) != Some(value));
    catalogue_for(conn, caller, [&news])?.check(&news, errors);
    Ok(())
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

fn changed(before: &Lead, changes: &LeadChanges, people: People, caller: &Caller) -> Result<Lead> {
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
        owner_id: match changes.owner {
            Patch::Keep => before.owner_id,
            _ => people.owner_id,
        },
        created_by_id: match changes.created_by {
            Patch::Keep => before.created_by_id,
            _ => people.created_by_id,
        },
        last_contacted_at: pick(&changes.last_contacted_at, &before.last_contacted_at),
        archived_at: match changes.archived {
            Some(false) => None,
            Some(true) => before.archived_at.or(Some(caller.now)),
            None => before.archived_at,
        },
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
