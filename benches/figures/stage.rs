//! What is measured: a durable Postgres of its own, two accounts, and the program beside it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use chrono::Utc;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text, Uuid as SqlUuid};
use leadline::accounts::{self, NewAccount, NewKey};
use leadline::caller::{Actor, Caller, Sees};
use leadline::db::local::{self, Durability, LocalPostgres};
use leadline::db::{self, PgConnection};
use leadline::people::{self, Founding, NewUser};
use uuid::Uuid;

use crate::server::Server;
use crate::{FEW, Options, seed};

/// Everybody's password.
pub const PASSWORD: &str = "a password for the bench";

/// Everything that runs. The fields go in this order: the program before its Postgres.
pub struct Stage {
    /// The program.
    pub server: Server,
    /// The account with many leads.
    pub big: Side,
    /// The account with few.
    pub small: Side,
    /// How many leads the big one has.
    pub leads: u32,
    /// Rows of the file that is imported.
    pub rows: u64,
    /// Where Postgres' log is.
    pub data_dir: PathBuf,
    postgres: LocalPostgres,
    _thrown_away: Option<ThrownAway>,
}

/// An account.
#[derive(Debug, Clone)]
pub struct Side {
    /// Its id.
    pub account: Uuid,
    /// Its owner's e-mail.
    pub email: String,
    /// A key with every scope.
    pub key: String,
}

struct ThrownAway(PathBuf);

impl Drop for ThrownAway {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Stage {
    /// Starts Postgres, fills it unless it was kept full, and starts the program.
    ///
    /// # Errors
    /// When one of them does not start.
    pub fn set(options: &Options) -> Result<Self> {
        let data_dir = options.data.clone().unwrap_or_else(|| {
            std::env::temp_dir().join(format!("leadline-figures-{}", std::process::id()))
        });
        let thrown_away = options.data.is_none().then(|| ThrownAway(data_dir.clone()));
        let postgres = local::start(&local::Options {
            data_dir: data_dir.clone(),
            bin_dir: None,
            durability: Durability::Durable,
        })?;
        let mut conn = db::connect(postgres.url())?;
        db::migrate(&mut conn)?;
        let big = side(&mut conn, "big@bench.example")?;
        let small = side(&mut conn, "small@bench.example")?;
        if kept(&mut conn)? != Some(options.leads as i32) {
            seed::fill(
                &mut conn,
                &[(small.account, FEW), (big.account, options.leads)],
            )?;
        }
        Ok(Self {
            server: Server::start(postgres.url())?,
            big,
            small,
            leads: options.leads,
            rows: options.rows,
            data_dir,
            postgres,
            _thrown_away: thrown_away,
        })
    }

    /// Where the database is, for any client of Postgres.
    pub fn url(&self) -> &str {
        self.postgres.url()
    }

    /// A connection of the bench's own.
    ///
    /// # Errors
    /// When Postgres takes none.
    pub fn connect(&self) -> Result<PgConnection> {
        Ok(db::connect(self.url())?)
    }
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlUuid)]
    account_id: Uuid,
}

/// The account of this owner, made when it is not there, with a new key.
///
/// # Errors
/// When the database refuses.
pub fn side(conn: &mut PgConnection, email: &str) -> Result<Side> {
    let found: Option<Found> =
        diesel::sql_query("SELECT account_id FROM identities WHERE email = $1")
            .bind::<Text, _>(email)
            .get_result(conn)
            .optional()?;
    let id = match found {
        Some(found) => found.account_id,
        None => found_account(conn, email)?,
    };
    let caller = operator(conn, id)?;
    let key = NewKey {
        name: format!("Figures {}", caller.now.timestamp_millis()),
        scopes: Vec::new(),
        expires_at: None,
        person: None,
    };
    let (_, key) = accounts::create_key(conn, &caller, key)?;
    Ok(Side {
        account: id,
        email: email.to_owned(),
        key,
    })
}

fn found_account(conn: &mut PgConnection, email: &str) -> Result<Uuid> {
    let hash = people::hash_password(PASSWORD)?;
    let founding = Founding {
        account: NewAccount {
            name: email.to_owned(),
            default_country: "CL".into(),
            time_zone: "America/Santiago".into(),
        },
        name: "Owner".into(),
        email: email.to_owned(),
    };
    let (account, _) = people::found(conn, founding, &hash, Utc::now(), None)?;
    let caller = operator(conn, account.id)?;
    for place in 1..25 {
        let person = NewUser {
            name: format!("Person {place}"),
            email: format!("person{place}.{email}"),
            role: leadline::caller::Role::Rep,
        };
        people::create_user(conn, &caller, person, &hash)?;
    }
    Ok(account.id)
}

/// The operator of an account, now.
///
/// # Errors
/// When there is no such account.
pub fn operator(conn: &mut PgConnection, account: Uuid) -> Result<Caller> {
    Ok(Caller {
        account: accounts::find(conn, account)?,
        actor: Actor::CommandLine,
        sees: Sees::All,
        request: None,
        now: Utc::now(),
    })
}

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = Integer)]
    leads: i32,
}

/// How many leads an earlier run left here.
fn kept(conn: &mut PgConnection) -> Result<Option<i32>> {
    conn.batch_execute("CREATE TABLE IF NOT EXISTS figures (leads integer NOT NULL)")?;
    let kept: Option<Kept> = diesel::sql_query("SELECT leads FROM figures")
        .get_result(conn)
        .optional()
        .context("the database was kept by another version of the bench")?;
    Ok(kept.map(|kept| kept.leads))
}
