//! Which statements Postgres is sent, from its own log.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Result, bail};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use leadline::db::PgConnection;

use crate::stage::Stage;

#[derive(QueryableByName)]
struct Backend {
    #[diesel(sql_type = Integer)]
    pid: i32,
}

/// The statements that the program sends while `work` is done, `BEGIN` and `COMMIT` too.
///
/// # Errors
/// Those of the work, and when the log can't be read.
pub fn during(stage: &Stage, work: impl FnOnce() -> Result<()>) -> Result<Vec<String>> {
    let mut conn = stage.connect()?;
    let path = stage.data_dir.join("postgres.log");
    log(&mut conn, &path, "all")?;
    let mut file = File::open(&path)?;
    file.seek(SeekFrom::End(0))?;
    let done = work();
    log(&mut conn, &path, "none")?;
    done?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    let own: Backend = diesel::sql_query("SELECT pg_backend_pid() AS pid").get_result(&mut conn)?;
    Ok(statements(&text, &format!("[{}]", own.pid)))
}

/// Sets what is logged, and waits until the log says that it is so.
fn log(conn: &mut PgConnection, path: &PathBuf, what: &str) -> Result<()> {
    let length = std::fs::metadata(path)?.len();
    conn.batch_execute(&format!("ALTER SYSTEM SET log_statement = '{what}'"))?;
    conn.batch_execute("SELECT pg_reload_conf()")?;
    let said = format!("parameter \"log_statement\" changed to \"{what}\"");
    for _ in 0..200 {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(length))?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        if text.contains(&said) {
            // The other backends read it when they next wait for work.
            sleep(Duration::from_millis(100));
            return Ok(());
        }
        sleep(Duration::from_millis(10));
    }
    bail!("Postgres does not say that log_statement is {what} now")
}

fn statements(log: &str, own: &str) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    let mut ours = false;
    for line in log.lines() {
        if let (true, Some(more)) = (ours, line.strip_prefix('\t')) {
            if let Some(last) = statements.last_mut() {
                last.push('\n');
                last.push_str(more);
            }
            continue;
        }
        let statement =
            line.split_once("LOG:  ").and_then(|(_, said)| {
                let said = said
                    .strip_prefix("execute ")
                    .or(said.strip_prefix("statement: "))?;
                Some(said.split_once(": ").map_or(said, |(name, sql)| {
                    if name.contains(' ') { said } else { sql }
                }))
            });
        ours = statement.is_some() && !line.contains(own);
        if let (true, Some(statement)) = (ours, statement) {
            statements.push(statement.to_owned());
        }
    }
    statements
}
