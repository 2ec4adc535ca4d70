//! What lists, counts and searches leads tells each person of those they see, and nothing of the others.

use leadline::caller::{RepsSee, Role};

use super::world::{Of, World, everybody};
use crate::api::routes::calls;
use crate::app::{Page, TestApp};
use crate::web::routes::{is_open, pages};

/// What a page or call that names no single lead tells of leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tells {
    /// Their names: of all that are seen.
    All,
    /// Perhaps some of them.
    Some,
    /// Nothing, or it is for admins, who see every lead.
    Nothing,
}

/// A new page that can be read has to be named here.
fn page_tells(path: &str) -> Tells {
    match path.split('/').nth(1).unwrap_or_default() {
        "leads" if matches!(path, "/leads" | "/leads/export") => Tells::All,
        "outbox" if path == "/outbox" => Tells::All,
        "" | "leads" | "today" | "campaigns" | "workflows" | "imports" => Tells::Some,
        "settings" | "outbox" | "profile" | "audit" => Tells::Nothing,
        _ => panic!("say in this test what {path} tells of leads"),
    }
}

/// A new call that reads has to be named here.
fn call_tells(path: &str) -> Tells {
    match path {
        "/leads" => Tells::All,
        "/workflows/{id}/leads" => Tells::Some,
        _ => {
            let first = path.split('/').nth(1).unwrap_or_default();
            match first {
                "campaigns" | "workflows" => Tells::Some,
                "leads" | "account" | "audit" | "calling-numbers" | "destinations" | "teams"
                | "lead-sources" | "lead-rotations" | "team" => Tells::Nothing,
                _ => panic!("say in this test what {path} tells of leads"),
            }
        }
    }
}

fn check(text: &str, tells: Tells, (role, reps_see): (Role, RepsSee), path: &str) {
    for of in Of::ALL {
        let is_told = text.contains(of.name());
        if !of.is_seen(role, reps_see) {
            assert!(!is_told, "{role} {reps_see} {of:?} {path}: {text}");
        } else if tells == Tells::All {
            assert!(is_told, "{role} {reps_see} {of:?} {path}: {text}");
        }
    }
}

#[test]
fn no_page_names_a_lead_to_whom_does_not_see_it() {
    let app = TestApp::start();
    let world = World::new(&app);
    world.all_called();
    let fill = |path: &str| {
        let of_campaign = path.starts_with("/campaigns/");
        let id = if of_campaign {
            world.campaign
        } else {
            world.workflow
        };
        path.replace("{id}", &id.to_string())
    };
    for (role, reps_see) in everybody() {
        let browser = world.browser(role);
        world.firm.reps_see(reps_see);
        for route in pages().filter(|route| route.method == "GET" && !is_open(route.path)) {
            let tells = page_tells(route.path);
            let path = fill(route.path);
            // Of one lead or one part of a workflow others tell.
            let is_other = path.contains('{') || route.path.starts_with("/leads/{");
            if tells == Tells::Nothing || is_other {
                continue;
            }
            if route.path == "/leads/export" {
                let (_, bytes) = browser.download("/leads/export?format=csv");
                let text = String::from_utf8(bytes).unwrap();
                check(&text, tells, (role, reps_see), &path);
            } else {
                let page: Page = browser.get(&path);
                assert!(page.status < 500, "{page:?}");
                check(&page.body, tells, (role, reps_see), &path);
            }
        }
    }
}

#[test]
fn no_call_names_a_lead_to_a_key_whose_person_does_not_see_it() {
    let app = TestApp::start();
    let world = World::new(&app);
    world.all_called();
    for (role, reps_see) in everybody() {
        let program = world.program_of(role);
        world.firm.reps_see(reps_see);
        for route in calls().iter().filter(|route| route.method == "GET") {
            let tells = call_tells(route.path);
            let of_campaign = route.path.starts_with("/campaigns/");
            let id = if of_campaign {
                world.campaign
            } else {
                world.workflow
            };
            let path = route.path.replace("{id}", &id.to_string());
            if tells == Tells::Nothing || path.contains('{') {
                continue;
            }
            let answer = program.get(&path);
            assert_eq!(answer.status, 200, "{answer:?}");
            check(&answer.text, tells, (role, reps_see), &path);
        }
    }
}
