//! Making, changing and deleting campaigns.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;
use validator::Validate;

use super::campaign::{Campaign, load};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::{campaigns, leads};
use crate::error::{FieldErrors, Result};
use crate::{ids, text};

/// What can be said of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub struct CampaignInput {
    /// Its name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200), custom(function = "text::check_nul"))]
    pub name: String,
    /// What it is about, at most 2,000 characters.
    #[validate(length(max = 2000), custom(function = "text::check_nul"))]
    pub description: Option<String>,
}

impl CampaignInput {
    fn checked(self) -> Result<Self> {
        let input = Self {
            name: self.name.trim().to_owned(),
            description: text::clean(self.description),
        };
        match input.validate() {
            Ok(()) => Ok(input),
            Err(errors) => FieldErrors::from_validator(&errors, &["name", "description"]).or(input),
        }
    }

    fn facts(&self) -> Value {
        json!({"name": self.name, "description": self.description})
    }
}

/// Makes a campaign.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::Invalid`].
pub fn create(conn: &mut PgConnection, caller: &Caller, input: CampaignInput) -> Result<Campaign> {
    caller.require(Permission::WriteCampaigns)?;
    let input = input.checked()?;
    let id = ids::new(caller.now);
    conn.transaction(|conn| {
        diesel::insert_into(campaigns::table)
            .values((
                campaigns::account_id.eq(caller.account.id),
                campaigns::id.eq(id),
                campaigns::name.eq(&input.name),
                campaigns::description.eq(&input.description),
                campaigns::created_at.eq(caller.now),
                campaigns::updated_at.eq(caller.now),
            ))
            .execute(conn)?;
        note(conn, caller, Event::CampaignCreated, id, input.facts())?;
        Ok(Campaign {
            id,
            name: input.name,
            description: input.description,
            created_at: caller.now,
            updated_at: caller.now,
            lead_count: 0,
        })
    })
}

/// Gives a campaign another name or description: `edit` makes them of the present ones, which
/// nobody else changes meanwhile.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::Invalid`],
/// [`crate::error::Error::NotFound`].
pub fn update(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    edit: impl FnOnce(CampaignInput) -> CampaignInput,
) -> Result<Campaign> {
    caller.require(Permission::WriteCampaigns)?;
    conn.transaction(|conn| {
        hold(conn, caller, id)?;
        let before = load(conn, caller, id)?;
        let present = CampaignInput {
            name: before.name.clone(),
            description: before.description.clone(),
        };
        let input = edit(present).checked()?;
        let mut changes = serde_json::Map::new();
        if before.name != input.name {
            changes.insert(
                "name".into(),
                json!({"from": before.name, "to": input.name}),
            );
        }
        if before.description != input.description {
            let change = json!({"from": before.description, "to": input.description});
            changes.insert("description".into(), change);
        }
        if changes.is_empty() {
            return Ok(before);
        }
        diesel::update(campaigns::table.find((caller.account.id, id)))
            .set((
                campaigns::name.eq(&input.name),
                campaigns::description.eq(&input.description),
                campaigns::updated_at.eq(caller.now),
            ))
            .execute(conn)?;
        note(
            conn,
            caller,
            Event::CampaignUpdated,
            id,
            json!({"changes": changes}),
        )?;
        Ok(Campaign {
            name: input.name,
            description: input.description,
            updated_at: caller.now,
            ..before
        })
    })
}

/// Deletes a campaign; its leads keep living without it.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`].
pub fn delete(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    caller.require(Permission::WriteCampaigns)?;
    conn.transaction(|conn| {
        hold(conn, caller, id)?;
        let campaign = load(conn, caller, id)?;
        let its_leads = leads::table
            .filter(leads::account_id.eq(caller.account.id))
            .filter(leads::campaign_id.eq(id));
        diesel::update(its_leads)
            .set((
                leads::campaign_id.eq(None::<Uuid>),
                leads::revision.eq(leads::revision + 1),
            ))
            .execute(conn)?;
        diesel::delete(campaigns::table.find((caller.account.id, id))).execute(conn)?;
        let data = json!({"name": campaign.name, "lead_count": campaign.lead_count});
        note(conn, caller, Event::CampaignDeleted, id, data)
    })
}

/// Keeps others from changing or taking the campaign before the transaction ends.
fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    let _: Option<Uuid> = campaigns::table
        .find((caller.account.id, id))
        .select(campaigns::id)
        .for_update()
        .first(conn)
        .optional()?;
    Ok(())
}

fn note(
    conn: &mut PgConnection,
    caller: &Caller,
    event: Event,
    subject_id: Uuid,
    data: Value,
) -> Result<()> {
    let subject = Subject::Campaign;
    audit::write(
        conn,
        caller,
        &[Change {
            event,
            subject,
            subject_id,
            data,
        }],
    )
}
