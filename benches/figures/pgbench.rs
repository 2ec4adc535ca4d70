//! What Postgres itself can do, measured with its own programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::stage::Stage;

/// Transactions a second of a script at so many clients; nothing where there is no pgbench.
///
/// # Errors
/// When the script fails.
pub fn rate(stage: &Stage, script: &str, clients: usize, seconds: u64) -> Result<Option<f64>> {
    let Some(pgbench) = find("pgbench") else {
        return Ok(None);
    };
    let path = stage.data_dir.join("figures.sql");
    fs::write(&path, script)?;
    let output = Command::new(pgbench)
        .args(["-n", "-M", "prepared", "-j", "2"])
        .args(["-c", &clients.to_string(), "-T", &seconds.to_string(), "-f"])
        .arg(&path)
        .arg(stage.url())
        .output()?;
    fs::remove_file(&path)?;
    let said = String::from_utf8_lossy(&output.stdout);
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let tps = tps.and_then(|tps| tps.split_whitespace().next()?.parse().ok());
    if !output.status.success() || tps.is_none() {
        bail!("pgbench: {said}{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(tps)
}

/// Runs commands of psql, a line each; `false` where there is no psql.
///
/// # Errors
/// When one fails.
pub fn psql(stage: &Stage, commands: &[&str]) -> Result<bool> {
    let Some(psql) = find("psql") else {
        return Ok(false);
    };
    let mut command = Command::new(psql);
    command.args(["-q", "-X", "-v", "ON_ERROR_STOP=1"]);
    for line in commands {
        command.args(["-c", line]);
    }
    let output = command.arg(stage.url()).output()?;
    if !output.status.success() {
        bail!("psql: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(true)
}

/// A program of Postgres, on the path or beside a server.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|dir| dir.join(name));
    let beside = newest(Path::new("/usr/lib/postgresql")).into_iter();
    on_path
        .chain(beside.map(|dir| dir.join("bin").join(name)))
        .find(|program| program.is_file())
}

fn newest(dir: &Path) -> Vec<PathBuf> {
    let mut dirs: Vec<PathBuf> = fs::read_dir(dir)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    dirs.sort();
    dirs.reverse();
    dirs
}

/// The statement with its parameters put in, as pgbench's scripts have them.
///
/// # Errors
/// When it has another parameter.
pub fn filled(statement: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut filled = statement.to_owned();
    for (before, value) in values {
        let at = filled
            .find(before)
            .with_context(|| format!("no {before} in {statement}"))?
            + before.len();
        let end = filled[at..]
            .find(|c: char| c != '$' && !c.is_ascii_digit())
            .map_or(filled.len(), |length| at + length);
        filled.replace_range(at..end, value);
    }
    if filled.contains('$') {
        bail!("a parameter that the bench does not know, in {filled}");
    }
    Ok(filled)
}
