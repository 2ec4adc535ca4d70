//! Writing and reading audit entries.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::caller::{Actor, Caller};
use crate::db::schema::audit_entries;
use crate::db::{text_enum, write_rows};
use crate::error::Result;
use crate::ids;
use crate::paging::{After, Page, Slice};

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
    }
}

/// A change to be written down.
#[derive(Debug, Clone)]
pub struct Change {
    /// What happened.
    pub event: Event,
    /// To what kind of thing.
    pub subject: Subject,
    /// To which one.
    pub subject_id: Uuid,
    /// The facts: for an update, `{"changes": {field: {"from": …, "to": …}}}`.
    pub data: Value,
}

/// An entry as it was written.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = audit_entries)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// Its number, the integer id of contract §5.
    pub number: i64,
    /// What happened.
    pub event: Event,
    /// To what kind of thing.
    pub subject: Subject,
    /// To which one.
    pub subject_id: Uuid,
    /// Who did it: an e-mail, or `recipient`, `worker` or `command line`.
    pub actor: String,
    /// The person, when it was one.
    pub actor_id: Option<Uuid>,
    /// The key's name, when it came through the API.
    pub api_key: Option<String>,
    /// The facts.
    pub data: Value,
    /// HTTP method.
    pub request_method: Option<String>,
    /// Path without the query.
    pub request_path: Option<String>,
    /// Headers, secrets masked.
    pub request_headers: Option<Value>,
    /// Where it came from.
    pub request_ip: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = audit_entries, treat_none_as_default_value = false)]
struct Row<'a> {
    account_id: Uuid,
    id: Uuid,
    event: Event,
    subject: Subject,
    subject_id: Uuid,
    actor: &'a str,
    actor_id: Option<Uuid>,
    api_key: Option<&'a str>,
    data: &'a Value,
    request_method: Option<&'a str>,
    request_path: Option<&'a str>,
    request_headers: Option<&'a Value>,
    request_ip: Option<&'a str>,
    created_at: DateTime<Utc>,
}

/// Writes entries, inside the transaction of the changes they tell of: one statement for any
/// number.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn write(conn: &mut PgConnection, caller: &Caller, changes: &[Change]) -> Result<()> {
    let (actor_id, api_key) = match &caller.actor {
        Actor::User(person) => (Some(person.id), None),
        Actor::ApiKey { name, .. } => (None, Some(name.as_str())),
        Actor::Recipient | Actor::Worker | Actor::CommandLine => (None, None),
    };
    let request = caller.request.as_ref();
    let headers = request.map(|r| Value::Object(r.headers.clone()));
    let ip = request.and_then(|r| r.ip).map(|ip| ip.to_string());
    let ids = ids::several(caller.now, changes.len());
    let rows: Vec<Row<'_>> = changes
        .iter()
        .zip(ids)
        .map(|(change, id)| Row {
            account_id: caller.account.id,
            id,
            event: change.event,
            subject: change.subject,
            subject_id: change.subject_id,
            actor: caller.actor_name(),
            actor_id,
            api_key,
            data: &change.data,
            request_method: request.map(|r| r.method.as_str()),
            request_path: request.map(|r| r.path.as_str()),
            request_headers: headers.as_ref(),
            request_ip: ip.as_deref(),
            created_at: caller.now,
        })
        .collect();
    write_rows!(conn, audit_entries::table, &rows)?;
    Ok(())
}

/// The entries about one thing, newest first, at most `limit`.
///
/// The caller has already been allowed to see the thing.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn of_subject(
    conn: &mut PgConnection,
    caller: &Caller,
    subject_id: Uuid,
    limit: i64,
) -> Result<Vec<Entry>> {
    Ok(Entry::query()
        .filter(audit_entries::account_id.eq(caller.account.id))
        .filter(audit_entries::subject_id.eq(subject_id))
        // Entries of one call share its instant; their numbers tell which was written first.
        .order((
            audit_entries::created_at.desc(),
            audit_entries::number.desc(),
        ))
        .limit(limit)
        .load(conn)?)
}

/// A page of the entries about one thing, newest first.
///
/// The caller has already been allowed to see the thing.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn page_of_subject(
    conn: &mut PgConnection,
    caller: &Caller,
    subject_id: Uuid,
    slice: &Slice,
) -> Result<Page<Entry>> {
    let mut rows = Entry::query()
        .filter(audit_entries::account_id.eq(caller.account.id))
        .filter(audit_entries::subject_id.eq(subject_id))
        .order((
            audit_entries::created_at.desc(),
            audit_entries::number.desc(),
        ))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(after) = slice.after() {
        let number: Option<i64> = audit_entries::table
            .find((caller.account.id, after.id))
            .select(audit_entries::number)
            .first(conn)
            .optional()?;
        let older = audit_entries::created_at.lt(after.created_at);
        let as_old = audit_entries::created_at.eq(after.created_at);
        let before = audit_entries::number.lt(number.unwrap_or_default());
        rows = rows.filter(older.or(as_old.and(before)));
    }
    let rows = rows.load(conn)?;
    let total = audit_entries::table
        .filter(audit_entries::account_id.eq(caller.account.id))
        .filter(audit_entries::subject_id.eq(subject_id))
        .count()
        .get_result(conn)?;
    Ok(slice.page(rows, total, |entry| After {
        created_at: entry.created_at,
        id: entry.id,
    }))
}
