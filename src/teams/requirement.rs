//! The rule of an entrance where each new lead has to say where it belongs (contract §5).

use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::Caller;
use crate::db::schema::{lead_sources, teams};
use crate::error::{FieldErrors, Problem, Result};

const NO_TEAM: &str = "team ID is required when teams exist in the account";
const NO_SOURCE: &str = "lead source ID is required when lead sources exist for the team";

/// What of the account a new lead could belong to. What was deactivated takes no new leads, so it is
/// not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requirement {
    has_teams: bool,
    with_sources: HashSet<Uuid>,
}

impl Requirement {
    /// Looks it up in one query, inside the transaction that writes the leads. A team that is made at
    /// the same moment and is not seen here was made after them.
    ///
    /// # Errors
    /// [`crate::error::Error::Internal`] when the database can't be asked.
    pub fn load(conn: &mut PgConnection, caller: &Caller) -> Result<Self> {
        let own = lead_sources::account_id
            .eq(teams::account_id)
            .and(lead_sources::team_id.eq(teams::id.nullable()));
        let sources = lead_sources::table.filter(own.and(lead_sources::active));
        let found: Vec<(Uuid, bool)> = teams::table
            .filter(teams::account_id.eq(caller.account.id))
            .filter(teams::active)
            .select((teams::id, exists(sources)))
            .load(conn)?;
        let with_sources = found.iter().filter(|(_, has_sources)| *has_sources);
        Ok(Self {
            has_teams: !found.is_empty(),
            with_sources: with_sources.map(|(id, _)| *id).collect(),
        })
    }

    /// Notes what a lead of this team and this source lacks.
    pub fn check(
        &self,
        team_id: Option<Uuid>,
        lead_source_id: Option<Uuid>,
        errors: &mut FieldErrors,
    ) {
        match team_id {
            None if self.has_teams => errors.push("team_id", Problem::Said(NO_TEAM.into())),
            Some(team) if lead_source_id.is_none() && self.with_sources.contains(&team) => {
                errors.push("lead_source_id", Problem::Said(NO_SOURCE.into()));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_account_has_is_asked_for() {
        let (north, south, web) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let said = |rule: &Requirement, team, source| {
            let mut errors = FieldErrors::default();
            rule.check(team, source, &mut errors);
            errors.0.first().map(|error| error.sentence("it"))
        };
        let nothing = Requirement::default();
        assert_eq!(said(&nothing, None, None), None);
        let rule = Requirement {
            has_teams: true,
            with_sources: HashSet::from([north]),
        };
        assert_eq!(said(&rule, None, None).as_deref(), Some(NO_TEAM));
        assert_eq!(said(&rule, None, Some(web)).as_deref(), Some(NO_TEAM));
        assert_eq!(said(&rule, Some(north), None).as_deref(), Some(NO_SOURCE));
        assert_eq!(said(&rule, Some(north), Some(web)), None);
        assert_eq!(said(&rule, Some(south), None), None);
    }
}
