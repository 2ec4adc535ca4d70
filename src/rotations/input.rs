//! What can be said of a rotation.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;
use validator::Validate;

use super::rotation::{Member, Status, Strategy};
use crate::caller::Caller;
use crate::db::schema::{teams, users};
use crate::error::{FieldErrors, Problem, Result};
use crate::teams::MemberRef;
use crate::text;

/// As many members as a rotation may have.
const MOST: usize = 200;

/// What can be said of a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationInput {
    /// Its name, 1 to 200 characters; `default` without a team makes it the account's default.
    pub name: String,
    /// The team whose leads it gives out.
    pub team_id: Option<Uuid>,
    /// How the next is picked.
    pub strategy: Strategy,
    /// Whether it is at work.
    pub status: Status,
    /// Who gets leads while none of the members can.
    pub fallback: Option<MemberRef>,
    /// Who takes turns, in their order; at least one, at most 200.
    pub members: Vec<MemberInput>,
}

/// Somebody who is to take turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberInput {
    /// Who.
    pub person: MemberRef,
    /// Their share, 1 to 10.
    pub weight: i32,
    /// How many leads they get in a day at most, 1 to 10,000.
    pub daily_cap: Option<i32>,
}

impl MemberInput {
    /// Somebody with a share like everybody's, and no cap.
    pub fn of(person: MemberRef) -> Self {
        Self {
            person,
            weight: 1,
            daily_cap: None,
        }
    }
}

impl From<&Member> for MemberInput {
    fn from(member: &Member) -> Self {
        Self {
            person: MemberRef::Id(member.user_id),
            weight: member.weight,
            daily_cap: member.daily_cap,
        }
    }
}

#[derive(Validate)]
struct Name {
    #[validate(length(min = 1, max = 200), custom(function = "text::check_nul"))]
    name: String,
}

/// What was said, once it is known to be right.
pub(super) struct Checked {
    pub name: String,
    pub fallback_id: Option<Uuid>,
    pub members: Vec<Seated>,
}

/// A member by id.
pub(super) struct Seated {
    pub user_id: Uuid,
    pub weight: i32,
    pub daily_cap: Option<i32>,
}

impl RotationInput {
    /// Checks it, in two queries. Somebody of `present` who can't sign in any more may stay.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`].
    pub(super) fn checked(
        &self,
        conn: &mut PgConnection,
        caller: &Caller,
        present: &[Uuid],
    ) -> Result<Checked> {
        let name = Name {
            name: self.name.trim().to_owned(),
        };
        let mut errors = match name.validate() {
            Ok(()) => FieldErrors::default(),
            Err(errors) => FieldErrors::from_validator(&errors, &["name"]),
        };
        if let Some(team_id) = self.team_id
            && !has_team(conn, caller, team_id)?
        {
            errors.push("team_id", Problem::NotOfAccount);
        }
        let people = people(conn, caller, self)?;
        let find = |person: &MemberRef| {
            let mut people = people.iter();
            let found = people.find(|(id, email, _)| person.is(*id, email));
            let may_be =
                |(id, _, is_active): &&(Uuid, String, bool)| *is_active || present.contains(id);
            found.filter(may_be).map(|(id, ..)| *id)
        };
        let fallback_id = self.fallback.as_ref().and_then(find);
        if self.fallback.is_some() && fallback_id.is_none() {
            errors.push("fallback", Problem::NotOfAccount);
        }
        let mut members: Vec<Seated> = Vec::new();
        for one in &self.members {
            match find(&one.person) {
                Some(id) if members.iter().any(|member| member.user_id == id) => {}
                Some(user_id) => members.push(Seated {
                    user_id,
                    weight: one.weight,
                    daily_cap: one.daily_cap,
                }),
                None => {
                    let sentence = format!("{} {}", one.person, Problem::NotOfAccount);
                    errors.push("members", Problem::Said(sentence.into()));
                }
            }
        }
        check_members(&members, &mut errors);
        errors.or(Checked {
            name: name.name,
            fallback_id,
            members,
        })
    }
}

fn check_members(members: &[Seated], errors: &mut FieldErrors) {
    let said = |sentence: &'static str| Problem::Said(sentence.into());
    if members.is_empty() && errors.of("members").is_none() {
        errors.push("members", said("A rotation needs at least one person"));
    }
    if members.len() > MOST {
        errors.push("members", Problem::TooMany(MOST));
    }
    if members.iter().any(|one| !(1..=10).contains(&one.weight)) {
        errors.push("members", said("A weight is a whole number from 1 to 10"));
    }
    let caps = members.iter().filter_map(|one| one.daily_cap);
    if caps.into_iter().any(|cap| !(1..=10_000).contains(&cap)) {
        let sentence = "A daily cap is a whole number from 1 to 10,000";
        errors.push("members", said(sentence));
    }
}

fn has_team(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<bool> {
    let found: Option<Uuid> = teams::table
        .find((caller.account.id, id))
        .select(teams::id)
        .for_key_share()
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// The people it names, and whether they can sign in.
fn people(
    conn: &mut PgConnection,
    caller: &Caller,
    input: &RotationInput,
) -> Result<Vec<(Uuid, String, bool)>> {
    let named = input.members.iter().map(|one| &one.person);
    let (ids, emails) = MemberRef::parted(named.chain(&input.fallback));
    Ok(users::table
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::id.eq_any(ids).or(users::email.eq_any(emails)))
        .select((users::id, users::email, users::deactivated_at.is_null()))
        .for_key_share()
        .load(conn)?)
}
