//! Imports, as people make them.

mod columns;
mod create;
mod discard;
mod file;
mod index;
mod rules;
mod run;
mod undo;

use std::io::Write as _;

use leadline::caller::{Caller, Role};
use leadline::enrolment::imports::{self, Import, State};
use leadline::leads;
use uuid::Uuid;

use crate::app::{Browser, Firm, Page, TestApp};

/// A small file.
pub const LEADS: &[u8] = b"Phone,First name,City\n+442079460321,Ann,Leeds\n+442079460322,Ben,\n";

/// An import that somebody has uploaded a file for.
pub fn import(firm: &Firm<'_>, file_name: &str, bytes: &[u8]) -> Uuid {
    begun(&firm.signed_in(Role::Owner), file_name, bytes)
}

/// The same without a browser.
pub fn drafted(app: &TestApp, caller: &Caller) -> Uuid {
    let uploads = app.uploads();
    let mut received = uploads.receive().unwrap();
    received.write_all(LEADS).unwrap();
    imports::begin(&mut app.connect(), caller, &uploads, received, "leads.csv").unwrap()
}

/// The same in a browser that is open.
pub fn begun(browser: &Browser, file_name: &str, bytes: &[u8]) -> Uuid {
    let answer = browser.upload("/imports", file_name, bytes);
    let path = answer.location().unwrap_or_else(|| panic!("{answer:?}"));
    let id = path.strip_prefix("/imports/").unwrap();
    Uuid::try_parse(id.strip_suffix("/file").unwrap()).unwrap()
}

/// How an import stands.
pub fn stands(firm: &Firm<'_>, id: Uuid) -> Import {
    imports::import(&mut firm.app().connect(), &firm.owner(), id).unwrap()
}

/// Rows of every kind.
pub const MIXED: &[u8] = b"Phone,First name,City\n\
    +442079460321,Ann,Leeds\n\
    +442079460322,Ben,York\n\
    nonsense,Cid,Hull\n\
    +442079460321,Ann again,Leeds\n\
    +442079460323,Dan,Bath\n";

/// An import whose columns are as they were suggested and whose rules are `rules`, checked.
pub fn checked(firm: &Firm<'_>, owner: &Browser, file: &[u8], rules: &[(&str, &str)]) -> Uuid {
    let id = begun(owner, "leads.csv", file);
    let columns = owner.get(&format!("/imports/{id}/columns"));
    let page = owner.follow(owner.send(columns.form("Continue to rules")));
    let mut form = page.form("Check the rows");
    for (label, value) in rules {
        form = match *value {
            "tick" => form.tick(label),
            "untick" => form.untick(label),
            value => form.fill(label, value),
        };
    }
    let sent = owner.send(form);
    assert_eq!(
        sent.location(),
        Some(format!("/imports/{id}/check")),
        "{sent:?}"
    );
    firm.app().import_all();
    assert_eq!(stands(firm, id).state, State::Checked);
    id
}

/// Runs a checked import; its page afterwards.
pub fn ran(firm: &Firm<'_>, owner: &Browser, id: Uuid) -> Page {
    let sent = owner.post(&format!("/imports/{id}/run"), &[]);
    assert_eq!(sent.location(), Some(format!("/imports/{id}")), "{sent:?}");
    firm.app().import_all();
    owner.get(&format!("/imports/{id}"))
}

/// The lead with this number.
pub fn named(firm: &Firm<'_>, phone: &str) -> leads::Lead {
    let query = leads::Query {
        q: Some(phone.to_owned()),
        ..leads::Query::default()
    };
    let page = leads::page(&mut firm.app().connect(), &firm.owner(), &query).unwrap();
    page.leads.into_iter().next().unwrap().lead
}
