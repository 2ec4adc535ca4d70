//! Campaigns.

mod create;
mod destroy;
mod index;
mod update;
