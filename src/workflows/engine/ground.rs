//! What decisions stand on beside the runs themselves: graphs, contact hours, statuses, connectors
//! and owners, loaded once for any number of runs.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::super::cadence::{Facts, Moment, Place};
use super::super::graph::Graph;
use super::super::version;
use super::super::words::Moves;
use super::super::workflow::Status;
use super::away::Absences;
use super::live::Live;
use super::owners::{Owner, owners};
use crate::accounts;
use crate::caller::{Account, Permission};
use crate::connectors::{self, Channel, Kind};
use crate::db::schema::{workflow_statuses, workflow_versions};
use crate::error::{Error, Result};
use crate::hours::ContactHours;
use crate::phone;

/// What decisions about some runs stand on.
pub struct Ground {
    accounts: HashMap<Uuid, AccountGround>,
    /// By version.
    graphs: HashMap<Uuid, Graph>,
    /// Where the runs of a version go when they come to their next step, or at once.
    heirs: HashMap<Uuid, Heir>,
    /// By workflow.
    statuses: HashMap<Uuid, Vec<Status>>,
    /// By workflow; only those that have their own.
    hours: HashMap<Uuid, ContactHours>,
    owners: HashMap<Uuid, Owner>,
    absences: Absences,
}

struct AccountGround {
    account: Account,
    hours: ContactHours,
    kinds: HashMap<Channel, Kind>,
}

/// A newer version that runs go over to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heir {
    pub version_id: Uuid,
    pub step_count: i32,
    pub moves: Moves,
}

impl Ground {
    /// Loads it: four queries or five, and two more for each account.
    pub fn load(conn: &mut PgConnection, lives: &[Live]) -> Result<Self> {
        let accounts: HashSet<Uuid> = lives.iter().map(|live| live.run.account_id).collect();
        let accounts: Vec<Uuid> = accounts.into_iter().collect();
        let workflows: HashSet<Uuid> = lives.iter().map(|live| live.run.workflow_id).collect();
        let workflows: Vec<Uuid> = workflows.into_iter().collect();
        let versions: HashSet<Uuid> = lives
            .iter()
            .filter_map(|live| live.run.version_id.or(live.workflow.version_id))
            .collect();
        let heirs = heirs(conn, &accounts, &workflows, &versions)?;
        let wanted = versions
            .iter()
            .copied()
            .chain(heirs.values().map(|heir| heir.version_id));
        let wanted: Vec<Uuid> = wanted.collect();
        let mut hours = HashMap::new();
        for live in lives {
            if let Some(own) = &live.workflow.contact_hours {
                hours
                    .entry(live.run.workflow_id)
                    .or_insert(read_hours(own.clone())?);
            }
        }
        Ok(Self {
            graphs: version::graphs(conn, &accounts, &wanted)?,
            heirs,
            statuses: statuses(conn, &accounts, &workflows)?,
            hours,
            owners: owners(conn, &accounts, lives)?,
            absences: Absences::load(conn, &accounts, lives)?,
            accounts: account_grounds(conn, &accounts)?,
        })
    }

    /// The account of a run.
    pub fn account(&self, live: &Live) -> Result<&Account> {
        Ok(&self.of_account(live)?.account)
    }

    fn of_account(&self, live: &Live) -> Result<&AccountGround> {
        let found = self.accounts.get(&live.run.account_id);
        found.ok_or_else(|| Error::internal("a run's account is gone"))
    }

    /// The statuses of a run's workflow.
    pub fn statuses(&self, live: &Live) -> &[Status] {
        let found = self.statuses.get(&live.run.workflow_id);
        found.map_or(&[], Vec::as_slice)
    }

    /// By which way a channel's messages leave.
    pub fn kind(&self, live: &Live, channel: Channel) -> Result<Option<Kind>> {
        Ok(self.of_account(live)?.kinds.get(&channel).copied())
    }

    /// The instant on the lead's clock: the zone it names itself, else that of its number, else
    /// the account's; the hours of the workflow, else the account's.
    pub fn moment(&self, live: &Live, now: DateTime<Utc>) -> Result<Moment<'_>> {
        let account = self.of_account(live)?;
        let named = live.lead.metadata.get("time_zone").and_then(Value::as_str);
        let zone = named
            .and_then(|zone| zone.parse().ok())
            .or_else(|| phone::time_zone(live.lead.phone_e164.as_deref()?))
            .unwrap_or(account.account.time_zone);
        let hours = self.hours.get(&live.run.workflow_id);
        let hours = hours.unwrap_or(&account.hours);
        Ok(Moment { now, zone, hours })
    }

    /// The version a run is to go over to, with its graph, when the node it is at is in it. A node
    /// that was taken out keeps its runs in the old version. A run that waited for the activation
    /// has none yet: it takes the one that new leads take.
    pub fn heir(&self, live: &Live) -> Option<(Heir, &Graph)> {
        let heir = match live.run.version_id {
            Some(version) => *self.heirs.get(&version)?,
            None => Heir {
                version_id: live.workflow.version_id?,
                step_count: live.workflow.step_count,
                moves: Moves::Stay,
            },
        };
        let graph = self.graphs.get(&heir.version_id)?;
        let step = live.step.as_ref()?;
        graph.node(step.node_id).map(|_| (heir, graph))
    }

    /// Where a run is, in the graph that says what follows, and the version that is.
    pub fn place<'a>(&'a self, live: &Live) -> Option<(Place<'a>, Option<Heir>)> {
        let step = live.step.as_ref()?;
        let (graph, heir) = match self.heir(live) {
            Some((heir, graph)) => (graph, Some(heir)),
            None => (self.graphs.get(&live.run.version_id?)?, None),
        };
        let node = graph.node(step.node_id)?;
        let attempt = step.attempt;
        let place = Place {
            graph,
            node,
            attempt,
        };
        Some((place, heir))
    }

    /// What is known of a run's lead.
    pub fn facts(&self, live: &Live) -> Facts {
        let mut facts = Facts::of(&live.lead);
        facts.set("status", Some(live.run.status_key.as_str()));
        facts.set("last_outcome", live.run.last_outcome.as_deref());
        if let Some(owner) = live.lead.owner_id.and_then(|id| self.owners.get(&id)) {
            facts.set("owner", Some(owner.email.as_str()));
            facts.set("owner_name", Some(owner.name.as_str()));
        }
        facts
    }

    /// Whose task a run's step is: its owner's while they work leads, else anybody's.
    pub fn worker(&self, live: &Live) -> Option<Uuid> {
        let owner = self.owners.get(&live.lead.owner_id?)?;
        let works = owner.deactivated_at.is_none() && owner.role.may(Permission::WriteLeads);
        works.then_some(owner.id)
    }

    /// When whoever has a run's step is back, and what they are called, where its workflow asks
    /// for that and they are away.
    pub fn away(&self, live: &Live, now: DateTime<Utc>) -> Result<Option<(DateTime<Utc>, &str)>> {
        let owner = self.worker(live).and_then(|id| self.owners.get(&id));
        let Some(owner) = owner else { return Ok(None) };
        let account_zone = self.account(live)?.time_zone;
        let own_zone = owner.time_zone.as_ref().and_then(|zone| zone.parse().ok());
        let back_at = self
            .absences
            .back_at(owner.id, own_zone.unwrap_or(account_zone), now);
        Ok(back_at.map(|back_at| (back_at, owner.name.as_str())))
    }
}

fn account_grounds(
    conn: &mut PgConnection,
    accounts: &[Uuid],
) -> Result<HashMap<Uuid, AccountGround>> {
    let mut grounds = HashMap::new();
    for id in accounts.iter().copied() {
        let (account, hours) = accounts::find_with_hours(conn, id)?;
        let ground = AccountGround {
            account,
            hours,
            kinds: connectors::kinds(conn, id)?,
        };
        grounds.insert(id, ground);
    }
    Ok(grounds)
}

fn read_hours(hours: Value) -> Result<ContactHours> {
    serde_json::from_value(hours).map_err(Error::internal)
}

/// For each version, the newest later one that moves running leads.
fn heirs(
    conn: &mut PgConnection,
    accounts: &[Uuid],
    workflows: &[Uuid],
    versions: &HashSet<Uuid>,
) -> Result<HashMap<Uuid, Heir>> {
    let all: Vec<(Uuid, Uuid, i32, Moves)> = workflow_versions::table
        .filter(workflow_versions::account_id.eq_any(accounts))
        .filter(workflow_versions::workflow_id.eq_any(workflows))
        .order(workflow_versions::number.desc())
        .select((
            workflow_versions::workflow_id,
            workflow_versions::id,
            workflow_versions::step_count,
            workflow_versions::moves,
        ))
        .load(conn)?;
    // Newest first: what a version's runs go over to has been seen before it.
    let mut newest: HashMap<Uuid, Heir> = HashMap::new();
    let mut heirs = HashMap::new();
    for (workflow, version_id, step_count, moves) in all {
        if let Some(heir) = newest
            .get(&workflow)
            .filter(|_| versions.contains(&version_id))
        {
            heirs.insert(version_id, *heir);
        }
        if moves != Moves::Stay {
            newest.entry(workflow).or_insert(Heir {
                version_id,
                step_count,
                moves,
            });
        }
    }
    Ok(heirs)
}

fn statuses(
    conn: &mut PgConnection,
    accounts: &[Uuid],
    workflows: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Status>>> {
    let rows = Status::query()
        .filter(workflow_statuses::account_id.eq_any(accounts))
        .filter(workflow_statuses::workflow_id.eq_any(workflows))
        .order(workflow_statuses::position)
        .load(conn)?;
    let mut statuses: HashMap<Uuid, Vec<Status>> = HashMap::new();
    for status in rows {
        statuses.entry(status.workflow_id).or_default().push(status);
    }
    Ok(statuses)
}
