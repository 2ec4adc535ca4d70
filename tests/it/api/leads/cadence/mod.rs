//! A lead's cadence (contract §2).

mod assign;
mod history;
mod status;
mod stop;
