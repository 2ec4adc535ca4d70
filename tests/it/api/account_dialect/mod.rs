//! The account dialect as contract §5 has it, word by word.

mod audit_log;
mod create;
mod every_call;
mod fields;
mod index;
mod lead_rotations;
mod lead_sources;
mod recognised;
mod requirement;
mod teams;
mod update;

use serde_json::{Value, json};

use crate::app::{Answer, Firm, WithKey};

/// A program that names its account by its number and may do everything.
pub fn speaks(firm: &Firm<'_>) -> WithKey {
    with_account(firm, firm.program())
}

/// The same program, naming the firm's account.
pub fn with_account(firm: &Firm<'_>, program: WithKey) -> WithKey {
    program.with_header("x-account-id", &number(firm))
}

/// The account's number, as the dialect writes it.
pub fn number(firm: &Firm<'_>) -> String {
    firm.owner().account.number.to_string()
}

/// A lead with this first name.
pub fn lead(first_name: &str) -> Value {
    json!({ "firstName": first_name, "lastName": "Boat" })
}

/// The path of a thing that an answer gave.
pub fn path(list: &str, thing: &Value) -> String {
    format!("{list}/{}", thing["id"].as_i64().unwrap())
}

/// Checks an error of the dialect: one sentence alone.
pub fn says(answer: &Answer, status: u16, sentence: &str) {
    answer.is(status, &json!({ "error": sentence }));
}

/// How many leads there are.
pub fn total(program: &WithKey) -> Value {
    program.get("/leads").of(200)["totalCount"].clone()
}
