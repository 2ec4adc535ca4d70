//! Taking an import back.

use leadline::caller::Role;
use leadline::enrolment::imports::State;
use leadline::leads::{self, NewLead};
use leadline::workflows::NodeType;

use super::{MIXED, checked, named, ran, stands};
use crate::app::TestApp;

#[test]
fn an_undo_removes_what_nobody_has_touched_and_restores_what_nobody_has_edited() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    firm.workflow("Outreach", &[NodeType::Sms]);
    firm.lead_with(NewLead {
        first_name: "Benjamin".into(),
        phone: Some("+442079460322".into()),
        ..NewLead::default()
    });
    let rules = [("Workflow", "Outreach"), ("Let the file win", "tick")];
    let id = checked(&firm, &owner, MIXED, &rules);
    ran(&firm, &owner, id);
    let (ann, ben) = (named(&firm, "+442079460321"), named(&firm, "+442079460322"));
    assert_eq!(ben.first_name, "Ben");
    // Somebody works with Ann, and changes Ben's city.
    leads::add_note(&mut app.connect(), &firm.owner(), ann.id, "Called back").unwrap();
    let changes = leads::LeadChanges {
        metadata: [("City".to_owned(), "Ripon".into())].into_iter().collect(),
        ..leads::LeadChanges::default()
    };
    leads::update(&mut app.connect(), &firm.owner(), ben.id, changes, None).unwrap();

    let page = owner.get(&format!("/imports/{id}"));
    owner.send(page.form("Undo it"));
    app.import_all();
    let import = stands(&firm, id);
    assert_eq!(import.state, State::Undone);
    assert_eq!(
        (import.removed, import.restored, import.left_alone),
        (1, 1, 1)
    );
    let ben = named(&firm, "+442079460322");
    assert_eq!(
        (ben.first_name.as_str(), ben.workflow_id),
        ("Benjamin", None)
    );
    assert_eq!(ben.metadata_map()["City"], "Ripon");
    assert_eq!(named(&firm, "+442079460321").id, ann.id);
    let page = owner.get(&format!("/imports/{id}"));
    assert!(
        page.says("1 lead was removed, 1 restored, and 1 left as they are"),
        "{}",
        page.text()
    );
    assert!(!page.has_button("Undo it"));
}
