//! `GET /team`: the people that leads can be given to (contract §6).

use actix_web::HttpResponse;
use serde::Serialize;
use uuid::Uuid;

use super::query::Query;
use super::{Call, Refusal};
use crate::caller::Person;
use crate::people;

#[derive(Serialize)]
struct TeamJson {
    success: bool,
    team: Vec<PersonJson>,
}

#[derive(Serialize)]
struct PersonJson {
    id: Uuid,
    name: String,
    email: String,
    /// People have no id in other systems.
    external_id: Option<String>,
}

impl From<Person> for PersonJson {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            name: person.name,
            email: person.email,
            external_id: None,
        }
    }
}

/// Everybody who works in the account, by name.
///
/// # Errors
/// As [`people::active_people`]; a query that is not right.
pub async fn index(call: Call, query: Query) -> Result<HttpResponse, Refusal> {
    let team = call.run(move |conn, caller| {
        query.done(())?;
        let people = people::active_people(conn, caller)?.into_iter();
        Ok(people.map(PersonJson::from).collect())
    });
    Ok(HttpResponse::Ok().json(TeamJson {
        success: true,
        team: team.await?,
    }))
}
