//! Everything together: a real Postgres, a real server, spoken to over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod api;
mod app;
mod audit;
mod audit_chain;
mod cadence;
mod catalogue;
mod cli;
mod do_not_contact;
mod migrations;
mod schema;
mod search;
mod stopping;
mod twins;
mod visibility;
mod walls;
mod web;
mod workflows;
