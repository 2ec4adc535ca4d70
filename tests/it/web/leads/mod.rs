//! Leads.

mod archive;
mod create;
mod destroy;
mod index;
mod note;
mod show;
mod update;
