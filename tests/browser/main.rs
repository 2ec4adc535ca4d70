//! The main journeys and the look of every page in a real browser.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

// The servers are those of the other tests.
#[path = "../it/app/mod.rs"]
#[allow(dead_code, unused_imports)]
mod app;
mod browser;
mod builder;
mod driver;
mod hands;
mod imports;
mod journeys;
mod lead;
mod pages;
mod pictures;
mod today;
