//! What an entry tells, in a sentence that goes on where its actor stands.

use uuid::Uuid;

use crate::audit::{Entry, Event, Other, Subject};
use crate::web::leads::{self, Difference};

/// Longer values are read where every change is listed, not in a sentence.
const VALUE_CHARACTERS: usize = 60;

/// What was done.
pub fn did(entry: &Entry, changes: &[Difference]) -> String {
    use Event::*;
    match entry.event {
        AccountCreated => "set the account up",
        AccountUpdated => return changed("the account’s settings", changes),
        UserCreated => "added a person",
        UserInvited => "sent another invitation",
        UserJoined => "chose a password and joined",
        UserUpdated => return changed("a person", changes),
        UserDeactivated => "took a person’s access away",
        UserReactivated => "gave a person access again",
        UserSignedIn => return signed_in(entry).to_owned(),
        UserSessionsEnded => "ended sessions",
        TwoFactorTurnedOn => "turned two-factor codes on",
        TwoFactorTurnedOff => "turned two-factor codes off",
        RecoveryCodesMade => "made new recovery codes",
        TwoFactorReset => "reset a person’s two-factor codes",
        UserReset => "gave a person another password and turned their two-factor codes off",
        ApiKeyCreated => "made an API key",
        ApiKeyRevoked => "revoked an API key",
        CampaignCreated => "made a campaign",
        CampaignUpdated => return changed("a campaign", changes),
        CampaignDeleted => "deleted a campaign",
        WorkflowCreated => "made a workflow",
        WorkflowUpdated => return changed("a workflow", changes),
        WorkflowPublished => "published a workflow",
        WorkflowActivated => "activated a workflow",
        WorkflowPaused => "paused a workflow",
        WorkflowResumed => "let a workflow go on",
        WorkflowCompleted => "completed a workflow",
        WorkflowCancelled => "cancelled a workflow",
        WorkflowDeleted => "deleted a workflow",
        ConnectorUpdated => return changed("a connector", changes),
        FileImported => "brought in the leads of a file",
        ImportUndone => "took the leads of a file back",
        LeadsExportBegun => "began to export leads",
        LeadsExported => "exported leads",
        CallingNumberCreated => "added a calling number",
        CallingNumberUpdated => return changed("a calling number", changes),
        CallingNumberDeleted => "took a calling number out",
        DestinationCreated => "added a destination",
        DestinationUpdated => return changed("a destination", changes),
        DestinationDeleted => "took a destination out",
        TeamCreated => "made a team",
        TeamUpdated => return changed("a team", changes),
        TeamDeleted => "deleted a team",
        LeadSourceCreated => "made a lead source",
        LeadSourceUpdated => return changed("a lead source", changes),
        LeadSourceDeleted => "deleted a lead source",
        RotationCreated => "made a rotation",
        RotationUpdated => return changed("a rotation", changes),
        RotationAdvanced => "took the next turn of a rotation",
        FieldCreated => "made a field",
        FieldUpdated => return changed("a field", changes),
        KeysMerged => "moved what leads have under one key to another",
        FieldDeleted => "took a field out of the catalogue",
        DoNotContactAdded if entry.subject != Subject::Lead => {
            "put somebody on the do-not-contact list"
        }
        DoNotContactRemoved if entry.subject != Subject::Lead => {
            "took somebody off the do-not-contact list"
        }
        LeadCreated | LeadImported | LeadUpdated | LeadArchived | LeadUnarchived | LeadDeleted
        | LeadAssigned | LeadEnrolled | LeadNoted | LeadStatusChanged | LeadConverted
        | RunEnded | RunPaused | RunResumed | RunMoved | DoNotContactAdded
        | DoNotContactRemoved => {
            return leads::did(entry, changes).1;
        }
    }
    .to_owned()
}

fn signed_in(entry: &Entry) -> &'static str {
    match entry.data["with"].as_str() {
        Some("code") => "signed in with a two-factor code",
        Some("recovery code") => "signed in with a recovery code",
        _ => "signed in",
    }
}

fn changed(it: &str, changes: &[Difference]) -> String {
    let is_long = |text: &str| text.chars().count() > VALUE_CHARACTERS;
    match changes {
        [one] if is_long(&one.from) || is_long(&one.to) => format!("changed {}", one.what),
        changes => leads::updated(it, changes),
    }
}

/// An event where one is chosen: "Lead created".
pub fn event(event: Event) -> String {
    capital(
        &event
            .as_str()
            .replace("api_key", "API_key")
            .replace("two_factor", "two-factor")
            .replace('_', " "),
    )
}

/// A kind of thing where one is chosen.
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Account => "The account",
        Subject::User => "People",
        Subject::ApiKey => "API keys",
        Subject::Campaign => "Campaigns",
        Subject::Workflow => "Workflows",
        Subject::Lead => "Leads",
        Subject::Connector => "Connectors",
        Subject::DoNotContactEntry => "Do not contact",
        Subject::Import => "Imports",
        Subject::CallingNumber => "Calling numbers",
        Subject::Destination => "Destinations",
        Subject::Team => "Teams",
        Subject::LeadSource => "Lead sources",
        Subject::Rotation => "Rotations",
        Subject::Field => "Fields",
    }
}

/// Who acts that is neither a person nor a key.
pub fn other(other: Other) -> &'static str {
    match other {
        Other::Worker => "Leadline",
        Other::CommandLine => "The operator",
        Other::Recipient => "Somebody who got a message",
    }
}

/// A thing that has no name any more.
pub fn nameless(subject: Subject) -> &'static str {
    match subject {
        Subject::Account => "The account",
        Subject::User => "A person who is gone",
        Subject::ApiKey => "A key that is gone",
        Subject::Campaign => "A campaign that was deleted",
        Subject::Workflow => "A workflow that was deleted",
        Subject::Lead => "A lead that was deleted",
        Subject::Connector => "A connector",
        Subject::DoNotContactEntry => "An entry that was taken off",
        Subject::Import => "An import that was discarded",
        Subject::CallingNumber => "A number that was taken out",
        Subject::Destination => "A destination that was taken out",
        Subject::Team => "A team that was deleted",
        Subject::LeadSource => "A lead source that was deleted",
        Subject::Rotation => "A rotation",
        Subject::Field => "A field that was taken out",
    }
}

/// The page of a thing that is there.
pub fn page_of(subject: Subject, id: Uuid) -> String {
    match subject {
        Subject::Account => "/settings/account".to_owned(),
        Subject::User => "/settings/users".to_owned(),
        Subject::ApiKey => "/settings/keys".to_owned(),
        Subject::Campaign => format!("/leads?campaign_id={id}"),
        Subject::Workflow => format!("/workflows/{id}"),
        Subject::Lead => format!("/leads/{id}"),
        Subject::Connector => "/settings/connectors".to_owned(),
        Subject::DoNotContactEntry => "/settings/do-not-contact".to_owned(),
        Subject::Import => format!("/imports/{id}"),
        Subject::CallingNumber => "/settings/numbers".to_owned(),
        Subject::Destination => "/settings/destinations".to_owned(),
        Subject::Team => format!("/settings/teams/{id}"),
        Subject::LeadSource => format!("/settings/sources/{id}"),
        Subject::Rotation => format!("/settings/rotations/{id}"),
        Subject::Field => format!("/settings/fields/{id}"),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_called_as_people_call_them() {
        assert_eq!(event(Event::LeadCreated), "Lead created");
        assert_eq!(event(Event::ApiKeyRevoked), "API key revoked");
        assert_eq!(event(Event::TwoFactorTurnedOn), "Two-factor turned on");
    }

    #[test]
    fn a_long_value_is_not_read_out() {
        let change = |to: &str| Difference {
            what: "the contact hours".into(),
            from: "9 to 5".into(),
            to: to.into(),
        };
        let said = |to| changed("the account’s settings", &[change(to)]);
        assert_eq!(
            said("9 to 6"),
            "changed the contact hours from 9 to 5 to 9 to 6"
        );
        assert_eq!(said(&"x".repeat(61)), "changed the contact hours");
        assert_eq!(changed("a person", &[]), "changed a person");
    }
}
