//! What leads name: campaigns, people, teams and lead sources of the account.

use std::collections::{HashMap, HashSet};

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::input::{NewLead, OwnerRef};
use super::lead::Lead;
use crate::error::{FieldErrors, Problem, Result};
use crate::text;

/// What of the named things the account has.
#[derive(Default)]
pub(super) struct Known {
    ids: HashSet<(&'static str, Uuid)>,
    people_by_email: HashMap<String, Uuid>,
    /// Teams and lead sources that were deactivated.
    deactivated: HashSet<Uuid>,
    team_of_source: HashMap<Uuid, Uuid>,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    email: Option<String>,
    #[diesel(sql_type = Bool)]
    is_active: bool,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    team_id: Option<Uuid>,
}

const KINDS: [&str; 4] = ["campaign", "owner", "team", "lead_source"];

impl Known {
    /// Looks up everything the leads name, in one query; in none when they name nothing. What is
    /// found can't be deleted before the transaction ends.
    pub(super) fn load<'a>(
        conn: &mut PgConnection,
        account_id: Uuid,
        leads: impl IntoIterator<Item = &'a NewLead>,
    ) -> Result<Self> {
        let (mut ids, mut emails) = (HashSet::new(), HashSet::new());
        for lead in leads {
            ids.extend(
                [lead.campaign_id, lead.team_id, lead.lead_source_id]
                    .into_iter()
                    .flatten(),
            );
            for person in [&lead.owner, &lead.created_by].into_iter().flatten() {
                match person {
                    OwnerRef::Id(id) => _ = ids.insert(*id),
                    // Nobody's holds a NUL, and the database can't even be asked for one.
                    OwnerRef::Email(email) if !text::has_nul(email) => {
                        emails.insert(text::lower_email(email));
                    }
                    OwnerRef::Email(_) | OwnerRef::Nobody => {}
                }
            }
        }
        if ids.is_empty() && emails.is_empty() {
            return Ok(Self::default());
        }
        let found: Vec<Found> = diesel::sql_query(
            "WITH named_campaigns AS (
                 SELECT id FROM campaigns WHERE account_id = $1 AND id = ANY($2) FOR KEY SHARE
             ), named_people AS (
                 SELECT id, email FROM users
                 WHERE account_id = $1 AND deactivated_at IS NULL
                   AND (id = ANY($2) OR email = ANY($3)) FOR KEY SHARE
             ), named_teams AS (
                 SELECT id, active FROM teams
                 WHERE account_id = $1 AND id = ANY($2) FOR KEY SHARE
             ), named_sources AS (
                 SELECT id, active, team_id FROM lead_sources
                 WHERE account_id = $1 AND id = ANY($2) FOR KEY SHARE
             )
             SELECT 'campaign' AS kind, id, NULL AS email, true AS is_active,
                    NULL::uuid AS team_id
             FROM named_campaigns
             UNION ALL SELECT 'owner', id, email, true, NULL FROM named_people
             UNION ALL SELECT 'team', id, NULL, active, NULL FROM named_teams
             UNION ALL SELECT 'lead_source', id, NULL, active, team_id FROM named_sources",
        )
        .bind::<SqlUuid, _>(account_id)
        .bind::<Array<SqlUuid>, _>(ids.into_iter().collect::<Vec<_>>())
        .bind::<Array<Text>, _>(emails.into_iter().collect::<Vec<_>>())
        .load(conn)?;
        let mut known = Self::default();
        for one in found {
            let (id, team_id) = (one.id, one.team_id);
            let kind = KINDS.into_iter().find(|known| *known == one.kind);
            known.ids.extend(kind.map(|kind| (kind, id)));
            known.people_by_email.extend(one.email.map(|it| (it, id)));
            known.deactivated.extend((!one.is_active).then_some(id));
            known.team_of_source.extend(team_id.map(|team| (id, team)));
        }
        Ok(known)
    }

    /// The id of a person who is of the account and works.
    pub(super) fn person(&self, named: Option<&OwnerRef>) -> Option<Uuid> {
        match named? {
            OwnerRef::Id(id) => Some(*id).filter(|id| self.ids.contains(&("owner", *id))),
            OwnerRef::Email(email) => self.people_by_email.get(&text::lower_email(email)).copied(),
            OwnerRef::Nobody => None,
        }
    }

    /// Notes what the account does not have, and what takes no new leads or not this one; the
    /// owner's id otherwise.
    pub(super) fn check(&self, lead: &NewLead, errors: &mut FieldErrors) -> Option<Uuid> {
        self.check_changed(lead, None, errors)
    }

    /// The same for a lead that is there and may keep what it has.
    pub(super) fn check_changed(
        &self,
        lead: &NewLead,
        before: Option<&Lead>,
        errors: &mut FieldErrors,
    ) -> Option<Uuid> {
        let owner_id = self.person(lead.owner.as_ref());
        let names_owner = !matches!(lead.owner, Some(OwnerRef::Nobody) | None);
        let lacks = |kind, id: Option<Uuid>| id.is_some_and(|id| !self.ids.contains(&(kind, id)));
        if lacks("campaign", lead.campaign_id) {
            errors.push("campaign_id", Problem::NotOfAccount);
        }
        if names_owner && owner_id.is_none() {
            errors.push("owner", Problem::NotOfAccount);
        }
        if lead.created_by.is_some() && self.person(lead.created_by.as_ref()).is_none() {
            errors.push("created_by", Problem::NotOfAccount);
        }
        let is_over = |id: Option<Uuid>, kept: Option<Uuid>| {
            id.is_some_and(|id| self.deactivated.contains(&id)) && id != kept
        };
        if lacks("team", lead.team_id) {
            errors.push("team_id", Problem::NotOfAccount);
        } else if is_over(lead.team_id, before.and_then(|it| it.team_id)) {
            errors.push("team_id", Problem::Deactivated);
        }
        let of_team = lead.lead_source_id;
        let of_team = of_team.and_then(|id| self.team_of_source.get(&id));
        if lacks("lead_source", lead.lead_source_id) {
            errors.push("lead_source_id", Problem::NotOfAccount);
        } else if of_team.is_some_and(|team| lead.team_id != Some(*team)) {
            errors.push("lead_source_id", Problem::OfAnotherTeam);
        } else if is_over(lead.lead_source_id, before.and_then(|it| it.lead_source_id)) {
            errors.push("lead_source_id", Problem::Deactivated);
        }
        owner_id
    }
}
