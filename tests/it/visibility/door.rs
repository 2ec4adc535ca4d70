//! Leads come in and go out of sight.

use leadline::accounts::{self, NewAccount};
use leadline::caller::{DuplicateRules, Duplicates, Role};
use serde_json::json;

use super::world::{Of, World, id};
use crate::app::TestApp;

fn set(world: &World<'_>, rule: Duplicates) {
    let owner = world.firm.owner();
    let account = NewAccount {
        name: owner.account.name.clone(),
        default_country: owner.account.default_country.clone(),
        time_zone: owner.account.time_zone.name().to_owned(),
    };
    let rules = DuplicateRules {
        form: rule,
        api: rule,
        file: rule,
    };
    accounts::update(&mut world.app.connect(), &owner, account, rules).unwrap();
}

#[test]
fn a_lead_that_is_here_already_is_not_named_to_whom_does_not_see_it() {
    let app = TestApp::start();
    let world = World::new(&app);
    let hidden = world.lead(Of::Stranger);
    let rep = world.browser(Role::Rep);
    let program = world.program_of(Role::Rep);
    for rule in [Duplicates::Refuse, Duplicates::Reuse] {
        set(&world, rule);
        let form = rep.get("/leads/new").form("Add lead");
        let page = rep.send(
            form.fill("First name", "Bob")
                .fill("Phone", "+442079460000"),
        );
        assert_eq!(page.status, 422);
        assert!(page.says("There is already a lead with this phone number, and it is not among"));
        assert!(!page.body.contains(Of::Stranger.name()));
        assert!(!page.body.contains(&hidden.to_string()));

        let bob = json!({ "first_name": "Bob", "phone": "+442079460000" });
        let answer = program.post("/leads", &bob);
        assert_eq!(answer.status, 409, "{answer:?}");
        assert!(!answer.text.contains(Of::Stranger.name()), "{answer:?}");
        assert!(!answer.text.contains(&hidden.to_string()), "{answer:?}");
    }
    let bob = json!({ "first_name": "Bob", "phone": "+442079460000" });
    let reused = world.program.post("/leads", &bob).of(200);
    assert_eq!(
        id(&reused["lead"]),
        hidden,
        "a key of the account sees every lead"
    );
}

#[test]
fn whoever_gives_a_lead_away_is_led_to_the_list() {
    let app = TestApp::start();
    let world = World::new(&app);
    let lead = world.lead(Of::Own);
    let rep = world.browser(Role::Rep);
    let form = rep.get(&format!("/leads/{lead}/edit")).form("Save changes");
    let answer = rep.send(form.fill("Owner", "Eve Stone"));
    assert_eq!(answer.location().as_deref(), Some("/leads"));
    let list = rep.follow(answer);
    assert!(
        list.flash()
            .contains("not among the leads you see any more"),
        "{list:?}"
    );
    assert_eq!(rep.get(&format!("/leads/{lead}")).status, 404);
}

#[test]
fn what_is_ticked_and_not_seen_is_passed_over() {
    let app = TestApp::start();
    let world = World::new(&app);
    let (own, hidden) = (world.lead(Of::Own), world.lead(Of::Stranger));
    let rep = world.browser(Role::Rep);
    let fields = [
        ("lead", own.to_string()),
        ("lead", hidden.to_string()),
        ("owner", world.firm.email(Role::Rep).to_owned()),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    assert_eq!(rep.post("/leads/assignment", &fields).status, 303);
    let shown = world.program.get(&format!("/leads/{hidden}")).of(200);
    assert_eq!(shown["owner"]["id"], json!(world.eve.id));
    let whole = [("of", "list"), ("owner", world.firm.email(Role::Rep))];
    assert_eq!(rep.post("/leads/assignment", &whole).status, 303);
    let shown = world.program.get(&format!("/leads/{hidden}")).of(200);
    assert_eq!(shown["owner"]["id"], json!(world.eve.id));
}
