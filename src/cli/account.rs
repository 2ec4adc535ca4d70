//! `leadline account …`

use chrono::{DateTime, Utc};
use clap::Subcommand;
use uuid::Uuid;

use crate::accounts::NewAccount;
use crate::db::PgConnection;
use crate::error::Result;
use crate::people::{self, Founding};

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an account and its owner, and print the account's id
    Create {
        /// The account's name
        #[arg(long)]
        name: String,
        /// The e-mail its owner signs in with
        #[arg(long)]
        email: String,
        /// The owner's password, 10 to 200 characters
        #[arg(long)]
        password: String,
        /// The owner's name; without one, what stands before the @ of the e-mail
        #[arg(long)]
        owner_name: Option<String>,
        /// Country whose phone numbers are written without +
        #[arg(long, value_name = "CC", default_value = "US")]
        country: String,
        /// Zone that dates are shown in
        #[arg(long, value_name = "ZONE", default_value = "UTC")]
        time_zone: String,
    },
}

/// Does it; the account's id.
///
/// # Errors
/// As [`people::found`].
pub fn run(conn: &mut PgConnection, now: DateTime<Utc>, command: Command) -> Result<Uuid> {
    let Command::Create {
        name,
        email,
        password,
        owner_name,
        country,
        time_zone,
    } = command;
    let before_the_at = || {
        email
            .trim()
            .split('@')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let founding = Founding {
        account: NewAccount {
            name,
            default_country: country,
            time_zone,
        },
        name: owner_name.unwrap_or_else(before_the_at),
        email: email.clone(),
    };
    founding.check(&password)?;
    let hash = people::hash_password(&password)?;
    let (account, _) = people::found(conn, founding, &hash, now, None)?;
    Ok(account.id)
}
