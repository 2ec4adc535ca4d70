//! Leads that are there already: what the account says of them, one by one, in bulk and at once.

mod at_once;
mod bulk;
mod one;

use serde_json::{Value, json};

use crate::app::{Answer, Firm, WithKey};

/// A program of an account that has this rule for what its programs send.
fn program(firm: &Firm<'_>, rule: &str) -> WithKey {
    let program = firm.program();
    choose(&program, rule);
    program
}

fn choose(program: &WithKey, rule: &str) {
    let rule = json!({ "duplicates_by_api": rule });
    program.patch("/account", &rule).of(200);
}

fn total(program: &WithKey) -> Value {
    program.get("/leads").of(200)["meta"]["total"].clone()
}

fn id(answer: &Answer) -> String {
    answer.json()["lead"]["id"].as_str().unwrap().to_owned()
}

/// Leads that share a key each: its field, the value that is there, and one that means the same.
fn keys() -> [(&'static str, &'static str, &'static str); 3] {
    [
        ("phone", "+1 201 555 0123", "(201) 555-0123"),
        ("email", "ann@boats.example", " Ann@BOATS.example"),
        ("external_id", "crm-7", " crm-7 "),
    ]
}
