//! Leads.

mod archive;
mod assign;
mod assign_by_rotation;
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
