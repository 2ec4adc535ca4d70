//! What can be wrong with a field.

use std::borrow::Cow;

use validator::ValidationError;

/// The rules a field can break. `Display` gives what follows the field's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Missing, null or blank.
    Required,
    /// A call workflow wants a phone number.
    RequiredForCalls,
    /// More characters than this.
    TooLong(usize),
    /// Fewer characters than this.
    TooShort(usize),
    /// More entries than this.
    TooMany(usize),
    /// Not an e-mail address.
    NotAnEmail,
    /// Of the wrong type; the words say what it must be, as "a string".
    MustBe(&'static str),
    /// Null where a value must stand.
    NotNull,
    /// Names something this account does not have.
    NotOfAccount,
    /// Names a team or a lead source that was deactivated.
    Deactivated,
    /// Names a lead source of a team that the lead is not in.
    OfAnotherTeam,
    /// Holds a NUL character, which the database can't store.
    Nul,
    /// Not a key this call knows.
    Unknown,
    /// A whole sentence of its own.
    Said(Cow<'static, str>),
}

impl Problem {
    pub(super) fn from_validator(error: &ValidationError) -> Self {
        let bound = |name: &str| {
            let bound = error.params.get(name).and_then(serde_json::Value::as_u64);
            bound.and_then(|bound| usize::try_from(bound).ok())
        };
        let characters = error
            .params
            .get("value")
            .and_then(serde_json::Value::as_str);
        let characters = characters.map_or(0, |value| value.chars().count());
        match error.code.as_ref() {
            "required" => Self::Required,
            "email" => Self::NotAnEmail,
            "nul" => Self::Nul,
            "length" => match (bound("min"), bound("max")) {
                (_, Some(max)) if characters > max => Self::TooLong(max),
                (Some(min), _) if min > 1 => Self::TooShort(min),
                _ => Self::Required,
            },
            _ => match &error.message {
                Some(sentence) => Self::Said(sentence.clone()),
                None => Self::MustBe("something else"),
            },
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Required => f.write_str("is required"),
            Self::RequiredForCalls => {
                f.write_str("is required when assigning to a workflow with call steps")
            }
            Self::TooLong(max) => write!(f, "must be at most {max} characters long"),
            Self::TooShort(min) => write!(f, "must be at least {min} characters long"),
            Self::TooMany(max) => write!(f, "must have at most {max} entries"),
            Self::NotAnEmail => f.write_str("must look like name@example.com"),
            Self::MustBe(what) => write!(f, "must be {what}"),
            Self::NotNull => f.write_str("can't be null"),
            Self::NotOfAccount => f.write_str("not found or does not belong to your account"),
            Self::Deactivated => f.write_str("is deactivated and takes no new leads"),
            Self::OfAnotherTeam => f.write_str("belongs to a team that the lead is not in"),
            Self::Nul => f.write_str("must not contain NUL characters"),
            Self::Unknown => f.write_str("is not a known field"),
            Self::Said(sentence) => f.write_str(sentence),
        }
    }
}
