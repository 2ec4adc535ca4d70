//! Teams: made, renamed, filled with people, deactivated.

use leadline::caller::Role;
use leadline::leads::NewLead;
use leadline::people;

use crate::app::{Browser, Page, TestApp};

const PATH: &str = "/settings/teams";

fn make(browser: &Browser, name: &str) -> Page {
    let form = browser.get(PATH).form("Make the team");
    browser.send(form.fill("Name", name))
}

#[test]
fn a_team_is_made_filled_and_renamed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    assert!(admin.get(PATH).says("No teams yet"));
    let page = admin.follow(make(&admin, " North "));
    assert_eq!(page.heading(), "North");
    assert_eq!(page.flash(), "“North” is there. Now say who is in it.");
    assert!(page.says("Nobody is in this team yet."));
    let rita = firm.person(Role::Rep);
    let form = page.form("Add to the team");
    let page = admin.follow(admin.send(form.forge("user_id", &rita.id.to_string())));
    assert_eq!(page.flash(), "Rita Osei is in the team now.");
    let list = admin.get(PATH);
    assert_eq!(list.row("North")[1], "Rita Osei");
    let page = admin.visit(&list.link("North"));
    let form = page
        .form("Save the name")
        .fill("Name of the team", "Far north");
    let page = admin.follow(admin.send(form));
    assert_eq!(page.heading(), "Far north");
    let page = admin.follow(admin.send(page.form("Take out Rita Osei")));
    assert_eq!(
        page.flash(),
        "Rita Osei is out of the team. Their leads stay theirs."
    );
    assert!(page.says("Nobody is in this team yet."));
    let confirm = admin.visit(&page.link("Delete…"));
    let page = admin.follow(admin.send(confirm.form("Delete the team")));
    assert!(page.says("No teams yet"), "{page:?}");
}

#[test]
fn what_is_wrong_with_a_team_is_said_and_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let id = firm.team("North", &[]);
    let south = firm.team("South", &[]);
    let taken = "One of your teams has this name already";
    for (name, why) in [("", "Name is required"), ("NORTH", taken)] {
        let page = make(&admin, name);
        assert_eq!((page.status, page.problem_of("Name").as_str()), (422, why));
        assert_eq!(page.field("Name").value, name);
        let form = admin.get(&format!("{PATH}/{south}")).form("Save the name");
        let page = admin.send(form.fill("Name of the team", name));
        let said = page.problem_of("Name of the team");
        assert_eq!((page.status, said.as_str()), (422, why));
        assert_eq!(page.field("Name of the team").value, name);
        assert_eq!(page.heading(), "South");
    }
    let gone = firm.person(Role::Viewer).id;
    people::deactivate(&mut app.connect(), &firm.owner(), gone).unwrap();
    for who in [
        "",
        "7",
        &gone.to_string(),
        &uuid::Uuid::now_v7().to_string(),
    ] {
        let form = admin.get(&format!("{PATH}/{id}")).form("Add to the team");
        let page = admin.send(form.forge("user_id", who));
        assert_eq!(page.status, 422, "{who}");
        assert!(!page.problem_of("Person").is_empty(), "{page:?}");
        assert!(page.says("Nobody is in this team yet."));
    }
}

#[test]
fn a_team_that_is_deactivated_keeps_its_leads_and_takes_no_new_ones() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let id = firm.team("North", &[]);
    let lead = firm.lead_with(NewLead {
        first_name: "Ann".to_owned(),
        team_id: Some(id),
        ..NewLead::default()
    });
    let page = admin.get(&format!("{PATH}/{id}/removal"));
    let page = admin.send(page.form("Delete the team"));
    assert_eq!(page.status, 409);
    assert!(page.says("“North” is in use and can’t be deleted; deactivate it instead"));
    let page = admin.get(PATH);
    let page = admin.follow(admin.send(page.form("Deactivate")));
    assert_eq!(
        page.flash(),
        "“North” takes no new leads. Those it has stay in it."
    );
    assert!(page.says("This team is deactivated."));
    let offered = || admin.get("/leads/new").attribute("[name=team_id]", "id");
    assert_eq!(offered(), None);
    let form = admin.get(&format!("/leads/{lead}/edit"));
    assert_eq!(form.field("Team").value, id.to_string());
    let saved = admin.send(form.form("Save changes").fill("Company", "Reef"));
    assert_eq!(saved.status, 303, "{saved:?}");
    let page = admin.follow(admin.send(page.form("Activate")));
    assert_eq!(page.flash(), "“North” takes new leads again.");
    assert_eq!(offered().as_deref(), Some("f-team_id"));
}

#[test]
fn many_teams_cost_no_more_questions_than_few() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let everybody = [Role::Rep, Role::Manager, Role::Viewer, Role::Owner];
    let everybody = everybody.map(|role| firm.person(role).id);
    firm.team("North", &everybody);
    let (_, few) = app.statements(|| admin.get(PATH));
    for number in 0..20 {
        firm.team(&format!("Team {number}"), &everybody);
    }
    let (page, many) = app.statements(|| admin.get(PATH));
    assert_eq!(page.rows().len(), 21);
    assert_eq!(
        page.row("North")[1],
        "Mona Lindqvist, Olga Brandt, Rita Osei and 1 more"
    );
    assert_eq!(few.len(), many.len(), "{many:#?}");
}
