//! The do-not-contact list through its room, where the pages and the API do not reach.

use leadline::caller::Caller;
use leadline::db::PgConnection;
use leadline::do_not_contact::{self, By, Contact, Kind, NewEntry, Source};
use uuid::Uuid;

use crate::app::TestApp;

const PHONE: &str = "+14155550142";

fn contact(lead_id: Uuid, email: Option<&str>) -> Contact {
    Contact {
        lead_id,
        phone: Some(PHONE.to_owned()),
        email: email.map(str::to_owned),
    }
}

fn leave_alone(conn: &mut PgConnection, caller: &Caller, kind: Kind, value: &str) -> usize {
    let new = NewEntry {
        kind,
        value: value.to_owned(),
        reason: "asked".to_owned(),
    };
    let added = do_not_contact::add(conn, caller, vec![new], Source::Person);
    added.unwrap().len()
}

#[test]
fn however_it_was_typed_an_entry_is_kept_once_and_stands_in_the_way() {
    let app = TestApp::start();
    let (firm, mut conn) = (app.firm("Acme"), app.connect());
    let (conn, owner) = (&mut conn, firm.owner());
    assert_eq!(
        leave_alone(conn, &owner, Kind::Email, " Ann@Example.COM "),
        1
    );
    assert_eq!(leave_alone(conn, &owner, Kind::Email, "ann@example.com"), 0);
    assert_eq!(leave_alone(conn, &owner, Kind::Phone, "(415) 555-0142"), 1);
    assert_eq!(leave_alone(conn, &owner, Kind::Phone, PHONE), 0);

    let (ann, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let asked = [
        (contact(ann, Some("ANN@example.com")), By::Email),
        (contact(bob, Some("bob@example.com")), By::Email),
        (contact(bob, Some("bob@example.com")), By::Anything),
        (contact(bob, None), By::Phone),
    ];
    let (answers, statements) =
        app.statements(|| do_not_contact::gate(conn, owner.account.id, &asked).unwrap());
    assert_eq!(statements.len(), 1, "{statements:#?}");
    let blocked: Vec<Option<Kind>> = answers
        .iter()
        .map(|answer| answer.as_ref().err().map(|entry| entry.kind))
        .collect();
    let phone = Some(Kind::Phone);
    assert_eq!(blocked, [Some(Kind::Email), None, phone, phone]);
    assert_eq!(
        answers[1].as_ref().map(do_not_contact::Cleared::lead_id),
        Ok(bob)
    );

    let (none, statements) =
        app.statements(|| do_not_contact::gate(conn, owner.account.id, &[]).unwrap());
    assert!(none.is_empty() && statements.is_empty());
}

#[test]
fn another_accounts_list_stands_in_nobodys_way() {
    let app = TestApp::start();
    let (acme, other, mut conn) = (app.firm("Acme"), app.firm("Other"), app.connect());
    leave_alone(&mut conn, &other.owner(), Kind::Phone, PHONE);
    let asked = [(contact(Uuid::nil(), None), By::Anything)];
    let answers = do_not_contact::gate(&mut conn, acme.owner().account.id, &asked).unwrap();
    assert!(answers[0].is_ok());
}

#[test]
fn a_lead_is_left_alone_with_its_number_and_address_even_once_it_is_gone() {
    let app = TestApp::start();
    let (firm, mut conn) = (app.firm("Acme"), app.connect());
    let (conn, owner, ann) = (&mut conn, firm.owner(), firm.lead("Ann"));
    let whole = contact(ann, Some("ann@example.com"));
    let add = |conn: &mut PgConnection| {
        do_not_contact::add_lead(conn, &owner, &whole, "asked", Source::Outcome).unwrap()
    };
    assert_eq!(add(conn).len(), 3);
    assert_eq!(add(conn).len(), 0);
    leadline::leads::delete(conn, &owner, ann).unwrap();

    let again = contact(firm.lead("Ann"), None);
    let entry = do_not_contact::find_for(conn, &owner, &again)
        .unwrap()
        .unwrap();
    assert_eq!((entry.kind, entry.source), (Kind::Phone, Source::Outcome));
    do_not_contact::remove(conn, &owner, entry.id, "asked us to call").unwrap();
    assert!(
        do_not_contact::find_for(conn, &owner, &again)
            .unwrap()
            .is_none()
    );
}
