//! The JSON API as contract §1 to §5 has it, word by word.

mod account;
pub mod account_dialect;
mod audit;
mod bodies;
mod calling_numbers;
mod campaigns;
mod destinations;
mod isolation;
mod keys;
mod lead_rotations;
mod lead_sources;
mod leads;
mod paths;
pub mod routes;
mod team;
mod teams;
mod workflows;
