//! The demo's teams, and where their leads come from.

use uuid::Uuid;

use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::Result;
use crate::teams::{self, MemberRef, SourceInput, TeamInput};

pub(super) const ADMISSION: [&str; 3] = [
    "ana@academia-andes.example",
    "diego@academia-andes.example",
    "priya@academia-andes.example",
];
const ALUMNI: [&str; 2] = ["ana@academia-andes.example", "tom@academia-andes.example"];

/// Their ids.
pub(super) struct Teams {
    /// For those who want to begin.
    pub admission: Uuid,
    /// For those who studied here once.
    pub alumni: Uuid,
    /// Sources of everybody.
    pub website: Uuid,
    /// The same.
    pub referral: Uuid,
    /// A source of admission alone.
    pub fair: Uuid,
    /// A source of the alumni's alone.
    pub reunion: Uuid,
}

pub(super) fn make(conn: &mut PgConnection, owner: &Caller) -> Result<Teams> {
    let admission = team(conn, owner, "Admisión", &ADMISSION)?;
    let alumni = team(conn, owner, "Exalumnos", &ALUMNI)?;
    Ok(Teams {
        admission,
        alumni,
        website: source(conn, owner, "Sitio web", None)?,
        referral: source(conn, owner, "Recomendación", None)?,
        fair: source(conn, owner, "Feria Vocacional", Some(admission))?,
        reunion: source(conn, owner, "Encuentro anual", Some(alumni))?,
    })
}

impl Teams {
    /// Where the lead at this place came from, by what its entrance wrote and whose it is.
    pub fn source(&self, written: &str, team_id: Option<Uuid>, at: usize) -> Option<Uuid> {
        match written {
            _ if team_id == Some(self.alumni) && at.is_multiple_of(3) => Some(self.reunion),
            "Feria Vocacional" if team_id == Some(self.admission) => Some(self.fair),
            "Web form" => Some(self.website),
            "Referral" => Some(self.referral),
            _ => None,
        }
    }
}

fn team(conn: &mut PgConnection, owner: &Caller, name: &str, people: &[&str]) -> Result<Uuid> {
    let input = TeamInput {
        name: name.into(),
        is_active: true,
        members: people.iter().map(|email| MemberRef::of(email)).collect(),
    };
    Ok(teams::create_team(conn, owner, input)?.id)
}

fn source(
    conn: &mut PgConnection,
    owner: &Caller,
    name: &str,
    team_id: Option<Uuid>,
) -> Result<Uuid> {
    let input = SourceInput {
        name: name.into(),
        team_id,
        is_active: true,
    };
    Ok(teams::create_source(conn, owner, input)?.id)
}
