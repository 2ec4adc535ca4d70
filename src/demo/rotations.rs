//! The demo's rotations, and who is away.

use chrono::Days;

use super::teams::{ADMISSION, Teams};
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::Result;
use crate::people;
use crate::rotations::{self, DEFAULT, MemberInput, RotationInput, Status, Strategy};
use crate::teams::MemberRef;

/// Everybody who sells.
const SELLERS: [&str; 3] = [
    "diego@academia-andes.example",
    "priya@academia-andes.example",
    "tom@academia-andes.example",
];
/// Who is away for a few days.
const AWAY: &str = "priya@academia-andes.example";

pub(super) fn make(conn: &mut PgConnection, owner: &Caller, teams: &Teams) -> Result<()> {
    let member = |email: &&str| MemberInput::of(MemberRef::of(email));
    let fallback = Some(MemberRef::of("ana@academia-andes.example"));
    let mut admission: Vec<MemberInput> = ADMISSION.iter().map(member).collect();
    // The manager takes a few herself.
    for (member, weight) in admission.iter_mut().zip([1, 3, 3]) {
        member.weight = weight;
    }
    let of_team = RotationInput {
        name: "Admisión".into(),
        team_id: Some(teams.admission),
        strategy: Strategy::Weighted,
        status: Status::Active,
        fallback: fallback.clone(),
        members: admission,
    };
    rotations::create(conn, owner, of_team)?;
    let default = RotationInput {
        name: DEFAULT.into(),
        team_id: None,
        strategy: Strategy::RoundRobin,
        status: Status::Active,
        fallback,
        members: SELLERS.iter().map(member).collect(),
    };
    rotations::create(conn, owner, default)?;
    let everybody = people::active_people(conn, owner)?;
    if let Some(priya) = everybody.iter().find(|one| one.email == AWAY) {
        let today = owner
            .now
            .with_timezone(&owner.account.time_zone)
            .date_naive();
        let back = today.checked_add_days(Days::new(3)).unwrap_or(today);
        people::add_absence(conn, owner, priya.id, today, back)?;
    }
    Ok(())
}
