//! Putting a lead away and bringing it back.

use serde_json::json;
use uuid::Uuid;

use crate::app::{TestApp, WithKey};

fn totals(program: &WithKey) -> (u64, u64) {
    let total = |path| program.get(path).of(200)["meta"]["total"].as_u64().unwrap();
    (total("/leads"), total("/leads?archived=true"))
}

#[test]
fn an_archived_lead_leaves_the_list_and_comes_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = format!("/leads/{}", firm.lead("Ann"));
    let archive = format!("{lead}/archive");
    assert_eq!(totals(&program), (1, 0));
    assert_eq!(program.ask("POST", &archive, None).status, 200);
    assert_eq!(totals(&program), (0, 1));
    assert_eq!(program.get(&lead).of(200)["archived"], true);
    assert_eq!(
        program.ask("POST", &archive, None).status,
        200,
        "again changes nothing"
    );
    assert_eq!(program.delete(&archive).status, 200);
    assert_eq!(totals(&program), (1, 0));
    assert_eq!(
        program.delete(&archive).status,
        200,
        "again changes nothing"
    );
    assert_eq!(program.get(&lead).of(200)["archived"], false);
}

#[test]
fn what_is_not_there_can_not_be_put_away() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = format!("/leads/{}/archive", Uuid::new_v4());
    program
        .ask("POST", &path, None)
        .is(404, &json!({ "error": "Lead not found" }));
    program
        .delete(&path)
        .is(404, &json!({ "error": "Lead not found" }));
}
