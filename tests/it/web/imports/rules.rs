//! The rules for the rows of a file.

use leadline::caller::Role;
use leadline::enrolment::imports::State;
use leadline::enrolment::{Existing, MatchBy, Owners};
use leadline::workflows::NodeType;

use super::{LEADS, begun, stands};
use crate::app::{Browser, Page, TestApp};

/// The rules of an import whose columns are as they were suggested.
fn opened(owner: &Browser) -> (uuid::Uuid, Page) {
    let id = begun(owner, "leads.csv", LEADS);
    let columns = owner.get(&format!("/imports/{id}/columns"));
    let page = owner.follow(owner.send(columns.form("Continue to rules")));
    (id, page)
}

#[test]
fn rules_are_chosen_and_the_rows_are_checked() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let campaign = firm.campaign("Spring");
    let (id, page) = opened(&owner);
    let (olga, rep) = (firm.person(Role::Owner), firm.person(Role::Rep));
    let form = page
        .form("Check the rows")
        .fill("Workflow", "Outreach")
        .fill("At most so many begin on one working day", "1,000")
        .untick("E-mail")
        .tick("Let the file win")
        .tick("Several people in turn")
        .tick(&olga.name)
        .tick(&rep.name)
        .fill("Campaign", "Spring")
        .fill("Source", "Fair")
        .fill("Tags", "hot, , cold");
    let next = owner.send(form);
    assert_eq!(
        next.location().unwrap(),
        format!("/imports/{id}/check"),
        "{next:?}"
    );
    let import = stands(&firm, id);
    assert_eq!(import.state, State::Checking);
    let plan = import.plan.unwrap();
    assert_eq!(plan.workflow_id, Some(workflow));
    assert_eq!(plan.starts_a_day, Some(1_000));
    assert_eq!(plan.match_by, [MatchBy::Phone, MatchBy::ExternalId]);
    assert_eq!(plan.existing, Existing::Update);
    let Owners::InTurn(mut turns) = plan.owners else {
        panic!("not in turn")
    };
    turns.sort();
    let mut both = [olga.id, rep.id];
    both.sort();
    assert_eq!(turns, both);
    assert_eq!(plan.campaign_id, Some(campaign.id));
    assert_eq!(
        (plan.source.as_str(), plan.tags),
        ("Fair", vec!["hot".into(), "cold".into()])
    );
    let page = owner.get(&format!("/imports/{id}/rules"));
    assert_eq!(page.field("Source").value, "Fair");
    assert_eq!(page.field("Tags").value, "hot, cold");
    app.import_all();
    assert_eq!(stands(&firm, id).state, State::Checked);
}

#[test]
fn what_is_wrong_stands_beside_its_field() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let (_, page) = opened(&owner);
    let form = page
        .form("Check the rows")
        .fill("At most so many begin on one working day", "some")
        .tick("Several people in turn");
    let page = owner.send(form);
    assert_eq!(page.status, 422);
    let problem = page.problem_of("At most so many begin on one working day");
    assert_eq!(problem, "The number of leads a day must be a whole number");
    let page = owner.send(
        page.form("Check the rows")
            .fill("At most so many begin on one working day", ""),
    );
    assert_eq!(
        page.problem_of("Owner of new leads"),
        "Choose who takes turns"
    );
    let forged = page.form("Check the rows").forge("existing", "enrol");
    assert_eq!(
        owner.send(forged).status,
        422,
        "nobody chooses what only the API does"
    );
}

#[test]
fn columns_come_before_rules_and_what_has_run_stands() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let id = begun(&owner, "leads.csv", LEADS);
    let early = owner.get(&format!("/imports/{id}/rules"));
    assert_eq!(early.location().unwrap(), format!("/imports/{id}/columns"));
    let (id, page) = opened(&owner);
    owner.send(page.form("Check the rows"));
    app.import_all();
    leadline::enrolment::imports::run(&mut app.connect(), &firm.owner(), id).unwrap();
    for step in ["file", "columns", "rules", "discard"] {
        let page = owner.get(&format!("/imports/{id}/{step}"));
        assert_eq!(page.location().unwrap(), format!("/imports/{id}"), "{step}");
    }
    let page = owner.post(&format!("/imports/{id}/rules"), &[]);
    assert_eq!(page.location().unwrap(), format!("/imports/{id}"));
}
