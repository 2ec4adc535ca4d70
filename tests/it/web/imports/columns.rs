//! What the columns of a file are for.

use leadline::caller::Role;
use leadline::enrolment::{Field, Reading, Target};

use super::{LEADS, begun, stands};
use crate::app::TestApp;

fn key(key: &str, reading: Reading) -> Target {
    Target::Key {
        key: key.to_owned(),
        reading,
    }
}

#[test]
fn columns_are_suggested_chosen_and_remembered() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let id = begun(&owner, "leads.csv", LEADS);
    let page = owner.get(&format!("/imports/{id}/columns"));
    assert!(page.row("City")[1].contains("Leeds"));
    assert_eq!(page.row("City")[2], "50%");
    let phone = page.field("What column A, Phone, is for");
    assert_eq!(phone.value, "field:phone_number");
    assert_eq!(page.field("New key of column C, City").value, "City");
    let form = page
        .form("Continue to rules")
        .fill("New key of column C, City", "Town")
        .fill("What column B, First name, is for", "Ignore it")
        .fill("Country of numbers without a plus", "Chile (+56)");
    let next = owner.send(form);
    assert_eq!(next.location().unwrap(), format!("/imports/{id}/rules"));
    let plan = stands(&firm, id).plan.unwrap();
    let chosen = [
        Target::Field(Field::Phone),
        Target::Ignored,
        key("Town", Reading::Text),
    ];
    assert_eq!(
        (plan.columns, plan.country.as_deref()),
        (chosen.to_vec(), Some("CL"))
    );
    let again = begun(&owner, "december.csv", LEADS);
    let page = owner.get(&format!("/imports/{again}/columns"));
    assert!(page.says("Matched as the last time"), "{page:?}");
    assert_eq!(page.field("What column B, First name, is for").value, "");
    assert_eq!(page.field("New key of column C, City").value, "Town");
}

#[test]
fn what_is_wrong_stands_beside_its_column() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let id = begun(&owner, "leads.csv", LEADS);
    let path = format!("/imports/{id}/columns");
    let form = owner.get(&path).form("Continue to rules");
    let page = owner.send(form.fill("What column C, City, is for", "Phone"));
    assert_eq!(page.status, 422);
    let problem = page.problem_of("What column C, City, is for");
    assert_eq!(problem, "Column A is for the same");
    let none = page
        .form("Continue to rules")
        .fill("What column A, Phone, is for", "Ignore it")
        .fill("What column B, First name, is for", "Ignore it")
        .fill("What column C, City, is for", "Ignore it");
    let page = owner.send(none);
    assert_eq!(
        page.summary(),
        ["Say of one column at least what it is for"]
    );
    let page = owner.send(
        owner
            .get(&path)
            .form("Continue to rules")
            .forge("column_2", "x")
            .forge("column_3", ""),
    );
    assert!(page.summary()[0].contains("in another way"), "{page:?}");
}

#[test]
fn a_key_that_leads_have_is_offered() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let body = r#"{"first_name": "Ann", "source": "web", "metadata": {"Budget": "12"}}"#;
    let made = firm
        .program()
        .ask_with("POST", "/leads", Some(("application/json", body.into())));
    made.of(201);
    let id = begun(&owner, "leads.csv", LEADS);
    let path = format!("/imports/{id}/columns");
    let form = owner.get(&path).form("Continue to rules");
    let form = form
        .fill("What column C, City, is for", "Budget")
        .fill("How column C, City, is read", "As a number");
    assert_eq!(owner.send(form).status, 303);
    let plan = stands(&firm, id).plan.unwrap();
    assert_eq!(plan.columns[2], key("Budget", Reading::Number));
}
