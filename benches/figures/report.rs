//! The table, and the last line that says what falls short.

use crate::Options;

/// What was measured so far.
pub struct Report {
    bars: usize,
    short: Vec<String>,
}

impl Report {
    /// Says what is measured, and on what.
    pub fn new(options: &Options) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        println!(
            "{} leads; the client, the server and Postgres share {cores} cores\n",
            options.leads
        );
        Self {
            bars: 0,
            short: Vec::new(),
        }
    }

    /// A figure beside the limit of the machine, and the share of it that is asked for.
    pub fn share(&mut self, what: &str, unit: &str, measured: f64, limit: Option<f64>, least: f64) {
        let Some(limit) = limit else {
            println!(
                "{what:<52} {measured:>10.0} {unit:<7} (no pgbench or psql here to find the limit with)"
            );
            self.miss(what);
            return;
        };
        let ratio = measured / limit;
        let figure = format!("{measured:>10.0} {unit:<7} of {limit:>8.0}, {ratio:.2}");
        self.say(
            what,
            &figure,
            &format!("at least {least:.2}"),
            ratio >= least,
        );
    }

    /// A figure that has to stay at or under a bar.
    pub fn most(&mut self, what: &str, unit: &str, measured: f64, most: f64) {
        let figure = format!("{measured:>10.1} {unit:<7}");
        self.say(what, &figure, &format!("at most {most}"), measured <= most);
    }

    /// Memory, in KiB, beside its bar in MiB.
    pub fn memory(&mut self, what: &str, kib: u64, most: u32) {
        self.most(what, "MiB", kib as f64 / 1024.0, f64::from(most));
    }

    /// Something to know that has no bar.
    pub fn note(&self, what: &str) {
        println!("    {what}");
    }

    /// The last line.
    pub fn finish(self) {
        if self.short.is_empty() {
            println!("\nfigures: all {} bars are met", self.bars);
        } else {
            println!(
                "\nfigures: {} of {} fall short: {}",
                self.short.len(),
                self.bars,
                self.short.join("; ")
            );
        }
    }

    fn say(&mut self, what: &str, figure: &str, bar: &str, met: bool) {
        let verdict = if met { "ok" } else { "FALLS SHORT" };
        println!("{what:<52} {figure:<38} {bar:<14} {verdict}");
        self.bars += 1;
        if !met {
            self.short.push(what.to_owned());
        }
    }

    fn miss(&mut self, what: &str) {
        self.bars += 1;
        self.short.push(format!("{what} (limit not measured)"));
    }
}
