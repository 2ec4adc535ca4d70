//! The API's routes as the server lists them.

use leadline::routes::Route;
use leadline::server;
use serde_json::{Value, json};

use crate::app::{Answer, WithKey};

/// Every call; paths begin after the prefix.
pub fn calls() -> Vec<Route> {
    let all = server::routes().filter_map(|route| {
        let path = route.path.strip_prefix("/api/public")?;
        Some(Route { path, ..*route })
    });
    let all: Vec<Route> = all.collect();
    assert!(all.len() > 10, "{all:?}");
    all
}

/// The path with this id.
pub fn with(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}

/// Makes a call with a body that suits most.
pub fn call(program: &WithKey, method: &str, path: &str) -> Answer {
    let body: Value = match path.split('/').nth(1) {
        Some("campaigns") => json!({ "name": "Fair" }),
        _ => json!({ "first_name": "Ann" }),
    };
    match method {
        "GET" => program.get(path),
        "DELETE" => program.delete(path),
        _ => program.ask(method, path, Some(&body.to_string())),
    }
}
