//! The rule as a condition on `leads`.

use uuid::Uuid;

use crate::caller::{Caller, Sees};

/// The condition that a lead of the table `leads`, or of this other name of it, is one that the caller
/// sees; none where that is every lead. All ids in it are parsed ones, so it can stand in a statement
/// as it is, and Postgres plans for those people and not for anybody.
pub(crate) fn condition(caller: &Caller, leads: &str) -> Option<String> {
    let parts = parts(caller, leads)?;
    Some(format!("({})", parts.join(" OR ")))
}

/// The same to be put behind other conditions: ` AND …`, or nothing.
pub(crate) fn and_seen(caller: &Caller, leads: &str) -> String {
    condition(caller, leads).map_or_else(String::new, |seen| format!(" AND {seen}"))
}

/// The parts of that condition. No lead is in two of them, and each is one stretch of an index, so that a
/// list can be walked in each of them and the walks be joined.
pub(crate) fn parts(caller: &Caller, leads: &str) -> Option<Vec<String>> {
    let owner = format!("{leads}.owner_id");
    let team = format!("{leads}.team_id");
    let parts = match &caller.sees {
        Sees::All => return None,
        Sees::Own { person, teams } => {
            let pool = [format!("{owner} IS NULL AND {team} IS NULL")];
            let of_teams = teams.iter();
            let of_teams = of_teams.map(|id| format!("{owner} IS NULL AND {team} = '{id}'"));
            let own = [format!("{owner} = '{person}'")];
            own.into_iter().chain(pool).chain(of_teams).collect()
        }
        Sees::Teams { people, teams } => {
            // What is of one of the teams comes with it, whoever owns it.
            let elsewhere = match teams.as_slice() {
                [] => String::new(),
                teams => format!(" AND ({team} IS NULL OR {team} <> ALL ({}))", array(teams)),
            };
            let pool = [format!("{owner} IS NULL AND {team} IS NULL")];
            let of_teams = teams.iter().map(|id| format!("{team} = '{id}'"));
            let of_people = people.iter();
            let of_people = of_people.map(|id| format!("{owner} = '{id}'{elsewhere}"));
            of_people.chain(pool).chain(of_teams).collect()
        }
    };
    Some(parts)
}

/// Ids as an array in SQL.
pub(crate) fn array(ids: &[Uuid]) -> String {
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    format!("'{{{}}}'::uuid[]", ids.join(","))
}
