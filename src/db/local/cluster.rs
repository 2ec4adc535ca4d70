//! The database folder: its name, its creation, the settings it is run with, and where its socket goes.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::binaries::Binaries;
use super::process;
use super::run_as::RunAs;
use super::{Durability, LocalError, NAME, PORT};

/// The longest path that fits into `sockaddr_un` with its end mark.
const LONGEST_SOCKET: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// The database folder of one major version.
pub(super) fn folder(data_dir: &Path, major: u32) -> PathBuf {
    data_dir.join(format!("postgres-{major}"))
}

/// The newest major version that there is data of.
pub(super) fn newest(data_dir: &Path) -> Option<u32> {
    fs::read_dir(data_dir)
        .ok()?
        .filter_map(|entry| {
            entry
                .ok()?
                .file_name()
                .to_str()?
                .strip_prefix("postgres-")?
                .parse()
                .ok()
        })
        .max()
}

/// Creates the database folder with the database in it. It carries another name until it is complete, so that one
/// that was cut short is never taken for a whole one; a left-over is removed first.
pub(super) fn create(
    folder: &Path,
    binaries: &Binaries,
    run_as: &RunAs,
    durability: Durability,
    lock: &File,
) -> Result<(), LocalError> {
    let partial = folder.with_extension("partial");
    let attempt = |locale: &str| -> Result<(), String> {
        let clean = || -> io::Result<()> {
            match fs::remove_dir_all(&partial) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        };
        clean().map_err(|error| format!("a left-over could not be removed: {error}"))?;
        run_as
            .own_private_dir(&partial)
            .map_err(|error| error.to_string())?;
        let mut initdb = run_as.command(&binaries.initdb());
        initdb
            .args(["-E", "UTF8", "-A", "trust", "-U", NAME])
            .arg(format!("--locale={locale}"));
        initdb.arg(match durability {
            Durability::Durable => "--data-checksums",
            Durability::Throwaway => "--no-sync",
        });
        initdb.arg("-D").arg(&partial);
        said(run(initdb, b"", lock))?;

        // Postgres makes no database at creation but its own, and there is no client here to ask for one.
        let mut single = run_as.command(&binaries.postgres());
        single.args(["--single", "-c", "exit_on_error=on"]);
        if durability == Durability::Throwaway {
            single.arg("-F");
        }
        single.arg("-D").arg(&partial).arg("postgres");
        said(run(
            single,
            format!("CREATE DATABASE {NAME}\n").as_bytes(),
            lock,
        ))
    };
    attempt("C.UTF-8")
        // Older macOS has no such locale. `C` sorts the same bytes the same way, and the encoding is UTF8 either way.
        .or_else(|said| {
            if said.contains("invalid locale name") {
                attempt("C")
            } else {
                Err(said)
            }
        })
        .map_err(|said| LocalError::NotCreated {
            folder: folder.to_owned(),
            said,
        })?;

    let parent = folder.parent().unwrap_or(folder);
    fs::rename(&partial, folder)
        // The new name must survive a power cut as the files do.
        .and_then(|()| File::open(parent)?.sync_all())
        .map_err(LocalError::io("finish", folder))
}

fn run(mut command: Command, input: &[u8], lock: &File) -> io::Result<Output> {
    process::tie_to_this_process(&mut command, lock);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ended early says so itself; a broken pipe adds nothing.
        let _ = stdin.write_all(input);
    }
    child.wait_with_output()
}

fn said(result: io::Result<Output>) -> Result<(), String> {
    match result {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(process::last_lines(&String::from_utf8_lossy(
            &output.stderr,
        ))),
        Err(error) => Err(error.to_string()),
    }
}

/// The folder for the socket: `run` in the data folder, or where that path is too long for a socket, a short one in
/// `/tmp` that is the same at every start. The same for a path with a comma, which libpq takes for two hosts.
pub(super) fn socket_dir(data_dir: &Path) -> PathBuf {
    let dir = data_dir.join("run");
    let path = socket(&dir).into_os_string();
    if path.len() <= LONGEST_SOCKET && !path.as_bytes().contains(&b',') {
        return dir;
    }
    // FNV-1a: stable for ever, unlike the standard library's hasher.
    let hash = data_dir
        .as_os_str()
        .as_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    PathBuf::from(format!("/tmp/leadline-{hash:016x}"))
}

/// The socket in such a folder.
pub(super) fn socket(dir: &Path) -> PathBuf {
    dir.join(format!(".s.PGSQL.{PORT}"))
}

/// The file beside a socket in which Postgres says who made it.
pub(super) fn lock_of(socket: &Path) -> PathBuf {
    let mut path = socket.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}

/// Everything that differs from Postgres' own defaults. On the command line, not in a file, so that a newer Leadline
/// brings newer settings to an older folder.
pub(super) fn settings(durability: Durability, socket_dir: &Path) -> Vec<OsString> {
    let common = [
        "listen_addresses=", // the socket is the only way in, and its folder is private
        "unix_socket_permissions=0700",
        "cluster_name=leadline",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_line_prefix=%m [%p] ",
        // Leadline logs what it asked in vain; here only what happens to the server itself. No personal data.
        "log_min_messages=log",
        "log_min_error_statement=panic",
        "log_error_verbosity=terse",
        "log_checkpoints=off",
        "jit=off",
        "random_page_cost=1.1",
        "max_wal_size=2GB",
        "checkpoint_timeout=15min",
    ];
    let durable = [
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "max_connections=100",
        "shared_buffers=256MB",
        "effective_cache_size=1GB",
        "maintenance_work_mem=128MB",
        "work_mem=16MB",
        "wal_compression=on",
    ];
    let throwaway = [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_connections=200",
        "shared_buffers=128MB",
        "wal_level=minimal",
        "max_wal_senders=0",
    ];
    let chosen: &[&str] = match durability {
        Durability::Durable => &durable,
        Durability::Throwaway => &throwaway,
    };
    let mut all: Vec<OsString> = common.iter().chain(chosen).map(OsString::from).collect();
    all.push(format!("port={PORT}").into());
    // A list of folders, so in quotes, lest a space at an end or the like be taken for something else.
    let mut sockets = OsString::from("unix_socket_directories=\"");
    sockets.push(socket_dir);
    sockets.push("\"");
    all.push(sockets);
    all.into_iter()
        .flat_map(|setting| [OsString::from("-c"), setting])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_lives_in_the_data_folder_while_its_path_fits() {
        let fits = LONGEST_SOCKET - "/run/.s.PGSQL.5432".len();
        let longest = PathBuf::from(format!("/{}", "x".repeat(fits - 1)));
        assert_eq!(socket_dir(&longest), longest.join("run"));
        assert_eq!(
            socket(&socket_dir(&longest)).as_os_str().len(),
            LONGEST_SOCKET
        );
    }

    #[test]
    fn a_data_folder_with_a_long_path_gets_a_short_socket_folder_of_its_own() {
        let long = |end: &str| socket_dir(&PathBuf::from(format!("/{}{end}", "x".repeat(120))));
        assert_eq!(long("a"), long("a"));
        assert_ne!(long("a"), long("b"));
        assert!(long("a").starts_with("/tmp"));
        assert!(socket(&long("a")).as_os_str().len() < 60);
        assert!(socket_dir(Path::new("/srv/ours, all of it")).starts_with("/tmp"));
    }

    #[test]
    fn only_a_test_run_is_allowed_to_lose_what_it_wrote() {
        let has = |durability, setting: &str| {
            settings(durability, Path::new("/x"))
                .iter()
                .any(|given| given == setting)
        };
        assert!(has(Durability::Durable, "fsync=on") && !has(Durability::Durable, "fsync=off"));
        assert!(has(Durability::Throwaway, "fsync=off"));
        assert!(
            has(Durability::Durable, "listen_addresses=")
                && has(Durability::Throwaway, "listen_addresses=")
        );
    }
}
