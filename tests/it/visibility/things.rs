//! A lead that one does not see reads exactly like one that does not exist, route by route, and so does what
//! belongs to it.

use leadline::caller::{Permission, RepsSee, Role};
use leadline::routes::Route;
use serde_json::json;
use uuid::Uuid;

use super::world::{Of, World, everybody};
use crate::api::routes::{call, call_with, calls};
use crate::app::{Browser, TestApp};
use crate::web::routes::{is_open, pages, with};

/// What a route with an id in it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    /// A lead.
    Lead,
    /// A try at a call or a message of a lead.
    Attempt,
    /// A lead's run in a workflow.
    Run,
    /// Nothing of a lead: its pages are walked in `lists`.
    Else,
}

/// A new route with an id has to be named here.
fn names(route: &Route) -> Names {
    let path = route.path;
    let first = path.split('/').nth(1).unwrap_or_default();
    match first {
        "leads" => Names::Lead,
        "today" | "outbox" => Names::Attempt,
        "workflows" if path.contains("{run_id}") => Names::Run,
        "workflows" | "campaigns" | "imports" | "settings" | "profile" => Names::Else,
        "calling-numbers" | "destinations" | "teams" | "lead-sources" | "lead-rotations" => {
            Names::Else
        }
        _ => panic!("say in this test of whom {} {path} tells", route.method),
    }
}

fn thing(world: &World<'_>, names: Names, of: Of) -> Uuid {
    match names {
        Names::Lead => world.lead(of),
        Names::Attempt => world.called(of).attempt,
        Names::Run => world.called(of).run,
        Names::Else => Uuid::nil(),
    }
}

fn ask(browser: &Browser, route: &Route, path: &str) -> (u16, String) {
    let fields = [
        ("name", "x"),
        ("first_name", "x"),
        ("body", "x"),
        ("reason", "x"),
    ];
    let page = match route.method {
        "GET" => browser.get(path),
        _ => browser.post(path, &fields),
    };
    let text = page.text();
    (page.status, text)
}

#[test]
fn every_page_of_a_lead_is_there_for_whom_sees_it_and_for_nobody_else() {
    let app = TestApp::start();
    let world = World::new(&app);
    let of_things = |route: &&Route| route.path.contains('{') && !is_open(route.path);
    let browsers: Vec<_> = everybody()
        .into_iter()
        .map(|(role, reps_see)| (role, reps_see, world.browser(role)))
        .collect();
    let mut asked = 0;
    for route in pages().filter(of_things) {
        let what = names(route);
        if what == Names::Else {
            continue;
        }
        for of in Of::ALL {
            let path = with(route.path, &thing(&world, what, of).to_string());
            let nobodys = with(route.path, &Uuid::now_v7().to_string());
            // Whoever sees it may change it, and so comes last.
            let seen =
                |(role, reps_see, _): &(Role, RepsSee, Browser)| of.is_seen(*role, *reps_see);
            let (see, others): (Vec<_>, Vec<_>) = browsers.iter().partition(|one| seen(one));
            for (role, reps_see, browser) in others {
                world.firm.reps_see(*reps_see);
                let answers = (ask(browser, route, &path), ask(browser, route, &nobodys));
                let expected = if role.may(asks(route)) { 404 } else { 403 };
                assert_eq!(answers.0.0, expected, "{role} {reps_see} {of:?} {path}");
                assert_eq!(answers.0, answers.1, "{role} {reps_see} {of:?} {path}");
                asked += 1;
            }
            let may = see.into_iter().filter(|(role, ..)| role.may(asks(route)));
            // What is gone by the first is gone for the next.
            let goes = route.path.ends_with("/deletion") || route.path.ends_with("/reversal");
            let last = if goes { 1 } else { usize::MAX };
            for (role, reps_see, browser) in may.take(last) {
                world.firm.reps_see(*reps_see);
                let (status, text) = ask(browser, route, &path);
                assert_ne!(status, 404, "{role} {reps_see} {of:?} {path}: {text}");
                assert_ne!(status, 403, "{role} {reps_see} {of:?} {path}: {text}");
            }
        }
    }
    assert!(asked > 100, "{asked}");
}

/// What a page of a lead asks of a person.
fn asks(route: &Route) -> Permission {
    match (route.method, route.path) {
        (_, path) if path.ends_with("/deletion") => Permission::DeleteLeads,
        ("GET", "/leads/{id}" | "/outbox/{id}") => Permission::ReadLeads,
        _ => Permission::WriteLeads,
    }
}

#[test]
fn every_call_for_a_lead_is_answered_to_a_key_whose_person_sees_it_and_to_no_other() {
    let app = TestApp::start();
    let world = World::new(&app);
    world.firm.reps_see(RepsSee::Own);
    let programs = [Role::Rep, Role::Manager].map(|role| (role, world.program_of(role)));
    for route in calls().iter().filter(|route| route.path.contains('{')) {
        let what = names(route);
        if what == Names::Else {
            continue;
        }
        let path = |id: Uuid| {
            let workflow = world.workflow.to_string();
            let path = match what {
                Names::Run => route.path.replace("{id}", &workflow),
                _ => route.path.to_owned(),
            };
            path.replace("{run_id}", &id.to_string())
                .replace("{id}", &id.to_string())
        };
        for of in Of::ALL {
            let thing = path(thing(&world, what, of));
            for (role, program) in &programs {
                let make = |path: &str| match route.path {
                    "/leads/{id}/assign-workflow" => {
                        let body = json!({ "workflowId": world.workflow });
                        call_with(program, route.method, path, &body)
                    }
                    _ => call(program, route.method, path),
                };
                let nobodys = make(&path(Uuid::now_v7()));
                let answer = make(&thing);
                let answers = [&answer, &nobodys].map(|one| (one.status, one.text.clone()));
                let said = format!("{role} {of:?} {answer:?}");
                if nobodys.status == 403 {
                    assert_eq!(answers[0], answers[1], "{said}");
                } else if of.is_seen(*role, RepsSee::Own) {
                    assert_ne!(answers[0], answers[1], "{said}");
                } else {
                    assert_eq!(answer.status, 404, "{said}");
                    assert_eq!(answers[0], answers[1], "{said}");
                }
            }
        }
    }
}
