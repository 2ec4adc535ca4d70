//! What a form names in its fields and not in its address.

use leadline::caller::Role;
use uuid::Uuid;

use super::world::{Of, World};
use crate::app::TestApp;
use crate::web::routes::{is_open, pages};

/// The field in which a form names something of a lead, or nothing. A new form has to be named here.
fn names(path: &str) -> Option<&'static str> {
    match path {
        "/today/outcomes" | "/today/skips" | "/today/release" => Some("step_id"),
        // Its leads are passed over one by one, and one that is there already is not named: `door`.
        "/leads" | "/leads/assignment" => None,
        "/login" | "/setup" | "/login/code" => None,
        _ => match path.split('/').nth(1).unwrap_or_default() {
            "campaigns" | "workflows" | "imports" | "settings" | "profile" | "logout" => None,
            _ => panic!("say in this test what of a lead {path} names"),
        },
    }
}

#[test]
fn what_is_not_seen_can_not_be_named_in_a_form() {
    let app = TestApp::start();
    let world = World::new(&app);
    let hidden = world.called(Of::Stranger).attempt.to_string();
    let nobodys = Uuid::now_v7().to_string();
    let rep = world.browser(Role::Rep);
    let mut asked = 0;
    for route in pages().filter(|route| route.method == "POST" && !route.path.contains('{')) {
        let Some(field) = names(route.path).filter(|_| !is_open(route.path)) else {
            continue;
        };
        let ask = |id: &str| {
            let fields = [(field, id), ("outcome", "COMPLETED"), ("reason", "x")];
            let page = rep.post(route.path, &fields);
            (page.status, page.location(), page.text())
        };
        assert_eq!(ask(&hidden), ask(&nobodys), "{}", route.path);
        asked += 1;
    }
    assert_eq!(asked, 3);
}
