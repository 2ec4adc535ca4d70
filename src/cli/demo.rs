//! `leadline demo`.

use chrono::{DateTime, Utc};

use crate::db::PgConnection;
use crate::demo;
use crate::error::Result;

/// Loads the demo account and prints how to get into it.
pub fn run(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<()> {
    let demo = demo::load(conn, now)?;
    println!("The demo account {} is ready.", demo.account);
    println!("  e-mail    {}", demo.email);
    println!("  password  {}", demo.password);
    println!("  API key   {}", demo.api_key);
    Ok(())
}
