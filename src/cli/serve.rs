//! `leadline serve`.

use clap::{Args, ValueEnum};

use super::demo;
use crate::accounts;
use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::db::PgConnection;
use crate::error::Result;
use crate::outreach::Policy;
use crate::server::{self, Role, Settings};

/// What to serve.
#[derive(Debug, Clone, Default, Args)]
pub struct Options {
    /// What this process does
    #[arg(long, value_enum, default_value = "all")]
    role: RoleName,

    /// Load the demo account first when there is no account yet
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum RoleName {
    /// Pages, API and due work
    #[default]
    All,
    /// Pages and API
    Web,
    /// Due work
    Worker,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::All => Self::All,
            RoleName::Web => Self::Web,
            RoleName::Worker => Self::Worker,
        }
    }
}

/// Serves until SIGTERM or SIGINT; the database is up to date already.
pub fn run(
    config: &Config,
    database: &Database,
    conn: &mut PgConnection,
    options: &Options,
) -> Result<()> {
    if options.demo && !accounts::any(conn)? {
        demo::run(conn, Clock::System.now())?;
    }
    let running = server::start(Settings {
        uploads: config.uploads()?,
        listen: config.listen,
        database_url: database.url.clone(),
        public_url: config.public_url.clone(),
        trust_proxy: config.trust_proxy,
        policy: Policy {
            allow_private: config.webhook_allow_private,
        },
        workers: config.workers,
        role: options.role.into(),
        signals: true,
        clock: Clock::System,
    })?;
    if let Some(addr) = running.addr {
        let url = config
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{addr}"));
        eprintln!("Leadline is at {url}");
    }
    running.wait()
}
