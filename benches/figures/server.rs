//! The release program, as a process of its own.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// A running server; it ends with this value.
pub struct Server {
    /// Where it listens.
    pub addr: SocketAddr,
    child: Child,
}

/// What it takes of the machine's memory, in KiB.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// Now.
    pub now: u64,
    /// At its most.
    pub most: u64,
}

impl Server {
    /// Starts it on this database and waits until it listens.
    ///
    /// # Errors
    /// When it does not within 20 s.
    pub fn start(database_url: &str) -> Result<Self> {
        let addr = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let child = Command::new(env!("CARGO_BIN_EXE_leadline"))
            .args(["serve", "--role", "web"])
            .env("DATABASE_URL", database_url)
            .env("LEADLINE_LISTEN", addr.to_string())
            .env("LEADLINE_LOG", "warn")
            .env("LEADLINE_RATE_LIMIT", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        let mut server = Self { addr, child };
        let patience = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(addr).is_err() {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended at once: {status}");
            }
            if Instant::now() > patience {
                bail!("the server does not listen on {addr}");
            }
            sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    /// A program beside it that does due work on the same database, and has its uploads here.
    ///
    /// # Errors
    /// When it does not start.
    pub fn worker(database_url: &str, data_dir: &Path) -> Result<Self> {
        let addr = ([127, 0, 0, 1], 0).into();
        let child = Command::new(env!("CARGO_BIN_EXE_leadline"))
            .args(["serve", "--role", "worker"])
            .env("DATABASE_URL", database_url)
            .env("LEADLINE_DATA_DIR", data_dir)
            .env("LEADLINE_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        Ok(Self { addr, child })
    }

    /// What it takes once it has read what it needs: when nothing was added for a second.
    ///
    /// # Errors
    /// As [`Server::memory`].
    pub fn at_rest(&self) -> Result<Memory> {
        let mut before = self.memory()?;
        loop {
            sleep(Duration::from_secs(1));
            let now = self.memory()?;
            if now.now <= before.now {
                return Ok(now);
            }
            before = now;
        }
    }

    /// What it takes now, and took at its most.
    ///
    /// # Errors
    /// When the system does not tell, as on macOS.
    pub fn memory(&self) -> Result<Memory> {
        let path = format!("/proc/{}/status", self.child.id());
        let status = fs::read_to_string(&path).with_context(|| format!("can't read {path}"))?;
        let kib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok())
                .with_context(|| format!("{path} says no {name}"))
        };
        Ok(Memory {
            now: kib("VmRSS:")?,
            most: kib("VmHWM:")?,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
