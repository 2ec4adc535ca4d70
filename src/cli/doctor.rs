//! `leadline doctor`: is the database fit for use? Looks, and changes nothing.

use std::process::ExitCode;

use super::said;
use crate::accounts;
use crate::config::Config;
use crate::db::{self, Inspection, PgConnection};
use crate::error::Result;

/// The Postgres versions Leadline is tested with.
const MAJORS: std::ops::RangeInclusive<i32> = 15..=18;

/// Prints one line a check; exit code 1 when something is wrong.
///
/// # Errors
/// When the database stops answering half-way.
pub fn run(config: &Config) -> Result<ExitCode> {
    let connected = config
        .database()
        .and_then(|database| Ok((database.connect()?, database)));
    let lines = match connected {
        // The private Postgres runs for as long as `_database` is held.
        Ok((mut conn, _database)) => checks(&mut conn)?,
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

fn checks(conn: &mut PgConnection) -> Result<Vec<Check>> {
    let found = db::inspect(conn)?;
    let mut checks = of_postgres(found);
    if found.pending == Some(0) {
        let count = accounts::count(conn)?;
        checks.push(Check::good("accounts", count.to_string()));
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
