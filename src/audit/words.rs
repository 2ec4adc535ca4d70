//! What can happen, and to what.

use crate::db::text_enum;

text_enum! {
    /// What happened.
    pub enum Event {
        /// An account was made.
        AccountCreated = "account_created",
        /// An account's settings changed.
        AccountUpdated = "account_updated",
        /// A person was invited or made.
        UserCreated = "user_created",
        /// A person who has not joined yet got another link.
        UserInvited = "user_invited",
        /// An invited person chose a password.
        UserJoined = "user_joined",
        /// A person's name, role or password changed.
        UserUpdated = "user_updated",
        /// A person can no longer sign in.
        UserDeactivated = "user_deactivated",
        /// A person can sign in again.
        UserReactivated = "user_reactivated",
        /// A person signed in.
        UserSignedIn = "user_signed_in",
        /// Some of a person's sessions were ended.
        UserSessionsEnded = "user_sessions_ended",
        /// A person's codes are asked for at the door.
        TwoFactorTurnedOn = "two_factor_turned_on",
        /// They no longer are.
        TwoFactorTurnedOff = "two_factor_turned_off",
        /// A person got new recovery codes.
        RecoveryCodesMade = "recovery_codes_made",
        /// An admin turned the codes of somebody off who had lost their app.
        TwoFactorReset = "two_factor_reset",
        /// The operator let somebody in again: with another password, without codes.
        UserReset = "user_reset",
        /// A key was made.
        ApiKeyCreated = "api_key_created",
        /// A key was revoked.
        ApiKeyRevoked = "api_key_revoked",
        /// A campaign was made.
        CampaignCreated = "campaign_created",
        /// A campaign changed.
        CampaignUpdated = "campaign_updated",
        /// A campaign was deleted; its leads live on.
        CampaignDeleted = "campaign_deleted",
        /// A workflow was made.
        WorkflowCreated = "workflow_created",
        /// A workflow's own fields, statuses, nodes or edges changed.
        WorkflowUpdated = "workflow_updated",
        /// What new leads take of a workflow became another version.
        WorkflowPublished = "workflow_published",
        /// A workflow began to run.
        WorkflowActivated = "workflow_activated",
        /// A workflow was held.
        WorkflowPaused = "workflow_paused",
        /// A workflow went on.
        WorkflowResumed = "workflow_resumed",
        /// A workflow is done.
        WorkflowCompleted = "workflow_completed",
        /// A workflow was given up.
        WorkflowCancelled = "workflow_cancelled",
        /// A workflow was deleted; its leads live on.
        WorkflowDeleted = "workflow_deleted",
        /// A lead was made.
        LeadCreated = "lead_created",
        /// A lead came in with a file.
        LeadImported = "lead_imported",
        /// A lead's fields changed.
        LeadUpdated = "lead_updated",
        /// A lead was put away.
        LeadArchived = "lead_archived",
        /// A lead came back.
        LeadUnarchived = "lead_unarchived",
        /// A lead was deleted for good.
        LeadDeleted = "lead_deleted",
        /// A lead got another owner.
        LeadAssigned = "lead_assigned",
        /// A lead entered a workflow.
        LeadEnrolled = "lead_enrolled",
        /// Somebody wrote a note.
        LeadNoted = "lead_noted",
        /// A lead got another status in its workflow.
        LeadStatusChanged = "lead_status_changed",
        /// A lead was won.
        LeadConverted = "lead_converted",
        /// A lead's run is over.
        RunEnded = "run_ended",
        /// A person took a run over.
        RunPaused = "run_paused",
        /// A person handed a run back.
        RunResumed = "run_resumed",
        /// A person moved a run: ran its step now, skipped or snoozed it, or sent it elsewhere.
        RunMoved = "run_moved",
        /// Somebody is to be left alone.
        DoNotContactAdded = "do_not_contact_added",
        /// Somebody may be contacted again.
        DoNotContactRemoved = "do_not_contact_removed",
        /// A channel's messages leave another way.
        ConnectorUpdated = "connector_updated",
        /// The leads of a file came in.
        FileImported = "file_imported",
        /// The leads of a file were taken back.
        ImportUndone = "import_undone",
        /// Somebody asked for a file of leads, and got it in part or whole.
        LeadsExportBegun = "leads_export_begun",
        /// The last piece of that file was handed out.
        LeadsExported = "leads_exported",
        /// A calling number was added.
        CallingNumberCreated = "calling_number_created",
        /// A calling number changed.
        CallingNumberUpdated = "calling_number_updated",
        /// A calling number was taken out.
        CallingNumberDeleted = "calling_number_deleted",
        /// A destination was added.
        DestinationCreated = "destination_created",
        /// A destination changed.
        DestinationUpdated = "destination_updated",
        /// A destination was taken out.
        DestinationDeleted = "destination_deleted",
        /// A team was made.
        TeamCreated = "team_created",
        /// A team was renamed, switched on or off, or has other members.
        TeamUpdated = "team_updated",
        /// A team that nothing belonged to was deleted.
        TeamDeleted = "team_deleted",
        /// A lead source was made.
        LeadSourceCreated = "lead_source_created",
        /// A lead source was renamed, or switched on or off.
        LeadSourceUpdated = "lead_source_updated",
        /// A lead source that no lead came from was deleted.
        LeadSourceDeleted = "lead_source_deleted",
        /// A rotation was made.
        RotationCreated = "rotation_created",
        /// A rotation, or who is in it, changed.
        RotationUpdated = "rotation_updated",
        /// Somebody took the next turn of a rotation without a lead.
        RotationAdvanced = "rotation_advanced",
        /// A key of leads became a field.
        FieldCreated = "field_created",
        /// A field changed.
        FieldUpdated = "field_updated",
        /// A field was taken out of the catalogue; what leads have under its key stayed.
        FieldDeleted = "field_deleted",
        /// What leads had under one key went to another.
        KeysMerged = "keys_merged",
    }
}

text_enum! {
    /// What an entry is about.
    pub enum Subject {
        /// The account itself.
        Account = "account",
        /// A person.
        User = "user",
        /// A key.
        ApiKey = "api_key",
        /// A campaign.
        Campaign = "campaign",
        /// A workflow.
        Workflow = "workflow",
        /// A lead.
        Lead = "lead",
        /// A connector.
        Connector = "connector",
        /// An entry of the do-not-contact list.
        DoNotContactEntry = "do_not_contact_entry",
        /// An import.
        Import = "import",
        /// A calling number.
        CallingNumber = "calling_number",
        /// A destination.
        Destination = "destination",
        /// A team.
        Team = "team",
        /// A lead source.
        LeadSource = "lead_source",
        /// A rotation.
        Rotation = "rotation",
        /// A field of the catalogue.
        Field = "field",
    }
}

text_enum! {
    /// Who acts that is neither a person nor a key.
    pub enum Other {
        /// Leadline itself.
        Worker = "worker",
        /// The operator.
        CommandLine = "command line",
        /// Somebody who got a message.
        Recipient = "recipient",
    }
}
