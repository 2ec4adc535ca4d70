//! The JSON API as contract §1 to §3 has it, word by word.

mod bodies;
mod campaigns;
mod isolation;
mod keys;
mod leads;
mod paths;
mod routes;
mod workflows;
