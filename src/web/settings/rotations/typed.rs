//! What stands in the forms.

use uuid::Uuid;

use super::{Choice, Form};
use crate::error::{Error, Problem, Result};
use crate::rotations::{DEFAULT, Rotation, RotationInput, Status, Strategy};
use crate::teams::{MemberRef, Team};

/// The words of the field that says what it gives out, beside the ids of teams.
const EVERY_LEAD: &str = "default";
const CHOSEN: &str = "chosen";

/// Which leads a rotation can give out: those that no other gives out now, and what is `current`.
pub fn scopes(teams: &[Team], others: &[Rotation], current: &str) -> Vec<Choice> {
    let at_work = others.iter().filter(|one| one.status == Status::Active);
    let taken: Vec<String> = at_work.map(scope_of).collect();
    let active = teams.iter().filter(|team| team.is_active);
    let mut all = vec![Choice::new(
        EVERY_LEAD,
        "All leads that no team’s rotation takes",
        current,
    )];
    all.extend(active.map(|team| {
        let id = team.id.to_string();
        Choice::new(id, format!("Leads of {}", team.name), current)
    }));
    all.push(Choice::new(
        CHOSEN,
        "Only what somebody gives to it",
        current,
    ));
    all.retain(|one| one.chosen || one.value == CHOSEN || !taken.contains(&one.value));
    all
}

/// The word for what a rotation gives out.
pub fn scope_of(rotation: &Rotation) -> String {
    match rotation.team_id {
        Some(team_id) => team_id.to_string(),
        None if rotation.is_default() => EVERY_LEAD.to_owned(),
        None => CHOSEN.to_owned(),
    }
}

/// The form of what a rotation is, over what it is now.
///
/// # Errors
/// [`Error::Invalid`].
pub fn over(form: &Form, present: RotationInput) -> Result<RotationInput> {
    let invalid =
        |field, sentence: &'static str| Error::invalid(field, Problem::Said(sentence.into()));
    let name = form.get("name").trim();
    let (team_id, name) = match form.get("for") {
        EVERY_LEAD => (None, DEFAULT.to_owned()),
        CHOSEN if name.eq_ignore_ascii_case(DEFAULT) => {
            let sentence = "Call it something else: “default” is what all leads go through";
            return Err(invalid("name", sentence));
        }
        CHOSEN => (None, name.to_owned()),
        team => {
            let team = Uuid::try_parse(team);
            let chosen = team.map_err(|_| invalid("for", "Choose which leads it gives out"))?;
            (Some(chosen), name.to_owned())
        }
    };
    let strategy: Result<Strategy, _> = form.get("strategy").parse();
    let fallback = form.get("fallback");
    Ok(RotationInput {
        name,
        team_id,
        strategy: strategy.map_err(|_| invalid("strategy", "Choose how the next is picked"))?,
        fallback: (!fallback.is_empty()).then(|| MemberRef::of(fallback)),
        ..present
    })
}

/// A rotation that nothing is said of yet.
pub fn blank() -> RotationInput {
    RotationInput {
        name: String::new(),
        team_id: None,
        strategy: Strategy::RoundRobin,
        status: Status::Active,
        fallback: None,
        members: Vec::new(),
    }
}
