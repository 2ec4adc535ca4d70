//! Who else works at a firm, and what its reps see.

use leadline::accounts;
use leadline::caller::{Person, RepsSee, Role};
use leadline::people::{self, NewUser};

use super::Firm;
use super::firm::hash;

impl Firm<'_> {
    /// One more person.
    pub fn hire(&self, name: &str, role: Role) -> Person {
        let first = name.split_whitespace().next().unwrap().to_lowercase();
        let new = NewUser {
            name: name.to_owned(),
            email: format!("{first}@hired.example"),
            role,
        };
        let mut conn = self.app().connect();
        let user = people::create_user(&mut conn, &self.owner(), new, hash()).unwrap();
        Person {
            id: user.id,
            name: user.name,
            email: user.email,
            role,
        }
    }

    /// What reps see from now on.
    pub fn reps_see(&self, reps_see: RepsSee) {
        let mut conn = self.app().connect();
        accounts::set_leads_reps_see(&mut conn, &self.owner(), reps_see).unwrap();
    }
}
