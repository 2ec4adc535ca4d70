//! Everything together: a real Postgres, a real server, spoken to over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod app;
mod doors;
mod migrations;
