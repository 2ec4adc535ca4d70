//! Running Postgres' programs: never outliving us, stopped in an orderly way, and with what they said at hand.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use super::{LocalError, POLL};

/// A log longer than this (in bytes) is put aside at the next start.
const LONGEST_LOG: u64 = 4 << 20;
/// How long an orderly shutdown may take before it is cut short; nothing committed is lost either way.
const LONGEST_STOP: Duration = Duration::from_secs(60);

/// A server that this process started.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    /// Keeps the thread that started it alive: see [`Server::spawn`].
    _tether: Sender<()>,
}

impl Server {
    /// Starts a server that holds `lock` for as long as any part of it lives. Linux ends it when the *thread* that
    /// started it ends, so that is a thread of its own, which lives as long as the [`Server`] or the process.
    pub(super) fn spawn(mut command: Command, lock: &File) -> io::Result<Self> {
        tie_to_this_process(&mut command, lock);
        command.stdout(Stdio::null());
        let (give, take) = channel();
        let (tether, until_gone) = channel::<()>();
        thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || {
                let started = give.send(command.spawn());
                if started.is_ok() {
                    let _ = until_gone.recv();
                }
            })?;
        let child = take.recv().map_err(io::Error::other)??;
        Ok(Self {
            child,
            _tether: tether,
        })
    }

    /// How it ended, if it has.
    pub(super) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Ends it and waits until it is gone.
    pub(super) fn stop(mut self) {
        // SIGINT is "fast shutdown", SIGQUIT "immediate": see Postgres' manual, "Shutting Down the Server".
        for signal in [libc::SIGINT, libc::SIGQUIT] {
            let deadline = Instant::now() + LONGEST_STOP;
            if self.ended().is_none() {
                send(&self.child, signal);
            }
            while Instant::now() < deadline {
                if self.ended().is_some() {
                    return;
                }
                sleep(POLL);
            }
        }
    }
}

/// Makes a program keep `lock` open, end with us (on Linux; elsewhere a later start joins it), and not be hit by the
/// terminal's Ctrl-C, which is ours to turn into an orderly end.
pub(super) fn tie_to_this_process(command: &mut Command, lock: &File) {
    command.process_group(0);
    before_exec(command, lock.as_raw_fd());
}

#[allow(unsafe_code)]
fn before_exec(command: &mut Command, lock: RawFd) {
    #[cfg(target_os = "linux")]
    let parent = std::process::id();
    // SAFETY: the closure runs between fork and exec, and only makes async-signal-safe system calls, allocates
    // nothing, and captures plain numbers. `lock` is open in the child because the caller holds it across the spawn.
    unsafe {
        command.pre_exec(move || {
            if libc::fcntl(lock, libc::F_SETFD, 0) == -1 {
                return Err(io::Error::last_os_error());
            }
            #[cfg(target_os = "linux")]
            {
                if libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGINT) == -1 {
                    return Err(io::Error::last_os_error());
                }
                // We may have died before the line above.
                if libc::getppid() as u32 != parent {
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
            }
            Ok(())
        });
    }
}

#[allow(unsafe_code)]
fn send(child: &Child, signal: libc::c_int) {
    // SAFETY: kill has no memory effects, and the number is still our child's: only `child`, which we hold, reaps it.
    unsafe {
        libc::kill(child.id() as libc::pid_t, signal);
    }
}

/// Opens the server's log for appending, and says how long it already is. A long one is put aside first.
pub(super) fn open_log(path: &Path) -> Result<(File, u64), LocalError> {
    if fs::metadata(path).is_ok_and(|log| log.len() > LONGEST_LOG) {
        fs::rename(path, path.with_extension("log.1"))
            .map_err(LocalError::io("put aside", path))?;
    }
    let open = || {
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(path)?;
        let length = log.metadata()?.len();
        Ok((log, length))
    };
    open().map_err(LocalError::io("open", path))
}

/// The last lines of a log, of those written after its first `start` bytes.
pub(super) fn last_words(log: &Path, start: u64) -> String {
    let mut bytes = Vec::new();
    let read = File::open(log).and_then(|mut file| {
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(start.max(length.saturating_sub(4096))))?;
        file.read_to_end(&mut bytes)
    });
    match read {
        Ok(length) if length > 0 => last_lines(&String::from_utf8_lossy(&bytes)),
        _ => format!("it left nothing in {}", log.display()),
    }
}

/// The last five lines that say something, as one.
pub(super) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines[lines.len().saturating_sub(5)..].join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_said_is_cut_to_its_last_five_lines() {
        assert_eq!(last_lines("1\n2\n\n3\n 4\n5\n6\n"), "2 / 3 / 4 / 5 / 6");
        assert_eq!(last_lines(""), "");
    }
}
