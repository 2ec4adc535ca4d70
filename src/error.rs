//! What can go wrong, named for what the person can do about it. Each face dresses these in its
//! own way: a page repeats the form with a message beside each field, the API answers with the
//! body of contract §1.

mod duplicate;
mod problem;

pub use duplicate::{Duplicate, Present};
pub use problem::Problem;

use std::borrow::Cow;

use validator::ValidationErrors;

/// The result of everything the rooms do.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or belongs to another account, which reads the same.
    #[error("{0} not found")]
    NotFound(Noun),
    /// The input breaks rules; in field order.
    #[error("the input breaks {} rule(s)", .0.0.len())]
    Invalid(FieldErrors),
    /// It can't be done in the present state; a sentence says why.
    #[error("{0}")]
    Conflict(String),
    /// The account has such a lead already, and wants no second one.
    #[error("{0}")]
    Duplicate(Duplicate),
    /// It is more than is taken at once; a sentence says how much that is.
    #[error("{0}")]
    TooLarge(String),
    /// The caller may not do this; a sentence says what is lacking.
    #[error("{0}")]
    Forbidden(String),
    /// Nobody is signed in, or the key is not known.
    #[error("{0}")]
    Unauthenticated(Unauthenticated),
    /// Too many tries; try again after so many seconds.
    #[error("too many tries, again in {retry_after_seconds} s")]
    TooMany {
        /// Whole seconds until the next try may succeed.
        retry_after_seconds: u64,
    },
    /// Anything else; logged once at the face, never shown.
    #[error("{0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// An internal error from a cause or a plain sentence.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// One broken rule of one field.
    pub fn invalid(field: impl Into<Cow<'static, str>>, problem: Problem) -> Self {
        Self::Invalid(FieldErrors(vec![FieldError::new(field, problem)]))
    }
}

/// Why a caller is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unauthenticated {
    /// A page was asked for without a session.
    #[error("not signed in")]
    NotSignedIn,
    /// E-mail and password do not go together.
    #[error("wrong e-mail or password")]
    WrongPassword,
    /// The request carries no API key.
    #[error("missing API key")]
    MissingKey,
    /// The key is unknown, revoked or expired.
    #[error("invalid API key")]
    InvalidKey,
}

/// The things that can be looked for and not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A page or an API path.
    Page,
    /// A lead.
    Lead,
    /// A campaign.
    Campaign,
    /// A workflow.
    Workflow,
    /// A node of a workflow.
    Node,
    /// An edge of a workflow.
    Edge,
    /// A status of a workflow.
    Status,
    /// A lead's run through a workflow.
    Run,
    /// A user.
    User,
    /// A team.
    Team,
    /// A lead source.
    LeadSource,
    /// A field of the catalogue.
    Field,
    /// A rotation.
    Rotation,
    /// Some days on which a person is away.
    Absence,
    /// An invitation.
    Invitation,
    /// A session.
    Session,
    /// An API key.
    ApiKey,
    /// An account.
    Account,
    /// An entry of the do-not-contact list.
    DoNotContactEntry,
    /// A connector.
    Connector,
    /// A calling number.
    CallingNumber,
    /// A destination that calls may go to.
    Destination,
    /// An import.
    Import,
    /// A message of the outbox.
    Message,
    /// What the link of a message leads to.
    Link,
}

impl std::fmt::Display for Noun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Page => "Page",
            Self::Lead => "Lead",
            Self::Campaign => "Campaign",
            Self::Workflow => "Workflow",
            Self::Node => "Node",
            Self::Edge => "Edge",
            Self::Status => "Status",
            Self::Run => "Run",
            Self::User => "User",
            Self::Team => "Team",
            Self::LeadSource => "Lead source",
            Self::Field => "Field",
            Self::Rotation => "Rotation",
            Self::Absence => "Absence",
            Self::Invitation => "Invitation",
            Self::Session => "Session",
            Self::ApiKey => "API key",
            Self::Account => "Account",
            Self::DoNotContactEntry => "Do-not-contact entry",
            Self::Connector => "Connector",
            Self::CallingNumber => "Calling number",
            Self::Destination => "Destination",
            Self::Import => "Import",
            Self::Message => "Message",
            Self::Link => "Link",
        })
    }
}

/// Broken rules, in the order of the fields. Never empty inside an [`Error::Invalid`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// The broken rules that `validator` found, which come without an order, in the order of
    /// `fields`. Codes: `required`, `length`, `email`, `nul`; others speak for themselves.
    pub fn from_validator(errors: &ValidationErrors, fields: &[&'static str]) -> Self {
        let found = errors.field_errors();
        let mut folded = Self::default();
        for field in fields.iter().copied() {
            for error in found
                .get(field)
                .into_iter()
                .flat_map(|errors| errors.iter())
            {
                folded.push(field, Problem::from_validator(error));
            }
        }
        folded
    }

    /// Notes one more broken rule.
    pub fn push(&mut self, field: impl Into<Cow<'static, str>>, problem: Problem) {
        self.0.push(FieldError::new(field, problem));
    }

    /// The first broken rule of a field.
    pub fn of(&self, field: &str) -> Option<&Problem> {
        self.0.iter().find(|e| e.field == field).map(|e| &e.problem)
    }

    /// `value` when no rule is broken.
    pub fn or<T>(self, value: T) -> Result<T> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(Error::Invalid(self))
        }
    }
}

/// One broken rule of one field. A metadata value's field reads `metadata.<key>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the API and in forms.
    pub field: Cow<'static, str>,
    /// The broken rule.
    pub problem: Problem,
}

impl FieldError {
    /// A broken rule of a field.
    pub fn new(field: impl Into<Cow<'static, str>>, problem: Problem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }

    /// The sentence with the field called `label`, as "`label` is required".
    pub fn sentence(&self, label: &str) -> String {
        match &self.problem {
            Problem::Said(sentence) => sentence.to_string(),
            problem => format!("{label} {problem}"),
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::internal(error)
    }
}
