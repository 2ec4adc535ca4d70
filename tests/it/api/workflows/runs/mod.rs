//! The leads of a workflow: who is in it, the way they came, what is reported of them.

mod bad_files;
mod enrol;
mod enrol_numbers;
mod index;
mod outcomes;
