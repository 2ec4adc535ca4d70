//! The doors as a visitor without an account meets them.

use crate::app::TestApp;

fn get(app: &TestApp, path: &str) -> (u16, Option<String>, String) {
    let agent = ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .build()
        .new_agent();
    let mut response = agent.get(format!("{}{path}", app.base)).call().unwrap();
    let location = response
        .headers()
        .get("location")
        .map(|value| value.to_str().unwrap().to_owned());
    let status = response.status().as_u16();
    (
        status,
        location,
        response.body_mut().read_to_string().unwrap(),
    )
}

#[test]
fn the_first_visit_leads_to_the_set_up() {
    let app = TestApp::start();
    let (status, location, _) = get(&app, "/login");
    assert_eq!((status, location.as_deref()), (303, Some("/setup")));
    let (status, _, body) = get(&app, "/setup");
    assert_eq!(status, 200);
    assert!(
        body.contains("name=\"csrf\""),
        "the form carries its token: {body}"
    );
}

#[test]
fn a_server_says_that_it_lives_and_is_ready() {
    let app = TestApp::start();
    assert_eq!(get(&app, "/healthz").0, 200);
    assert_eq!(get(&app, "/readyz").0, 200);
}
