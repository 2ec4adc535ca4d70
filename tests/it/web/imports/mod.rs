//! Imports, as people make them.

mod columns;
mod create;
mod discard;
mod file;
mod index;
mod rules;
mod run;

use std::io::Write as _;

use leadline::caller::{Caller, Role};
use leadline::enrolment::imports::{self, Import};
use uuid::Uuid;

use crate::app::{Browser, Firm, TestApp};

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
