//! `leadline user …`

use chrono::{DateTime, Utc};
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use uuid::Uuid;

use super::operator;
use crate::caller::Role;
use crate::db::PgConnection;
use crate::error::Result;
use crate::people::{self, NewUser};

/// What can be done with people.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a person who can sign in, and print their id
    Create {
        /// The account's id
        #[arg(long, value_name = "ID")]
        account: Uuid,
        /// Their name
        #[arg(long)]
        name: String,
        /// The e-mail they sign in with
        #[arg(long)]
        email: String,
        /// Their password, 10 to 200 characters
        #[arg(long)]
        password: String,
        /// What they may do
        #[arg(long, value_parser = roles())]
        role: Role,
    },
}

/// Does it; the person's id.
///
/// # Errors
/// As [`people::create_user`].
pub fn run(conn: &mut PgConnection, now: DateTime<Utc>, command: Command) -> Result<Uuid> {
    let Command::Create {
        account,
        name,
        email,
        password,
        role,
    } = command;
    let caller = operator(conn, account, now)?;
    let user = NewUser { name, email, role };
    user.check(&password)?;
    let hash = people::hash_password(&password)?;
    Ok(people::create_user(conn, &caller, user, &hash)?.id)
}

fn roles() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.iter().map(|role| role.as_str()))
        .try_map(|word| word.parse::<Role>())
}
