//! Teams of people, and the lead sources of the account and of its teams: who works a lead, and
//! where it came from. One that is in use is deactivated and never lost; what is deactivated keeps
//! its leads and takes no new ones.

mod member;
mod numbers;
mod requirement;
mod source;
mod source_change;
mod source_input;
mod team;
mod team_change;
mod team_input;

pub use member::{Member, MemberRef};
pub use numbers::{source_id, team_id, team_numbers};
pub use requirement::Requirement;
pub use source::{LeadSource, source, source_page, sources};
pub use source_change::{create_source, delete_source, update_source};
pub use source_input::SourceInput;
pub use team::{Team, team, team_page, teams};
pub use team_change::{add_member, create_team, delete_team, remove_member, update_team};
pub use team_input::TeamInput;

use validator::{Validate, ValidationErrors};

use crate::error::{FieldErrors, Result};
use crate::text;

/// As many teams, and as many lead sources, as an account may have.
const MOST: i64 = 1_000;

/// What a team or a lead source is called.
#[derive(Validate)]
struct Name {
    #[validate(length(min = 1, max = 200), custom(function = "text::check_nul"))]
    name: String,
}

/// A name without blanks around it.
fn checked_name(name: &str) -> Result<String> {
    let name = Name {
        name: name.trim().to_owned(),
    };
    let checked: Result<(), ValidationErrors> = name.validate();
    let errors = match checked {
        Ok(()) => FieldErrors::default(),
        Err(errors) => FieldErrors::from_validator(&errors, &["name"]),
    };
    errors.or(name.name)
}
