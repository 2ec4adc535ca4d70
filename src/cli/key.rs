//! `leadline key …`

use chrono::{DateTime, Utc};
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use uuid::Uuid;

use super::operator;
use crate::accounts::{self, NewKey};
use crate::caller::Scope;
use crate::db::PgConnection;
use crate::error::Result;

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an API key, and print it; it can't be shown again
    Create {
        /// The account's id
        #[arg(long, value_name = "ID")]
        account: Uuid,
        /// What the key is for
        #[arg(long)]
        name: String,
        /// What it may do, divided by commas [default: everything]
        #[arg(long, value_delimiter = ',', value_parser = scopes())]
        scopes: Vec<Scope>,
        /// E-mail of the person it acts for [default: the account]
        #[arg(long = "for", value_name = "EMAIL")]
        person: Option<String>,
    },
    /// Revoke an API key, for good
    Revoke {
        /// The account's id
        #[arg(long, value_name = "ID")]
        account: Uuid,
        /// The key's name
        #[arg(long)]
        name: String,
    },
}

/// Does it; the secret of a new key.
///
/// # Errors
/// As [`accounts::create_key`] and [`accounts::revoke_key_named`].
pub fn run(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    command: Command,
) -> Result<Option<String>> {
    match command {
        Command::Create {
            account,
            name,
            scopes,
            person,
        } => {
            let caller = operator(conn, account, now)?;
            let key = NewKey {
                name,
                scopes,
                expires_at: None,
                person,
            };
            let (_, secret) = accounts::create_key(conn, &caller, key)?;
            Ok(Some(secret))
        }
        Command::Revoke { account, name } => {
            let caller = operator(conn, account, now)?;
            accounts::revoke_key_named(conn, &caller, &name)?;
            Ok(None)
        }
    }
}

fn scopes() -> impl TypedValueParser<Value = Scope> {
    PossibleValuesParser::new(Scope::ALL.iter().map(|scope| scope.as_str()))
        .try_map(|word| word.parse::<Scope>())
}
