//! A believable account to look around in, made through the same functions that people use.

mod fields;
mod leads;
mod outreach;
mod rotations;
mod teams;
mod workflows;

use chrono::{DateTime, Utc};

use crate::accounts::{self, NewAccount, NewKey};
use crate::caller::{Account, Actor, Caller, Permission, Person, Role, Sees};
use crate::db::PgConnection;
use crate::error::Result;
use crate::people::{self, Founding, NewUser};

const PASSWORD: &str = "leadline-demo";
const OWNER: (&str, &str) = ("Camila Soto", "camila@academia-andes.example");
const PEOPLE: &[(&str, &str, Role)] = &[
    ("Ana Rojas", "ana@academia-andes.example", Role::Manager),
    ("Diego Fuentes", "diego@academia-andes.example", Role::Rep),
    ("Priya Nair", "priya@academia-andes.example", Role::Rep),
    ("Tom Whitfield", "tom@academia-andes.example", Role::Rep),
    ("Elena Vidal", "elena@academia-andes.example", Role::Viewer),
];

/// How to get into the demo account.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Its name.
    pub account: String,
    /// The owner's e-mail; everybody else signs in with the same password.
    pub email: String,
    /// The password.
    pub password: String,
    /// A key with every scope.
    pub api_key: String,
}

/// Makes the demo account.
///
/// # Errors
/// [`crate::error::Error::Conflict`] when it is there already.
pub fn load(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Demo> {
    let hash = people::hash_password(PASSWORD)?;
    let founding = Founding {
        account: NewAccount {
            name: "Academia Andes".into(),
            default_country: "CL".into(),
            time_zone: "America/Santiago".into(),
        },
        name: OWNER.0.into(),
        email: OWNER.1.into(),
    };
    let (account, owner) = people::found(conn, founding, &hash, now, None)?;
    let owner = acting(account, owner, now);
    let mut team = vec![owner.clone()];
    for &(name, email, role) in PEOPLE {
        let person = NewUser {
            name: name.into(),
            email: email.into(),
            role,
        };
        let user = people::create_user(conn, &owner, person, &hash)?;
        let person = Person {
            id: user.id,
            name: user.name,
            email: user.email,
            role,
        };
        if role.may(Permission::WriteLeads) {
            team.push(acting(owner.account.clone(), person, now));
        }
    }
    outreach::make(conn, &owner)?;
    let workflows = workflows::make(conn, &owner)?;
    let teams = teams::make(conn, &owner)?;
    fields::make(conn, &owner)?;
    leads::make(conn, &team, &workflows, &teams)?;
    rotations::make(conn, &owner, &teams)?;
    let key = NewKey {
        name: "Demo".into(),
        scopes: Vec::new(),
        expires_at: None,
        person: None,
    };
    let (_, api_key) = accounts::create_key(conn, &owner, key)?;
    Ok(Demo {
        account: owner.account.name,
        email: OWNER.1.into(),
        password: PASSWORD.into(),
        api_key,
    })
}

fn acting(account: Account, person: Person, now: DateTime<Utc>) -> Caller {
    Caller {
        account,
        actor: Actor::User(person),
        sees: Sees::All,
        request: None,
        now,
    }
}
