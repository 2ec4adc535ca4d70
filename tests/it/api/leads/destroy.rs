//! Deleting a lead for good.

use serde_json::json;

use crate::app::TestApp;

#[test]
fn a_deleted_lead_is_gone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (path, other) = (format!("/leads/{}", firm.lead("Ann")), firm.lead("Bob"));
    assert!(program.delete(&path).status < 300);
    program
        .get(&path)
        .is(404, &json!({ "error": "Lead not found" }));
    program
        .delete(&path)
        .is(404, &json!({ "error": "Lead not found" }));
    program
        .patch(&path, &json!({}))
        .is(404, &json!({ "error": "Lead not found" }));
    let left = program.get("/leads").of(200);
    assert_eq!(
        (&left["meta"]["total"], &left["data"][0]["id"]),
        (&json!(1), &json!(other))
    );
}
