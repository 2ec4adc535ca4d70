//! The words for what is wrong with a row, and for why one is passed over (contract §4).

use crate::db::text_enum;
use crate::telephony::Refusal;

text_enum! {
    /// Why a row was refused, or passed over.
    pub enum Code {
        /// There is no number.
        MissingPhoneNumber = "missing_phone_number",
        /// The number is none, or can't be called.
        InvalidPhoneNumber = "invalid_phone_number",
        /// Nothing of its country may be called.
        CountryNotEnabled = "country_not_enabled",
        /// Others of its country may be called.
        PrefixNotEnabled = "prefix_not_enabled",
        /// The workflow has no number to call from.
        NoActiveCallingNumber = "no_active_calling_number",
        /// The e-mail is none.
        InvalidEmail = "invalid_email",
        /// There are more cells than columns.
        TooManyColumns = "too_many_columns",
        /// Anything else about a field.
        BadRow = "bad_row",
        /// Passed over: the lead is in a workflow, or was in this one.
        AlreadyEnrolled = "already_enrolled",
        /// Passed over: an earlier row has the same number.
        DuplicateInFile = "duplicate_in_file",
        /// Passed over: nobody may contact it.
        DoNotContact = "do_not_contact",
        /// Passed over: the lead is there already.
        LeadExists = "lead_exists",
        /// Passed over: the lead is there, and the row says nothing new of it.
        NothingNew = "nothing_new",
        /// Passed over: a person left the row out.
        LeftOut = "left_out",
    }
}

impl From<Refusal> for Code {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::MissingPhoneNumber => Self::MissingPhoneNumber,
            Refusal::InvalidPhoneNumber => Self::InvalidPhoneNumber,
            Refusal::CountryNotEnabled(_) => Self::CountryNotEnabled,
            Refusal::PrefixNotEnabled(..) => Self::PrefixNotEnabled,
            Refusal::NoActiveCallingNumber => Self::NoActiveCallingNumber,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Country;

    #[test]
    fn a_refusal_has_one_word_wherever_it_is_told() {
        let Some(country) = Country::of("IN") else {
            panic!("India has numbers")
        };
        for refusal in [
            Refusal::MissingPhoneNumber,
            Refusal::InvalidPhoneNumber,
            Refusal::CountryNotEnabled(country),
            Refusal::PrefixNotEnabled(country, None),
            Refusal::NoActiveCallingNumber,
        ] {
            assert_eq!(Code::from(refusal).as_str(), refusal.code());
        }
    }
}
