//! Who asks, for which account, at which instant, and what they may do: the one place where
//! roles and scopes are turned into permissions.

mod sees;

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::db::text_enum;
use crate::error::{Error, Result};

pub use sees::{RepsSee, Sees};

/// The one who asks. Every public function of a room takes it.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account everything happens in.
    pub account: Account,
    /// Who acts.
    pub actor: Actor,
    /// Which leads they see.
    pub sees: Sees,
    /// The request, for the audit; empty for the worker and the command line.
    pub request: Option<RequestFacts>,
    /// The instant of the call.
    pub now: DateTime<Utc>,
}

/// The account as every call needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Its short number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-2; numbers without `+` are read as of this country.
    pub default_country: String,
    /// The zone dates are shown in.
    pub time_zone: chrono_tz::Tz,
    /// What becomes of leads it has already.
    pub duplicates: DuplicateRules,
    /// Which leads its reps see.
    pub leads_reps_see: RepsSee,
}

text_enum! {
    /// What becomes of a new lead when the account has one with its number, address or external id.
    pub enum Duplicates {
        /// It comes in as one more.
        Allow = "allow",
        /// The one that is there is taken for it.
        Reuse = "reuse",
        /// It is turned away.
        Refuse = "refuse",
    }
}

/// What becomes of leads that the account has already, at each entrance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateRules {
    /// Typed into the form.
    pub form: Duplicates,
    /// Sent by a program.
    pub api: Duplicates,
    /// Standing in a file.
    pub file: Duplicates,
}

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A signed-in person.
    User(Person),
    /// An API key.
    ApiKey {
        /// The key's id.
        id: Uuid,
        /// The key's name.
        name: String,
        /// What it may do.
        scopes: Vec<Scope>,
        /// Id of the person it acts for, else of the one who made it, while they are there.
        owner_id: Option<Uuid>,
        /// Their e-mail.
        owner_email: Option<String>,
        /// The person it acts for, who limits what it may do; without one it acts for the account.
        person: Option<Person>,
    },
    /// Somebody who got a message and follows its link.
    Recipient,
    /// Due work.
    Worker,
    /// The operator, at the command line.
    CommandLine,
}

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail, in lower case.
    pub email: String,
    /// Their role.
    pub role: Role,
}

/// What the audit keeps of a request.
#[derive(Clone, Debug, Default)]
pub struct RequestFacts {
    /// HTTP method.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// Headers by lower-case name, secrets masked.
    pub headers: Map<String, Value>,
    /// Where it came from.
    pub ip: Option<IpAddr>,
}

text_enum! {
    /// What a person may do in their account.
    pub enum Role {
        /// Everything, and can't be removed by others.
        Owner = "owner",
        /// Everything but to change the owner.
        Admin = "admin",
        /// Leads, campaigns and workflows.
        Manager = "manager",
        /// Leads.
        Rep = "rep",
        /// Looks, changes nothing.
        Viewer = "viewer",
    }
}

text_enum! {
    /// What an API key may do (contract §1).
    pub enum Scope {
        /// Read leads and campaigns.
        LeadsRead = "leads:read",
        /// Write leads and campaigns.
        LeadsWrite = "leads:write",
        /// Read workflows.
        WorkflowsRead = "workflows:read",
        /// Write workflows.
        WorkflowsWrite = "workflows:write",
        /// Read settings.
        SettingsRead = "settings:read",
        /// Write settings.
        SettingsWrite = "settings:write",
    }
}

/// What can be allowed or not. Rooms ask for one with [`Caller::require`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See leads and campaigns.
    ReadLeads,
    /// Create, change, archive leads and write notes.
    WriteLeads,
    /// Bring in the leads of files, and take them back.
    ImportLeads,
    /// Delete leads for good.
    DeleteLeads,
    /// Take somebody off the do-not-contact list.
    RemoveDoNotContact,
    /// Create, rename and delete campaigns.
    WriteCampaigns,
    /// See workflows.
    ReadWorkflows,
    /// Change workflows.
    WriteWorkflows,
    /// See the account's settings, its people and keys.
    ReadSettings,
    /// Change the account's settings, its people and keys.
    WriteSettings,
    /// See who did what in the whole account.
    ReadAudit,
}

impl Role {
    /// Whether this role holds a permission. The whole table of roles stands here.
    pub fn may(self, permission: Permission) -> bool {
        use Permission::*;
        match permission {
            ReadLeads | ReadWorkflows => true,
            WriteLeads => self != Self::Viewer,
            ImportLeads | DeleteLeads | RemoveDoNotContact | WriteCampaigns => {
                matches!(self, Self::Owner | Self::Admin | Self::Manager)
            }
            WriteWorkflows => matches!(self, Self::Owner | Self::Admin | Self::Manager),
            ReadSettings | WriteSettings | ReadAudit => matches!(self, Self::Owner | Self::Admin),
        }
    }
}

impl Permission {
    /// The scope an API key needs for it.
    fn scope(self) -> Scope {
        match self {
            Self::ReadLeads => Scope::LeadsRead,
            Self::WriteLeads
            | Self::ImportLeads
            | Self::DeleteLeads
            | Self::RemoveDoNotContact
            | Self::WriteCampaigns => Scope::LeadsWrite,
            Self::ReadWorkflows => Scope::WorkflowsRead,
            Self::WriteWorkflows => Scope::WorkflowsWrite,
            Self::ReadSettings | Self::ReadAudit => Scope::SettingsRead,
            Self::WriteSettings => Scope::SettingsWrite,
        }
    }
}

impl Caller {
    /// Whether this caller holds a permission.
    pub fn may(&self, permission: Permission) -> bool {
        match &self.actor {
            Actor::User(person) => person.role.may(permission),
            Actor::ApiKey { scopes, person, .. } => {
                let role = person.as_ref().map(|person| person.role);
                scopes.contains(&permission.scope()) && role.is_none_or(|role| role.may(permission))
            }
            Actor::Recipient => false,
            Actor::Worker | Actor::CommandLine => true,
        }
    }

    /// Refuses a caller without the permission.
    ///
    /// # Errors
    /// [`Error::Forbidden`], with the sentence of contract §1 for a key.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            return Ok(());
        }
        Err(Error::Forbidden(match &self.actor {
            Actor::ApiKey { scopes, .. } if !scopes.contains(&permission.scope()) => {
                format!("This key lacks the scope {}", permission.scope().as_str())
            }
            Actor::ApiKey { .. } => "The person this key acts for may not do this".to_owned(),
            _ => "Your role does not allow this; an admin of your account can help".to_owned(),
        }))
    }

    /// The person who acts, when it is one.
    pub fn person(&self) -> Option<&Person> {
        match &self.actor {
            Actor::User(person) => Some(person),
            _ => None,
        }
    }

    /// The id of the person who acts, or who made the key that does.
    pub fn person_id(&self) -> Option<Uuid> {
        match &self.actor {
            Actor::User(person) => Some(person.id),
            Actor::ApiKey { owner_id, .. } => *owner_id,
            Actor::Recipient | Actor::Worker | Actor::CommandLine => None,
        }
    }

    /// The actor as people name it where it wrote something.
    pub fn name(&self) -> &str {
        self.person()
            .map_or_else(|| self.actor_name(), |person| &person.name)
    }

    /// The actor as the audit names it: an e-mail, or what stands in for one.
    pub fn actor_name(&self) -> &str {
        match &self.actor {
            Actor::User(person) => &person.email,
            Actor::ApiKey {
                owner_email: Some(email),
                ..
            } => email,
            Actor::ApiKey { name, .. } => name,
            Actor::Recipient => "recipient",
            Actor::Worker => "worker",
            Actor::CommandLine => "command line",
        }
    }
}
