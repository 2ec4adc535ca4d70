//! `postmaster.pid`, in which a Postgres server says that it is there, and how far it has come.
//! Its eight lines are described in Postgres' `src/include/utils/pidfile.h`.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::cluster;

const NAME: &str = "postmaster.pid";

/// What a server says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PidFile {
    /// The database folder it runs on: not ours, if ours is a copy of one that runs elsewhere.
    pub(super) folder: PathBuf,
    pub(super) socket_dir: PathBuf,
    /// It takes connections (as opposed to starting or stopping).
    pub(super) ready: bool,
}

/// The pid file of a database folder, if it is there, complete, and about this folder.
pub(super) fn read(folder: &Path) -> Option<PidFile> {
    let found = parse(&fs::read(folder.join(NAME)).ok()?)?;
    (found.folder.canonicalize().ok()? == folder.canonicalize().ok()?).then_some(found)
}

fn parse(content: &[u8]) -> Option<PidFile> {
    let lines: Vec<&[u8]> = content.split(|&byte| byte == b'\n').collect();
    let path = |line: usize| {
        lines
            .get(line)
            .map(|&line| PathBuf::from(OsStr::from_bytes(line)))
    };
    let (folder, socket_dir) = (path(1)?, path(4)?);
    let ready = lines.get(7)?.trim_ascii() == b"ready";
    (!socket_dir.as_os_str().is_empty()).then_some(PidFile {
        folder,
        socket_dir,
        ready,
    })
}

/// Removes what would keep Postgres from starting although it is left over: the pid file, and the like-made one beside
/// the socket. Postgres sees through most, but not through an empty one, nor through one whose number now belongs to
/// another program of the same user, which happens when a container is killed and started again. Called under the
/// lock, so no server of ours is alive; one started by hand still counts.
pub(super) fn forget_if_stale(folder: &Path, socket: &Path) {
    for path in [folder.join(NAME), cluster::lock_of(socket)] {
        let Ok(content) = fs::read_to_string(&path) else {
            continue;
        };
        let stale = match content.lines().next().map(str::parse::<u32>) {
            None => true,
            Some(Ok(pid)) => is_surely_another_program(Path::new("/proc"), pid, folder),
            // A single-user server writes a negative number; let Postgres judge.
            Some(Err(_)) => false,
        };
        if stale {
            // If this fails Postgres refuses to start and says why.
            let _ = fs::remove_file(path);
        }
    }
}

/// True only when `/proc` says so: a process that is gone, or a system without `/proc`, is left to Postgres' own check.
fn is_surely_another_program(proc: &Path, pid: u32, folder: &Path) -> bool {
    let process = proc.join(pid.to_string());
    // "411 (postgres) S 1 …", see proc_pid_stat(5).
    let Ok(stat) = fs::read_to_string(process.join("stat")) else {
        return false;
    };
    let Some((name, state)) = stat.rsplit_once(") ") else {
        return false;
    };
    // Z: killed, but not yet waited for by the program that started it.
    !name.ends_with("(postgres")
        || state.starts_with('Z')
        // A server runs in its database folder; without the right to look, it may be ours.
        || fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd != folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLETE: &[u8] =
        b"411\n/srv/leadline/postgres-15\n1790000000\n5432\n/srv/leadline/run\n\n  8651 3\nready   \n";

    #[test]
    fn a_ready_server_says_where_its_socket_is() {
        let expected = PidFile {
            folder: PathBuf::from("/srv/leadline/postgres-15"),
            socket_dir: PathBuf::from("/srv/leadline/run"),
            ready: true,
        };
        assert_eq!(parse(COMPLETE), Some(expected));
    }

    #[test]
    fn a_server_that_starts_or_stops_is_not_ready() {
        for status in ["starting", "stopping", "standby "] {
            let text = String::from_utf8_lossy(COMPLETE).replace("ready   ", status);
            assert_eq!(
                parse(text.as_bytes()).map(|found| found.ready),
                Some(false),
                "{status}"
            );
        }
    }

    #[test]
    fn a_half_written_pid_file_says_nothing() {
        for length in 0..COMPLETE.len() - "ready   \n".len() - 1 {
            assert_eq!(parse(&COMPLETE[..length]), None);
        }
    }

    #[test]
    fn only_a_process_that_is_not_this_server_makes_a_pid_file_stale() {
        let myself = std::process::id();
        let folder = Path::new("/nowhere/postgres-15");
        let has_proc = Path::new("/proc/self/stat").exists();
        assert_eq!(
            is_surely_another_program(Path::new("/proc"), myself, folder),
            has_proc
        );
        assert!(!is_surely_another_program(
            Path::new("/no-such-proc"),
            myself,
            folder
        ));
    }
}
