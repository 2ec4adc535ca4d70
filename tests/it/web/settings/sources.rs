//! Lead sources: of the account and of its teams.

use leadline::caller::Role;
use leadline::leads::NewLead;

use crate::app::TestApp;

const PATH: &str = "/settings/sources";

#[test]
fn a_lead_source_is_added_renamed_switched_and_deleted() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let page = admin.get(PATH);
    assert!(page.says("No lead sources yet"));
    let form = page.form("Add the lead source").fill("Name", "Website");
    let page = admin.follow(admin.send(form));
    assert_eq!(page.flash(), "Leads can come from “Website” now.");
    assert_eq!(page.row("Website")[1], "every team");
    let edit = admin.visit(&page.link("Website"));
    let form = edit.form("Save changes").fill("Name", "Web form");
    let page = admin.follow(admin.send(form));
    let page = admin.follow(admin.send(page.form("Deactivate")));
    assert_eq!(
        page.flash(),
        "No new leads come from “Web form”. Those that came keep it."
    );
    assert_eq!(page.row("Web form")[2], "Deactivated");
    let page = admin.follow(admin.send(page.form("Activate")));
    assert_eq!(page.row("Web form")[2], "Active");
    let confirm = admin.visit(&page.link("Delete…"));
    let page = admin.follow(admin.send(confirm.form("Delete the lead source")));
    assert!(page.says("No lead sources yet"), "{page:?}");
}

#[test]
fn a_team_has_sources_of_its_own() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let team = firm.team("North", &[]);
    firm.source("Website", None);
    let path = format!("/settings/teams/{team}");
    let page = admin.get(&path);
    assert!(page.says("The team has no lead source of its own."));
    let add = |name: &str| {
        let form = admin.get(&path).form("Add the lead source");
        admin.send(form.fill("New lead source", name))
    };
    // Another of the same name is everybody's.
    let page = admin.follow(add("Website"));
    assert_eq!(
        page.flash(),
        "Leads of the team can come from “Website” now."
    );
    for (name, why) in [
        (" ", "Name is required"),
        ("WEBSITE", "A lead source there has this name already"),
    ] {
        let page = add(name);
        assert_eq!(page.status, 422);
        assert_eq!(page.problem_of("New lead source"), why);
        assert_eq!(page.field("New lead source").value, name);
        assert_eq!(page.field("Name of the team").value, "North");
    }
    let all = admin.get(PATH);
    let whose: Vec<String> = all.rows().into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(whose, ["every team", "North"]);
    assert_eq!(admin.get("/settings/teams").row("North")[2], "1");
}

#[test]
fn what_is_wrong_with_a_lead_source_is_said_and_kept() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let admin = firm.signed_in(Role::Admin);
    firm.source("Website", None);
    let theirs = other.team("North", &[]).to_string();
    for (name, team, field, why) in [
        ("", "", "Name", "Name is required"),
        (
            "website",
            "",
            "Name",
            "A lead source there has this name already",
        ),
        (
            "Fair",
            &theirs,
            "For leads of",
            "The team not found or does not belong to your account",
        ),
    ] {
        let form = admin.get(PATH).form("Add the lead source");
        let page = admin.send(form.fill("Name", name).forge("team_id", team));
        assert_eq!((page.status, page.problem_of(field).as_str()), (422, why));
        assert_eq!(page.field("Name").value, name);
    }
}

#[test]
fn a_lead_source_that_leads_came_from_is_not_deleted() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let source = firm.source("Fair", None);
    firm.lead_with(NewLead {
        first_name: "Ann".to_owned(),
        lead_source_id: Some(source),
        ..NewLead::default()
    });
    let page = admin.get(&format!("{PATH}/{source}/removal"));
    let page = admin.send(page.form("Delete the lead source"));
    assert_eq!(page.status, 409);
    assert!(page.says("“Fair” is in use and can’t be deleted; deactivate it instead"));
    assert_eq!(admin.get(PATH).row("Fair")[2], "Active");
}
