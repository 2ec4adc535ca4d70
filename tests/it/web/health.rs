//! What the operator's machines ask.

use crate::app::TestApp;

#[test]
fn a_server_says_that_it_lives_and_is_ready() {
    let app = TestApp::start();
    let visitor = app.visitor();
    let (alive, ready) = (visitor.get("/healthz"), visitor.get("/readyz"));
    assert_eq!((alive.status, alive.body.as_str()), (200, "ok\n"));
    assert_eq!((ready.status, ready.body.as_str()), (200, "ready\n"));
}

#[test]
fn a_server_whose_tables_are_old_is_not_ready() {
    let app = TestApp::start();
    leadline::db::down_all(&mut app.connect()).unwrap();
    let visitor = app.visitor();
    assert_eq!(visitor.get("/readyz").status, 503);
    assert_eq!(visitor.get("/healthz").status, 200);
}

#[test]
fn figures_name_routes_and_never_paths() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor();
    visitor.get("/campaigns/a-secret-path/edit");
    visitor.get("/another-secret-path");
    let figures = visitor.get("/metrics").body;
    assert!(
        figures.contains("route=\"/campaigns/{id}/edit\""),
        "{figures}"
    );
    assert!(figures.contains("leadline_db_connections"), "{figures}");
    assert!(!figures.contains("secret"), "{figures}");
}

#[test]
fn they_answer_no_other_method() {
    let app = TestApp::start();
    for path in ["/healthz", "/readyz", "/metrics"] {
        let answer = app.visitor().ask("POST", path, Some(("text/plain", "x")));
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("GET, HEAD")),
            "{path}"
        );
    }
}
