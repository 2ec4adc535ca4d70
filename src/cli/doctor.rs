//! `leadline doctor`: is the database fit for use? Looks, and changes nothing.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;

use super::said;
use crate::config::Config;
use crate::db::{self, Inspection, PgConnection};
use crate::error::Result;
use crate::{accounts, audit};

/// The Postgres versions Leadline is tested with.
const MAJORS: std::ops::RangeInclusive<i32> = 15..=18;

/// What can be looked at besides.
#[derive(Debug, Args)]
pub struct Options {
    /// Also read every audit entry, and say which was changed or is missing
    #[arg(long)]
    audit: bool,
}

/// Prints one line a check; exit code 1 when something is wrong.
///
/// # Errors
/// When the database stops answering half-way.
pub fn run(config: &Config, options: &Options) -> Result<ExitCode> {
    let connected = config
        .database()
        .and_then(|database| Ok((database.connect()?, database)));
    let lines = match connected {
        // The private Postgres runs for as long as `_database` is held.
        Ok((mut conn, _database)) => checks(&mut conn, options)?,
        Err(error) => vec![Check::bad("database", said::sentence(&error))],
    };
    for check in &lines {
        println!(
            "{:<5} {:<10} {}",
            if check.good { "ok" } else { "wrong" },
            check.of,
            check.said
        );
    }
    let good = lines.iter().all(|check| check.good);
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

struct Check {
    of: &'static str,
    said: String,
    good: bool,
}

impl Check {
    fn good(of: &'static str, said: impl Into<String>) -> Self {
        Self {
            of,
            said: said.into(),
            good: true,
        }
    }

    fn bad(of: &'static str, said: impl Into<String>) -> Self {
        Self {
            of,
            said: said.into(),
            good: false,
        }
    }
}

fn checks(conn: &mut PgConnection, options: &Options) -> Result<Vec<Check>> {
    let found = db::inspect(conn)?;
    let mut checks = of_postgres(found);
    if found.pending == Some(0) {
        let count = accounts::count(conn)?;
        checks.push(Check::good("accounts", count.to_string()));
        if options.audit {
            checks.extend(of_audit(conn)?);
        }
    }
    Ok(checks)
}

fn said_in_hex(mut said: String, byte: &u8) -> String {
    // Writing to a String can't fail.
    let _ = write!(said, "{byte:02x}");
    said
}

/// A line for each account, and one for each fault.
fn of_audit(conn: &mut PgConnection) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    for (id, name) in accounts::names(conn)? {
        let found = audit::verify(conn, id)?;
        let head = found.head.as_deref().map_or_else(
            || "no chain yet".to_owned(),
            |head| head.iter().fold("chain ".to_owned(), said_in_hex),
        );
        let (sound, waiting) = (found.sound, found.waiting);
        checks.push(Check {
            of: "audit",
            said: format!("{name}: {sound} entries sound, {waiting} to be sealed, {head}"),
            good: found.wrong == 0,
        });
        let told = found.faults.len();
        let faults = found.faults.into_iter();
        checks.extend(faults.map(|fault| Check::bad("audit", format!("{name}: {fault}"))));
        if found.wrong > told {
            let more = found.wrong - told;
            checks.push(Check::bad(
                "audit",
                format!("{name}: and {more} more faults"),
            ));
        }
    }
    Ok(checks)
}

fn of_postgres(found: Inspection) -> Vec<Check> {
    let major = found.major;
    let (oldest, newest) = (MAJORS.start(), MAJORS.end());
    vec![
        Check::good("database", "reachable"),
        match MAJORS.contains(&major) {
            true => Check::good("version", format!("Postgres {major}")),
            false => {
                let said = format!("Postgres {major}; Leadline needs {oldest} to {newest}");
                Check::bad("version", said)
            }
        },
        match found.has_trigrams {
            true => Check::good("pg_trgm", "available"),
            false => Check::bad("pg_trgm", "missing; install Postgres's contrib package"),
        },
        match found.pending {
            Some(0) => Check::good("migrations", "all have run"),
            Some(n) => Check::bad(
                "migrations",
                format!("{n} to run; `leadline migrate` does it"),
            ),
            None => Check::bad("migrations", "none has run; `leadline migrate` does it"),
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(found: Inspection) -> Vec<&'static str> {
        of_postgres(found)
            .iter()
            .filter(|check| !check.good)
            .map(|check| check.of)
            .collect()
    }

    #[test]
    fn each_fault_is_told_apart() {
        let fit = Inspection {
            major: 17,
            has_trigrams: true,
            pending: Some(0),
        };
        assert!(wrong(fit).is_empty());
        assert_eq!(wrong(Inspection { major: 14, ..fit }), ["version"]);
        assert_eq!(
            wrong(Inspection {
                has_trigrams: false,
                ..fit
            }),
            ["pg_trgm"]
        );
        assert_eq!(
            wrong(Inspection {
                pending: Some(1),
                ..fit
            }),
            ["migrations"]
        );
        assert_eq!(
            wrong(Inspection {
                pending: None,
                ..fit
            }),
            ["migrations"]
        );
    }
}
