//! The same in the account dialect, whose leads are also named by their numbers.

use leadline::api::ACCOUNT_DIALECT_ROUTES;
use leadline::caller::{RepsSee, Role};
use serde_json::{Value, json};

use super::world::{Of, World, everybody};
use crate::api::account_dialect::number;
use crate::api::routes::{call_with, with};
use crate::app::{TestApp, WithKey};

fn speaks(world: &World<'_>, program: WithKey) -> WithKey {
    program.with_header("x-account-id", &number(&world.firm))
}

#[test]
fn a_lead_that_is_not_seen_has_no_number() {
    let app = TestApp::start();
    let world = World::new(&app);
    let key = world.firm.key("Account", &[]);
    let account = speaks(&world, app.with_key(&key));
    let rep = speaks(&world, world.program_of(Role::Rep));
    let of_leads = ACCOUNT_DIALECT_ROUTES.iter().filter_map(|route| {
        let path = route.path.strip_prefix("/api/public")?;
        path.starts_with("/leads/{id}")
            .then_some((route.method, path))
    });
    let mut asked = 0;
    for (method, path) in of_leads {
        for of in Of::ALL {
            let id = world.lead(of).to_string();
            let shown = account.get(&format!("/leads/{id}")).of(200);
            let number = shown["id"].as_i64().unwrap().to_string();
            for name in [&id, &number] {
                let body = json!({ "company": "Reef" });
                let make = |name: &str| call_with(&rep, method, &with(path, name), &body);
                let (answer, nobodys) = (make(name), make("999999"));
                let is_same = (answer.status, &answer.text) == (nobodys.status, &nobodys.text);
                // What a rep may not do at all, they are told so of every lead.
                let expected = nobodys.status == 403 || !of.is_seen(Role::Rep, RepsSee::Own);
                assert_eq!(is_same, expected, "{of:?} {answer:?}");
                asked += 1;
            }
        }
    }
    assert!(asked > 20, "{asked}");
}

#[test]
fn the_list_of_the_dialect_counts_what_is_seen() {
    let app = TestApp::start();
    let world = World::new(&app);
    for of in Of::ALL {
        world.lead(of);
    }
    for (role, reps_see) in everybody() {
        let program = speaks(&world, world.program_of(role));
        world.firm.reps_see(reps_see);
        let list = program.get("/leads").of(200);
        let seen = Of::ALL.iter().filter(|of| of.is_seen(role, reps_see));
        assert_eq!(
            list["totalCount"],
            Value::from(seen.count()),
            "{role} {reps_see}"
        );
    }
}
