//! The people of a team.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Role};
use crate::db::schema::{team_members, users};
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::{ids, text};

/// Somebody who is in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person's id.
    pub user_id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail, in lower case.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Whether they can sign in, or could once they have joined.
    pub is_active: bool,
}

/// How a person is named who is to be in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberRef {
    /// By id.
    Id(Uuid),
    /// By e-mail, in any case.
    Email(String),
}

impl MemberRef {
    /// An id, or else an e-mail.
    pub fn of(word: &str) -> Self {
        Uuid::try_parse(word).map_or_else(|_| Self::Email(word.to_owned()), Self::Id)
    }

    /// Whether somebody is the one who is named; their e-mail is in lower case.
    pub fn is(&self, user_id: Uuid, email: &str) -> bool {
        match self {
            Self::Id(id) => *id == user_id,
            Self::Email(typed) => text::lower_email(typed) == email,
        }
    }

    /// What to look people up by: the ids and the e-mails that are named.
    pub(crate) fn parted<'a>(
        named: impl IntoIterator<Item = &'a Self>,
    ) -> (Vec<Uuid>, Vec<String>) {
        let (mut ids, mut emails) = (Vec::new(), Vec::new());
        for one in named {
            match one {
                Self::Id(id) => ids.push(*id),
                // Nobody's holds a NUL, and the database can't even be asked for one.
                Self::Email(email) if !text::has_nul(email) => {
                    emails.push(text::lower_email(email));
                }
                Self::Email(_) => {}
            }
        }
        (ids, emails)
    }
}

impl std::fmt::Display for MemberRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            // Even what nobody could be called is told, but not at any length.
            Self::Email(email) => f.write_str(&text::at_most(&email.replace('\0', ""), 100)),
        }
    }
}

/// The members of these teams, by name.
pub(super) fn of_teams(
    conn: &mut PgConnection,
    account_id: Uuid,
    teams: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Member>>> {
    let of_user = users::account_id
        .eq(team_members::account_id)
        .and(users::id.eq(team_members::user_id));
    let rows: Vec<(Uuid, Uuid, String, String, Role, bool)> = team_members::table
        .inner_join(users::table.on(of_user))
        .filter(team_members::account_id.eq(account_id))
        .filter(team_members::team_id.eq_any(teams))
        .select((
            team_members::team_id,
            users::id,
            users::name,
            users::email,
            users::role,
            users::deactivated_at.is_null(),
        ))
        .load(conn)?;
    let mut members: HashMap<Uuid, Vec<Member>> = HashMap::new();
    for (team_id, user_id, name, email, role, is_active) in rows {
        members.entry(team_id).or_default().push(Member {
            user_id,
            name,
            email,
            role,
            is_active,
        });
    }
    for team in members.values_mut() {
        team.sort_by_cached_key(|member| (text::fold(&member.name), member.user_id));
    }
    Ok(members)
}

/// The ids of people who are to be in a team, each once. Whoever can't sign in any more does not
/// come in; one of the `present` members stays.
pub(super) fn resolve(
    conn: &mut PgConnection,
    caller: &Caller,
    named: &[MemberRef],
    present: &[Member],
) -> Result<Vec<Uuid>> {
    let (ids, emails) = MemberRef::parted(named);
    let found: Vec<(Uuid, String, bool)> = users::table
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::id.eq_any(ids).or(users::email.eq_any(emails)))
        .select((users::id, users::email, users::deactivated_at.is_null()))
        .for_key_share()
        .load(conn)?;
    let may_be = |(id, _, is_active): &&(Uuid, String, bool)| {
        *is_active || present.iter().any(|member| member.user_id == *id)
    };
    let (mut all, mut errors) = (Vec::new(), FieldErrors::default());
    for one in named {
        match found
            .iter()
            .filter(may_be)
            .find(|(id, email, _)| one.is(*id, email))
        {
            Some((id, ..)) if all.contains(id) => {}
            Some((id, ..)) => all.push(*id),
            None => {
                let sentence = format!("{one} {}", Problem::NotOfAccount);
                errors.push("members", Problem::Said(sentence.into()));
            }
        }
    }
    errors.or(all)
}

/// Makes these people, and nobody else, the members of a team.
pub(super) fn set(
    conn: &mut PgConnection,
    caller: &Caller,
    team_id: Uuid,
    people: &[Uuid],
) -> Result<()> {
    let there = team_members::table
        .filter(team_members::account_id.eq(caller.account.id))
        .filter(team_members::team_id.eq(team_id));
    diesel::delete(there.filter(team_members::user_id.ne_all(people))).execute(conn)?;
    let rows: Vec<_> = people
        .iter()
        .zip(ids::several(caller.now, people.len()))
        .map(|(user_id, id)| {
            (
                team_members::account_id.eq(caller.account.id),
                team_members::id.eq(id),
                team_members::team_id.eq(team_id),
                team_members::user_id.eq(*user_id),
                team_members::created_at.eq(caller.now),
            )
        })
        .collect();
    // Who is in it already stays as they are.
    diesel::insert_into(team_members::table)
        .values(rows)
        .on_conflict((
            team_members::account_id,
            team_members::team_id,
            team_members::user_id,
        ))
        .do_nothing()
        .execute(conn)
        .map(|_| ())
        .map_err(Error::from)
}
