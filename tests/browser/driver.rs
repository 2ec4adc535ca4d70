//! chromedriver, through which Chromium is steered.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The program between us and Chromium.
pub struct Driver {
    process: Child,
    pub address: String,
    pub profile: PathBuf,
}

impl Driver {
    pub fn start() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let mut command = Command::new(required("LEADLINE_CHROMEDRIVER"));
        command
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = command.spawn().expect("chromedriver starts");
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = said.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let profile = format!(
            "profile-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        Self {
            process,
            address: format!(
                "http://127.0.0.1:{}",
                port.expect("chromedriver names its port")
            ),
            profile: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(profile),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// What bin/test sets; without a browser these tests fail, they are not skipped.
pub fn required(name: &str) -> String {
    env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set; run these tests with bin/test browser"))
}
