//! The configuration: flags, each with a variable of the environment, each with a default that
//! works. And the database that follows from it.

use std::env;
use std::net::{SocketAddr, ToSocketAddrs};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, ValueEnum};

use crate::db::local::{self, Durability, LocalPostgres, Options};
use crate::db::{self, PgConnection};
use crate::error::{Error, Result};
use crate::uploads::Uploads;

/// All settings.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub struct Config {
    /// The Postgres to use; without one, Leadline runs a private one of its own
    #[arg(
        long,
        env = "DATABASE_URL",
        value_name = "URL",
        hide_env_values = true,
        global = true
    )]
    pub database_url: Option<String>,

    /// Where the private Postgres and uploads live [default: a folder of the user's; /var/lib/leadline for root]
    #[arg(long, env = "LEADLINE_DATA_DIR", value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,

    /// The folder with the `initdb` and `postgres` of the private Postgres [default: looked for]
    #[arg(long, env = "LEADLINE_POSTGRES_BIN", value_name = "DIR", global = true)]
    pub postgres_bin: Option<PathBuf>,

    /// Address and port to listen on
    #[arg(long, env = "LEADLINE_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = parse_address, global = true)]
    pub listen: SocketAddr,

    /// Where people reach Leadline, for links; https makes cookies secure [default: http:// and the address listened on]
    #[arg(long, env = "LEADLINE_PUBLIC_URL", value_name = "URL", value_parser = parse_public_url, global = true)]
    pub public_url: Option<String>,

    /// Take the client's address from X-Forwarded-For; only behind a proxy that sets it
    #[arg(long, env = "LEADLINE_TRUST_PROXY", value_name = "BOOL", default_value = "false", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = BoolishValueParser::new(), action = ArgAction::Set, global = true)]
    pub trust_proxy: bool,

    /// Let webhooks and connectors reach private addresses, and by plain HTTP
    #[arg(long, env = "LEADLINE_WEBHOOK_ALLOW_PRIVATE", value_name = "BOOL", default_value = "false", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = BoolishValueParser::new(), action = ArgAction::Set, global = true)]
    pub webhook_allow_private: bool,

    /// Threads that answer requests [default: one a core]
    #[arg(long, env = "LEADLINE_WORKERS", value_name = "NUMBER", global = true)]
    pub workers: Option<NonZeroUsize>,

    /// What to log: a level, or levels by module, as `warn,leadline=debug`
    #[arg(
        long,
        env = "LEADLINE_LOG",
        value_name = "FILTER",
        default_value = "info",
        global = true
    )]
    pub log: String,

    /// How log lines look
    #[arg(
        long,
        env = "LEADLINE_LOG_FORMAT",
        value_name = "FORMAT",
        value_enum,
        default_value = "text",
        global = true
    )]
    pub log_format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The database in use; a private Postgres that this process started stops when this is dropped.
#[derive(Debug)]
pub struct Database {
    /// Where it is.
    pub url: String,
    _local: Option<LocalPostgres>,
}

impl Database {
    /// One connection, as the command line uses.
    ///
    /// # Errors
    /// [`Error::Internal`] when Postgres can't be reached.
    pub fn connect(&self) -> Result<PgConnection> {
        db::connect(&self.url)
    }
}

impl Config {
    /// The database of `DATABASE_URL`, or the private one, started or joined. To be called from
    /// the main thread: the private Postgres ends with the thread that started it.
    ///
    /// # Errors
    /// [`Error::Internal`] with a sentence that says what to do.
    pub fn database(&self) -> Result<Database> {
        if let Some(url) = self
            .database_url
            .as_ref()
            .filter(|url| !url.trim().is_empty())
        {
            return Ok(Database {
                url: url.clone(),
                _local: None,
            });
        }
        let local = local::start(&Options {
            data_dir: self.data_dir()?,
            bin_dir: self.postgres_bin.clone(),
            durability: Durability::Durable,
        })
        .map_err(Error::internal)?;
        Ok(Database {
            url: local.url().to_owned(),
            _local: Some(local),
        })
    }

    /// Where people reach Leadline, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// Whether cookies may only travel over TLS.
    pub fn secure_cookies(&self) -> bool {
        self.public_url
            .as_ref()
            .is_some_and(|url| url.starts_with("https://"))
    }

    /// Where uploaded files are kept.
    ///
    /// # Errors
    /// [`Error::Internal`] when there is no folder for data.
    pub fn uploads(&self) -> Result<Uploads> {
        Ok(Uploads::of(&self.data_dir()?))
    }

    fn data_dir(&self) -> Result<PathBuf> {
        if let Some(chosen) = &self.data_dir {
            return Ok(chosen.clone());
        }
        default_data_dir(
            local::is_root(),
            env::var_os("XDG_DATA_HOME").map(PathBuf::from),
            env::var_os("HOME").map(PathBuf::from),
        )
        .ok_or_else(|| Error::internal("there is no HOME to keep data in; set LEADLINE_DATA_DIR"))
    }
}

fn default_data_dir(
    is_root: bool,
    xdg_data_home: Option<PathBuf>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    if is_root {
        return Some(PathBuf::from("/var/lib/leadline"));
    }
    let home = home.filter(|home| home.is_absolute());
    if cfg!(target_os = "macos") {
        return home.map(|home| home.join("Library/Application Support/leadline"));
    }
    // A relative one is to be ignored (XDG Base Directory Specification).
    let xdg = xdg_data_home.filter(|dir| dir.is_absolute());
    xdg.or_else(|| home.map(|home| home.join(".local/share")))
        .map(|dir| dir.join("leadline"))
}

fn parse_address(text: &str) -> Result<SocketAddr, String> {
    let mut addresses = text
        .to_socket_addrs()
        .map_err(|_| "write it as ADDRESS:PORT, as 127.0.0.1:8080".to_owned())?;
    addresses.next().ok_or_else(|| "no such address".to_owned())
}

/// Scheme and host, kept without the slash at the end.
fn parse_public_url(text: &str) -> Result<String, String> {
    let url = text.trim().trim_end_matches('/');
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host)
            if !host.is_empty()
                && host
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c)) =>
        {
            Ok(url.to_owned())
        }
        _ => Err("write it as https://crm.example.com, without a path".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_lives_in_a_folder_of_the_user() {
        let path = |text: &str| Some(PathBuf::from(text));
        assert_eq!(
            default_data_dir(true, None, path("/root")),
            path("/var/lib/leadline")
        );
        assert_eq!(default_data_dir(false, None, None), None);
        if !cfg!(target_os = "macos") {
            let of = |xdg, home| default_data_dir(false, xdg, home);
            assert_eq!(
                of(None, path("/home/ann")),
                path("/home/ann/.local/share/leadline")
            );
            assert_eq!(of(path("/data"), path("/home/ann")), path("/data/leadline"));
            assert_eq!(
                of(path("x"), path("/home/ann")),
                path("/home/ann/.local/share/leadline")
            );
        }
    }

    #[test]
    fn a_public_url_is_a_scheme_and_a_host() {
        assert_eq!(
            parse_public_url("https://crm.example.com/"),
            Ok("https://crm.example.com".into())
        );
        assert_eq!(
            parse_public_url("http://[::1]:8080"),
            Ok("http://[::1]:8080".into())
        );
        for text in [
            "",
            "crm.example.com",
            "https://",
            "https://a/b",
            "ftp://a",
            "https://a b",
        ] {
            assert!(parse_public_url(text).is_err(), "{text}");
        }
    }
}
