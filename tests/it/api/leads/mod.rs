//! Leads (contract §2).

mod archive;
mod bulk;
mod cadence;
mod create;
mod destroy;
mod duplicates;
mod fields;
mod index;
mod show;
mod update;
