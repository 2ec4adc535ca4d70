//! The command line. Results go to standard output and nothing else does, so that a script can
//! take an id or a key from there; a failure is one sentence on standard error and exit code 1.

mod account;
mod demo;
mod doctor;
mod import;
mod key;
mod logging;
mod said;
mod serve;
mod user;

use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};
use uuid::Uuid;

use crate::accounts;
use crate::caller::{Actor, Caller, Sees};
use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::db::{self, PgConnection};
use crate::error::Result;
use crate::server;

/// A self-hosted lead and outreach system
#[derive(Debug, Parser)]
#[command(name = "leadline", version)]
struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages, API and due work; what happens without a command too
    Serve(serve::Options),
    /// Bring the database up to date
    Migrate,
    /// Load a believable demo account, and print how to sign in and an API key
    Demo,
    /// Work with accounts
    #[command(subcommand)]
    Account(account::Command),
    /// Work with people
    #[command(subcommand)]
    User(user::Command),
    /// Work with API keys
    #[command(subcommand)]
    Key(key::Command),
    /// Enrol the leads of a CSV or XLSX file into a workflow, and print what became of its rows
    Import(import::Options),
    /// List every route: method and path
    Routes,
    /// Say whether the database is fit for use
    Doctor(doctor::Options),
}

/// Runs the command that was typed.
pub fn main() -> ExitCode {
    let Cli { config, command } = Cli::parse();
    let command = command.unwrap_or_else(|| Command::Serve(serve::Options::default()));
    match logging::start(&config).and_then(|()| run(&config, command)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("leadline: {}", said::sentence(&error));
            ExitCode::FAILURE
        }
    }
}

fn run(config: &Config, command: Command) -> Result<ExitCode> {
    match &command {
        Command::Doctor(options) => return doctor::run(config, options),
        Command::Routes => {
            for route in server::routes() {
                println!("{} {}", route.method, route.path);
            }
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let database = config.database()?;
    let (conn, now) = (&mut up_to_date(&database)?, Clock::System.now());
    match command {
        Command::Serve(options) => serve::run(config, &database, conn, &options)?,
        Command::Demo => demo::run(conn, now)?,
        Command::Migrate | Command::Routes | Command::Doctor(_) => {}
        Command::Account(command) => println!("{}", account::run(conn, now, command)?),
        Command::Import(options) => println!("{}", import::run(conn, now, &options)?),
        Command::User(command) => {
            if let Some(said) = user::run(conn, now, command)? {
                println!("{said}");
            }
        }
        Command::Key(command) => {
            if let Some(secret) = key::run(conn, now, command)? {
                println!("{secret}");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A connection to a database with all its tables.
fn up_to_date(database: &Database) -> Result<PgConnection> {
    let mut conn = database.connect()?;
    let run = db::migrate(&mut conn)?;
    if run > 0 {
        tracing::info!(migrations = run, "database brought up to date");
    }
    Ok(conn)
}

/// The operator, in one account.
fn operator(conn: &mut PgConnection, account: Uuid, now: DateTime<Utc>) -> Result<Caller> {
    let account = accounts::find(conn, account)?;
    Ok(Caller {
        account,
        actor: Actor::CommandLine,
        sees: Sees::All,
        request: None,
        now,
    })
}
