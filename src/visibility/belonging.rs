//! Where a person belongs, read along with who they are: no query of its own.

use diesel::expression::{ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, Uuid as SqlUuid};
use uuid::Uuid;

use crate::caller::{Account, Person, Sees};

/// What a person sees who is in these teams with these people.
pub(crate) fn sees(
    account: &Account,
    person: &Person,
    teams: Vec<Uuid>,
    people: Vec<Uuid>,
) -> Sees {
    Sees::of(
        (person.id, person.role),
        account.leads_reps_see,
        teams,
        people,
    )
}

/// An expression beside `users` and `accounts` in a query, always the same text, so that the query
/// stays prepared.
macro_rules! ids_beside_users {
    ($(#[$meta:meta])* $name:ident = $sql:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, QueryId)]
        pub(crate) struct $name;

        impl Expression for $name {
            type SqlType = Array<SqlUuid>;
        }

        impl<GB> ValidGrouping<GB> for $name {
            type IsAggregate = is_aggregate::No;
        }

        impl<QS> AppearsOnTable<QS> for $name {}

        impl<QS> SelectableExpression<QS> for $name {}

        impl QueryFragment<Pg> for $name {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
                out.push_sql($sql);
                Ok(())
            }
        }
    };
}

ids_beside_users! {
    /// The teams that the user is in.
    Teams = "ARRAY(
        SELECT own.team_id FROM team_members own
        WHERE own.account_id = users.account_id AND own.user_id = users.id)"
}

ids_beside_users! {
    /// Everybody who is in one of these teams, for whom it matters.
    People = "ARRAY(
        SELECT DISTINCT other.user_id FROM team_members own
        JOIN team_members other
            ON other.account_id = own.account_id AND other.team_id = own.team_id
        WHERE own.account_id = users.account_id AND own.user_id = users.id
          AND (users.role = 'manager' OR (users.role = 'rep' AND accounts.leads_reps_see = 'team')))"
}
