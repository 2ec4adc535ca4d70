//! The frame around a signed-in page.

use chrono::{DateTime, Utc};

use super::Flash;
use crate::caller::Person;

/// The entries of the main navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nav {
    /// `/`
    Home,
    /// `/today`
    Today,
    /// `/leads`
    Leads,
    /// `/campaigns`
    Campaigns,
    /// `/workflows`
    Workflows,
    /// `/imports`
    Imports,
    /// `/audit`
    Audit,
    /// None of them: the menu's pages and the errors.
    Elsewhere,
}

/// What the frame around a signed-in page shows.
#[derive(Clone, Debug)]
pub struct Page {
    /// The account's name.
    pub account: String,
    /// Who is signed in.
    pub person: Person,
    /// Which entry of the navigation is current.
    pub nav: Nav,
    /// The token for forms.
    pub csrf: String,
    /// What the page says on top.
    pub flash: Option<Flash>,
    /// The zone of every time on the page.
    pub zone: chrono_tz::Tz,
    /// The instant of the page.
    pub now: DateTime<Utc>,
    /// Whether the navigation leads to Today: the person works leads.
    pub may_work: bool,
    /// Whether the menu leads to the settings.
    pub may_settings: bool,
    /// Whether the navigation leads to the audit.
    pub may_audit: bool,
}
