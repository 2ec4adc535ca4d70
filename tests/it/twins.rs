//! Finding leads again by what they are known by.

use std::slice::from_ref;
use std::sync::Arc;

use leadline::leads::{self, Key, Keys, Lead, NewLead};
use uuid::Uuid;

use crate::app::{Firm, TestApp};

fn lead(phone: &str, email: &str, external_id: &str) -> NewLead {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    NewLead {
        first_name: "Ann".to_owned(),
        phone: given(phone),
        email: given(email),
        external_id: given(external_id),
        ..NewLead::default()
    }
}

/// Who is found, and by which key, for each that comes.
fn found(firm: &Firm<'_>, coming: &[NewLead]) -> (Vec<Option<(Key, Uuid)>>, usize) {
    let keys: Vec<Keys> = coming.iter().map(|lead| Keys::of(lead, "US")).collect();
    let mut conn = firm.app().connect();
    let ask = || leads::twins(&mut conn, &firm.owner(), &keys).unwrap();
    let (twins, asked) = firm.app().statements(ask);
    let of = |keys: &Keys| {
        let twin: Option<(Key, &Arc<Lead>)> = twins.find(keys);
        twin.map(|(key, lead)| (key, lead.id))
    };
    (keys.iter().map(of).collect(), asked.len())
}

#[test]
fn the_number_decides_before_the_email_and_that_before_the_external_id() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let phone = firm.lead_with(lead("(201) 555-0123", "", ""));
    let email = firm.lead_with(lead("", "Ann@Boats.example", ""));
    let external = firm.lead_with(lead("", "", "crm-7"));
    let coming = [
        lead("+12015550123", "ann@boats.example", "crm-7"),
        lead("+12015550124", "ANN@BOATS.EXAMPLE", "crm-7"),
        lead("", "ann@boats.example2", " crm-7 "),
        lead("", "", "CRM-7"),
        lead("", "", ""),
    ];
    let (found, asked) = found(&firm, &coming);
    let expected = [
        Some((Key::Phone, phone)),
        Some((Key::Email, email)),
        Some((Key::ExternalId, external)),
        None,
        None,
    ];
    assert_eq!(found, expected);
    assert_eq!(asked, 4, "one for each kind of key and one for the leads");
}

#[test]
fn the_oldest_is_found_and_never_an_archived_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let one = lead("+12015550123", "", "");
    let [first, second] = [one.clone(), one.clone()].map(|lead| {
        app.wait(chrono::TimeDelta::minutes(1));
        firm.lead_with(lead)
    });
    assert_eq!(found(&firm, from_ref(&one)).0, [Some((Key::Phone, first))]);
    leads::archive(&mut app.connect(), &firm.owner(), first).unwrap();
    assert_eq!(found(&firm, from_ref(&one)).0, [Some((Key::Phone, second))]);
    leads::archive(&mut app.connect(), &firm.owner(), second).unwrap();
    assert_eq!(found(&firm, &[one]).0, [None]);
}

#[test]
fn who_has_no_key_has_no_twin_and_costs_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.lead_with(lead("", "", ""));
    firm.lead_with(lead("call me", "", ""));
    let coming = [lead("", "", ""), lead("call me", "", " ")];
    assert_eq!(found(&firm, &coming), (vec![None, None], 0));
}

#[test]
fn nobody_is_a_twin_of_another_accounts_lead() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let one = lead("+12015550123", "ann@boats.example", "crm-7");
    other.lead_with(one.clone());
    assert_eq!(found(&firm, &[one]).0, [None]);
}
