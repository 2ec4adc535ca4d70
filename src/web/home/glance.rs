//! What the page is made of, a few questions however large the account is.

use super::attention::Attention;
use crate::caller::{Caller, Permission};
use crate::connectors;
use crate::db::PgConnection;
use crate::enrolment::imports::{self, Import};
use crate::error::Result;
use crate::leads::{self, Arrivals};
use crate::rotations;
use crate::workflows::{self, Stage, Tally, Team};

/// The page's rows.
pub struct Glance {
    /// How the day of the person stands, when they work leads.
    pub day: Option<Tally>,
    /// How everybody's stands, for those who lead the team.
    pub team: Option<Team>,
    /// The leads that came in.
    pub arrivals: Arrivals,
    /// How far leads have come.
    pub stages: Vec<Stage>,
    /// What wants somebody.
    pub attention: Attention,
    /// Files that the worker is at.
    pub imports: Vec<Import>,
}

/// Asks for all of it.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to see leads.
pub fn load(conn: &mut PgConnection, caller: &Caller) -> Result<Glance> {
    let works = caller.may(Permission::WriteLeads);
    let leads_team = caller.may(Permission::WriteWorkflows);
    Ok(Glance {
        day: match works {
            true => Some(workflows::tally(conn, caller)?),
            false => None,
        },
        team: match leads_team {
            true => Some(workflows::team(conn, caller)?),
            false => None,
        },
        arrivals: leads::arrivals(conn, caller)?,
        stages: workflows::funnel(conn, caller)?,
        imports: imports::at_work(conn, caller)?,
        attention: Attention {
            failing: connectors::failing(conn, caller)?,
            stopped: workflows::stopped_leads(conn, caller, Attention::MOST_STOPPED + 1)?,
            idle: match leads_team {
                true => workflows::idle_workflows(conn, caller)?,
                false => Vec::new(),
            },
            unserved: match caller.may(Permission::ReadSettings) {
                true => rotations::unserved(conn, caller)?,
                false => Vec::new(),
            },
        },
    })
}
