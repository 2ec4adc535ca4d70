//! Counts tell of no lead that is not seen.

use leadline::caller::{RepsSee, Role};
use serde_json::json;

use super::world::{Of, World, everybody};
use crate::app::TestApp;

#[test]
fn every_count_is_of_those_that_are_seen() {
    let app = TestApp::start();
    let world = World::new(&app);
    world.all_called();
    for (role, reps_see) in everybody() {
        let program = world.program_of(role);
        world.firm.reps_see(reps_see);
        let seen = Of::ALL.iter().filter(|of| of.is_seen(role, reps_see));
        let seen = seen.count();
        let total = |path: &str| program.get(path).of(200)["meta"]["total"].clone();
        let runs = format!("/workflows/{}/leads", world.workflow);
        for list in ["/leads", "/leads?q=0207946", "/leads?source=Ottilie", &runs] {
            let expected = if list.contains("source") { 1 } else { seen };
            assert_eq!(total(list), json!(expected), "{role} {reps_see} {list}");
        }
        let campaign = program
            .get(&format!("/campaigns/{}", world.campaign))
            .of(200);
        assert_eq!(campaign["lead_count"], json!(seen), "{role} {reps_see}");

        let browser = world.browser(role);
        let workflow = browser.get(&format!("/workflows/{}", world.workflow));
        assert!(
            workflow.says(&format!("{seen} here now")),
            "{role} {reps_see} {workflow:?}"
        );
        if role != Role::Viewer {
            let home = browser.get("/");
            let due = match role {
                // Of one's own and of nobody's, as far as one sees them.
                Role::Rep => 2 + usize::from(reps_see == RepsSee::All),
                Role::Manager => 1,
                _ => 2,
            };
            assert_eq!(
                home.texts(".figure"),
                [due.to_string()],
                "{role} {reps_see}"
            );
        }
    }
}

#[test]
fn the_next_lead_of_today_is_one_that_is_seen() {
    let app = TestApp::start();
    let world = World::new(&app);
    world.called(Of::StrangersPool);
    let rep = world.browser(Role::Rep);
    assert!(!rep.get("/today").says(Of::StrangersPool.name()));
    world.called(Of::Pool);
    assert!(rep.get("/today").says(Of::Pool.name()));
    let eve = world.browser_of(&world.eve);
    assert!(eve.get("/today").says(Of::StrangersPool.name()));
}

#[test]
fn the_list_offers_no_source_of_others() {
    let app = TestApp::start();
    let world = World::new(&app);
    for of in Of::ALL {
        world.lead(of);
    }
    let page = world.browser(Role::Rep).get("/leads");
    let html = &page.body;
    for of in Of::ALL {
        let is_seen = of.is_seen(Role::Rep, RepsSee::Own);
        let source = format!("value=\"{}\"", of.name());
        assert_eq!(html.contains(&source), is_seen, "{of:?} {html}");
    }
}

#[test]
fn pages_of_a_list_lead_there_and_back_over_all_that_is_seen() {
    let app = TestApp::start();
    let world = World::new(&app);
    let mut expected = Vec::new();
    for at in 0..23 {
        let of = Of::ALL[at % Of::ALL.len()];
        app.wait(chrono::TimeDelta::seconds(1));
        let lead = world.lead(of);
        if of.is_seen(Role::Rep, RepsSee::Team) {
            expected.push(lead.to_string());
        }
    }
    world.firm.reps_see(RepsSee::Team);
    let program = world.program_of(Role::Rep);
    for sort in ["created_at", "updated_at", "last_name", "next_action_at"] {
        for way in ["", "-"] {
            let mut found = Vec::new();
            let mut after = String::new();
            loop {
                let path = format!("/leads?limit=4&sort={way}{sort}{after}");
                let page = program.get(&path).of(200);
                let ids = page["data"].as_array().unwrap().iter();
                found.extend(ids.map(|lead| lead["id"].as_str().unwrap().to_owned()));
                match page["meta"]["next_cursor"].as_str() {
                    Some(cursor) => after = format!("&cursor={cursor}"),
                    None => break,
                }
            }
            let mut sorted = found.clone();
            sorted.sort();
            sorted.dedup();
            assert_eq!(sorted.len(), found.len(), "{way}{sort}: each comes once");
            assert_eq!(sorted, expected, "{way}{sort}");
            if (way, sort) == ("", "created_at") {
                assert_eq!(found, expected);
            }
        }
    }
}
