//! The pages, as people use them.

mod assets;
mod audit;
mod campaigns;
mod csrf;
mod errors;
mod headers;
mod health;
mod home;
mod imports;
mod invitations;
mod isolation;
mod leads;
mod login;
mod logout;
mod opt_out;
mod outbox;
mod profile;
mod roles;
pub mod routes;
mod settings;
mod setup;
mod signed_out;
mod today;
mod workflows;
