//! What is asked of each database. The servers run in this process, so Diesel itself can tell.

use std::collections::HashMap;
use std::sync::{Mutex, Once, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

static ASKED: Mutex<Option<HashMap<String, Vec<String>>>> = Mutex::new(None);

/// Begins to listen to every connection that is opened from now on.
pub fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_default_instrumentation(|| Some(Box::new(Listener::default()))).unwrap();
    });
}

/// Everything a database was asked so far. That a connection still lives is asked by the clock
/// and not by a request, so it does not count.
pub fn of(database_url: &str) -> Vec<String> {
    let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    let of_database = asked.as_ref().and_then(|asked| asked.get(database_url));
    of_database.cloned().unwrap_or_default()
}

/// One connection's.
#[derive(Default)]
struct Listener {
    database_url: String,
}

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                self.database_url = url.to_owned();
            }
            InstrumentationEvent::StartQuery { query, .. } => {
                let sql = query.to_string();
                let settings = sql.starts_with("SET ");
                if !settings && !sql.starts_with("SELECT 1 ") && sql != "SELECT 1" {
                    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
                    let all = asked.get_or_insert_default();
                    all.entry(self.database_url.clone()).or_default().push(sql);
                }
            }
            _ => {}
        }
    }
}
