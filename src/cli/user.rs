//! `leadline user …`

use std::io;

use chrono::{DateTime, Utc};
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use uuid::Uuid;

use super::operator;
use crate::caller::Role;
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::people::{self, NewUser};
use crate::secrets;

/// Of a password that is made: 119 bits.
const CHARACTERS: usize = 20;

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
    /// Let somebody in again who has lost their password or their two-factor codes
    ///
    /// They get a new password, which is printed once, their two-factor codes are turned off, and
    /// they are signed out everywhere. The audit tells that it was done at the command line.
    Reset {
        /// The e-mail they sign in with
        email: String,
        /// Take the new password from the first line of standard input, and print nothing
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Does it; what the operator is to know: the person's id, or a password that was made.
///
/// # Errors
/// As [`people::create_user`] and [`people::reset`].
pub fn run(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    command: Command,
) -> Result<Option<String>> {
    match command {
        Command::Create {
            account,
            name,
            email,
            password,
            role,
        } => {
            let caller = operator(conn, account, now)?;
            let user = NewUser { name, email, role };
            user.check(&password)?;
            let hash = people::hash_password(&password)?;
            let user = people::create_user(conn, &caller, user, &hash)?;
            Ok(Some(user.id.to_string()))
        }
        Command::Reset {
            email,
            password_stdin: false,
        } => {
            let password = secrets::random(CHARACTERS);
            people::reset(conn, &email, &people::hash_password(&password)?, now)?;
            Ok(Some(password))
        }
        Command::Reset { email, .. } => {
            let password = first_line()?;
            people::check_password(&password, &email)?;
            people::reset(conn, &email, &people::hash_password(&password)?, now)?;
            Ok(None)
        }
    }
}

fn first_line() -> Result<String> {
    let line = io::stdin().lines().next().transpose();
    Ok(line.map_err(Error::internal)?.unwrap_or_default())
}

fn roles() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.iter().map(|role| role.as_str()))
        .try_map(|word| word.parse::<Role>())
}
