//! Which leads of their account somebody sees. What follows from it in SQL, the room `visibility`
//! says.

use uuid::Uuid;

use super::Role;
use crate::db::text_enum;

text_enum! {
    /// Which leads the reps of an account see.
    pub enum RepsSee {
        /// Their own, and those of nobody.
        Own = "own",
        /// Those of their teams too, and of the people in them.
        Team = "team",
        /// All.
        All = "all",
    }
}

/// The leads that somebody sees. For them, others do not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sees {
    /// Every lead of the account.
    All,
    /// Their own leads, and of nobody's those of no team or of one of theirs.
    Own {
        /// The person.
        person: Uuid,
        /// The teams they are in.
        teams: Vec<Uuid>,
    },
    /// All leads of their teams and of the people in these, and those of nobody and no team.
    Teams {
        /// The person, and all others who are in one of the teams.
        people: Vec<Uuid>,
        /// The teams.
        teams: Vec<Uuid>,
    },
}

impl Sees {
    /// What a person sees by their role, by what the reps of the account see, by the teams they are
    /// in and the people of these.
    pub fn of(
        (person, role): (Uuid, Role),
        reps_see: RepsSee,
        teams: Vec<Uuid>,
        mut people: Vec<Uuid>,
    ) -> Self {
        match (role, reps_see) {
            (Role::Owner | Role::Admin | Role::Viewer, _) | (Role::Rep, RepsSee::All) => Self::All,
            // Without teams an account is one team, and a manager leads it.
            (Role::Manager, _) if teams.is_empty() => Self::All,
            (Role::Rep, RepsSee::Own) => Self::Own { person, teams },
            (Role::Manager, _) | (Role::Rep, RepsSee::Team) => {
                if !people.contains(&person) {
                    people.push(person);
                }
                Self::Teams { people, teams }
            }
        }
    }

    /// Whether that is every lead.
    pub fn all(&self) -> bool {
        *self == Self::All
    }

    /// Whether a lead of this owner and this team is among them.
    pub fn lead(&self, owner: Option<Uuid>, team: Option<Uuid>) -> bool {
        match (self, owner) {
            (Self::All, _) => true,
            (Self::Own { person, .. }, Some(owner)) => owner == *person,
            (Self::Own { teams, .. }, None) => team.is_none_or(|team| teams.contains(&team)),
            (Self::Teams { people, teams }, owner) => {
                let of_team = team.is_some_and(|team| teams.contains(&team));
                of_team || owner.map_or(team.is_none(), |owner| people.contains(&owner))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RITA: Uuid = Uuid::from_u128(1);
    const DAN: Uuid = Uuid::from_u128(2);
    const EVE: Uuid = Uuid::from_u128(3);
    const NORTH: Uuid = Uuid::from_u128(4);
    const SOUTH: Uuid = Uuid::from_u128(5);

    fn sees(role: Role, reps_see: RepsSee) -> Sees {
        Sees::of((RITA, role), reps_see, vec![NORTH], vec![RITA, DAN])
    }

    #[test]
    fn a_rep_sees_what_the_account_says() {
        let own = sees(Role::Rep, RepsSee::Own);
        let team = sees(Role::Rep, RepsSee::Team);
        // Owner, team, whether it is seen by `own`, and by `team`.
        let leads = [
            (Some(RITA), None, true, true),
            (Some(RITA), Some(SOUTH), true, true),
            (Some(DAN), None, false, true),
            (Some(DAN), Some(SOUTH), false, true),
            (Some(EVE), Some(NORTH), false, true),
            (Some(EVE), None, false, false),
            (None, None, true, true),
            (None, Some(NORTH), true, true),
            (None, Some(SOUTH), false, false),
        ];
        for (owner, of, by_own, by_team) in leads {
            assert_eq!(own.lead(owner, of), by_own, "{owner:?} {of:?}");
            assert_eq!(team.lead(owner, of), by_team, "{owner:?} {of:?}");
            assert!(sees(Role::Rep, RepsSee::All).lead(owner, of));
        }
    }

    #[test]
    fn a_manager_sees_their_teams_and_without_a_team_everything() {
        for setting in RepsSee::ALL {
            assert_eq!(
                sees(Role::Manager, *setting),
                sees(Role::Rep, RepsSee::Team)
            );
            let of_none = Sees::of((RITA, Role::Manager), *setting, vec![], vec![]);
            assert!(of_none.all());
            for role in [Role::Owner, Role::Admin, Role::Viewer] {
                assert!(sees(role, *setting).all());
            }
        }
    }

    #[test]
    fn a_rep_of_no_team_still_sees_their_own() {
        let of_none = Sees::of((RITA, Role::Rep), RepsSee::Team, vec![], vec![]);
        assert!(of_none.lead(Some(RITA), None));
        assert!(of_none.lead(None, None));
        assert!(!of_none.lead(Some(DAN), None));
        assert!(!of_none.lead(None, Some(NORTH)));
    }
}
