//! How fast Leadline is and how much memory it takes, beside what Postgres itself can do on the
//! same machine in the same minute.
//!
//! `cargo bench --bench figures` fills a Postgres of its own with a million leads, runs the
//! release program beside it, and measures. `-- --leads 100000` is a quicker run; `-- --data DIR`
//! keeps the database in DIR for the next one; `-- --only due` measures one part of it; `-- --rows
//! 1000000` is a larger file to import. The client, the server and Postgres share the machine's
//! cores. What falls short is said in the last line; that is not a failure.

mod auditing;
mod browser;
mod claims;
mod due;
mod files;
mod http;
mod imports;
mod load;
mod pages;
mod pgbench;
mod reading;
mod report;
mod reps;
mod rotating;
mod seed;
mod server;
mod stage;
mod statements;
mod writing;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use report::Report;
use stage::Stage;

/// What can be chosen on the command line.
#[derive(Debug, Clone)]
pub struct Options {
    /// Leads of the big account.
    pub leads: u32,
    /// Rows of the file that is imported.
    pub rows: u64,
    /// Where the database is kept; thrown away without one.
    pub data: Option<PathBuf>,
    /// The part to be measured; all of them without one.
    pub only: Option<String>,
}

/// Leads of the small account, whose pages the big one's are compared with.
pub const FEW: u32 = 10_000;

type Measure = fn(&Stage, &mut Report) -> Result<()>;

const PARTS: [(&str, Measure); 10] = [
    ("pages", pages::measure),
    ("reps", reps::measure),
    ("reading", reading::measure),
    ("writing", writing::measure),
    ("rotating", rotating::measure),
    ("auditing", auditing::measure),
    ("due", due::measure),
    ("memory", memory),
    ("files", files::measure),
    ("imports", imports::measure),
];

fn main() -> Result<()> {
    let options = options()?;
    let mut report = Report::new(&options);
    let stage = Stage::set(&options)?;
    let at_rest = stage.server.at_rest()?;
    report.memory("memory of the server, at rest", at_rest.now, 40);
    for (name, measure) in PARTS {
        if options.only.as_deref().is_none_or(|only| only == name) {
            measure(&stage, &mut report)?;
        }
    }
    drop(stage);
    report.finish();
    Ok(())
}

/// What pages, calls and due work have taken; files may take more.
fn memory(stage: &Stage, report: &mut Report) -> Result<()> {
    let busy = stage.server.memory()?;
    report.memory("memory of the server, at its most", busy.most, 120);
    Ok(())
}

fn options() -> Result<Options> {
    let mut options = Options {
        leads: 1_000_000,
        rows: 100_000,
        data: None,
        only: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .with_context(|| format!("{word} needs a value"))
        };
        match word.as_str() {
            // Cargo says this to every bench.
            "--bench" => {}
            "--leads" => options.leads = value()?.parse().context("--leads takes a number")?,
            "--rows" => options.rows = value()?.parse().context("--rows takes a number")?,
            "--data" => options.data = Some(value()?.into()),
            "--only" => {
                let name = value()?;
                let names = PARTS.map(|(name, _)| name);
                if !names.contains(&name.as_str()) {
                    bail!("--only takes one of {}", names.join(", "));
                }
                options.only = Some(name);
            }
            _ => bail!(
                "{word} is no option; --leads NUMBER, --rows NUMBER, --data DIR and --only PART are"
            ),
        }
    }
    if options.leads < FEW {
        bail!("--leads must be at least {FEW}");
    }
    Ok(options)
}
