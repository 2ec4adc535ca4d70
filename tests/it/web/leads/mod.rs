//! Leads.

mod archive;
mod assign;
mod create;
mod destroy;
mod do_not_contact;
mod duplicates;
mod export;
mod export_again;
mod index;
mod note;
mod own_fields;
mod own_list;
mod run;
mod show;
mod update;
