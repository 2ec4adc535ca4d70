//! What can be said of a calling number.

use validator::Validate;

use super::words::Kind;
use crate::caller::Caller;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::phone::{Country, Number};
use crate::text;

/// What can be said of a calling number.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub struct CallingNumberInput {
    /// The number as it was typed; without a plus it is of the account's country.
    #[validate(length(min = 1, max = 64), custom(function = "text::check_nul"))]
    pub phone_number: String,
    /// How it reaches the network.
    pub kind: Kind,
    /// Whether calls are made from it.
    pub is_active: bool,
}

impl CallingNumberInput {
    /// With its number in E.164.
    pub(super) fn checked(self, caller: &Caller) -> Result<Self> {
        let typed = self.phone_number.trim();
        let input = Self {
            phone_number: typed.to_owned(),
            ..self
        };
        if let Err(errors) = input.validate() {
            return Err(Error::Invalid(FieldErrors::from_validator(
                &errors,
                &["phone_number"],
            )));
        }
        let country = Country::of(&caller.account.default_country);
        let Some(number) = Number::read(&input.phone_number, country) else {
            let problem = Problem::MustBe("a phone number with its country, as +12025550100");
            return Err(Error::invalid("phone_number", problem));
        };
        Ok(Self {
            phone_number: number.e164(),
            ..input
        })
    }
}
