//! What leads look like in answers.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::connectors::Channel;
use crate::enrolment::{Begun, Taken};
use crate::leads::{Lead, LeadView, Named, Numbered, Owner, Standing};
use crate::workflows::GoalType;

/// A lead's own fields, as the answers to a change give them.
#[derive(Serialize)]
pub struct LeadJson {
    id: Uuid,
    first_name: String,
    last_name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    source: String,
    company: Option<String>,
    title: Option<String>,
    campaign_id: Option<Uuid>,
    metadata: Value,
    created_at: DateTime<Utc>,
}

impl LeadJson {
    /// A lead that came in at `now`.
    pub fn taken(taken: Taken, now: DateTime<Utc>) -> Self {
        let lead = taken.lead;
        Self {
            id: lead.id,
            first_name: lead.lead.first_name,
            last_name: lead.lead.last_name,
            email: lead.lead.email,
            phone: lead.lead.phone,
            source: lead.lead.source,
            company: lead.lead.company,
            title: lead.lead.title,
            campaign_id: lead.lead.campaign_id,
            metadata: Value::Object(lead.lead.metadata),
            created_at: now,
        }
    }
}

impl From<Lead> for LeadJson {
    fn from(lead: Lead) -> Self {
        Self {
            id: lead.id,
            first_name: lead.first_name,
            last_name: lead.last_name,
            email: lead.email,
            phone: lead.phone,
            source: lead.source,
            company: lead.company,
            title: lead.title,
            campaign_id: lead.campaign_id,
            metadata: lead.metadata,
            created_at: lead.created_at,
        }
    }
}

/// The run of a lead that came in.
#[derive(Serialize)]
pub struct RunJson {
    id: Uuid,
    job_id: Uuid,
    workflow: NamedJson,
    cadence: CadenceJson,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CadenceJson {
    step_index: i32,
    channel: Option<Channel>,
    attempt_number: i32,
    max_attempts: i32,
    total_steps: i32,
}

impl From<&Begun> for RunJson {
    fn from(run: &Begun) -> Self {
        let (entrance, cadence) = (&run.entrance, &run.entrance.cadence);
        Self {
            id: run.id,
            job_id: run.step_id,
            workflow: NamedJson {
                id: entrance.workflow_id,
                name: entrance.name.clone(),
            },
            cadence: CadenceJson {
                step_index: 0,
                channel: cadence.channel,
                attempt_number: 1,
                max_attempts: cadence.max_attempts,
                total_steps: cadence.total_steps,
            },
        }
    }
}

#[derive(Serialize)]
struct NamedJson {
    id: Uuid,
    name: String,
}

impl From<Named> for NamedJson {
    fn from(Named { id, name }: Named) -> Self {
        Self { id, name }
    }
}

impl From<Numbered> for NamedJson {
    fn from(Numbered { id, name, .. }: Numbered) -> Self {
        Self { id, name }
    }
}

/// A lead with everything that belongs to it, as `GET` gives it.
#[derive(Serialize)]
pub struct LeadViewJson {
    id: Uuid,
    number: i64,
    first_name: String,
    last_name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    source: String,
    company: Option<String>,
    title: Option<String>,
    metadata: Value,
    campaign: Option<NamedJson>,
    #[serde(rename = "activeWorkflowRun")]
    active_workflow_run: Option<ActiveRunJson>,
    workflow: Option<WorkflowJson>,
    #[serde(rename = "currentStatus")]
    current_status: Option<StatusJson>,
    assigned_user: Option<PersonJson>,
    owner: Option<PersonJson>,
    team: Option<NamedJson>,
    lead_source: Option<NamedJson>,
    external_id: Option<String>,
    tags: Vec<String>,
    archived: bool,
    last_contacted_at: Option<DateTime<Utc>>,
    next_action_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct ActiveRunJson {
    id: Uuid,
    workflow_id: Uuid,
    is_active: bool,
    run_status: &'static str,
}

#[derive(Serialize)]
struct WorkflowJson {
    id: Uuid,
    name: String,
    goal_type: String,
}

#[derive(Serialize)]
struct StatusJson {
    id: Uuid,
    key: String,
    label: String,
    color: String,
    category: String,
}

#[derive(Clone, Serialize)]
struct PersonJson {
    id: Uuid,
    name: String,
    email: String,
    avatar_url: Option<String>,
}

impl From<Owner> for PersonJson {
    fn from(owner: Owner) -> Self {
        Self {
            id: owner.id,
            name: owner.name,
            email: owner.email,
            avatar_url: owner.avatar_url,
        }
    }
}

impl From<Standing> for StatusJson {
    fn from(standing: Standing) -> Self {
        Self {
            id: standing.id,
            key: standing.key,
            label: standing.label,
            color: standing.color,
            category: standing.category,
        }
    }
}

impl From<LeadView> for LeadViewJson {
    fn from(view: LeadView) -> Self {
        let lead = view.lead;
        let owner = view.owner.map(PersonJson::from);
        let for_meetings = view
            .workflow
            .as_ref()
            .is_some_and(|workflow| workflow.goal_type == GoalType::Appointment.as_str());
        // The owner counts as assigned while the active workflow is for meetings (contract §2).
        let assigned = view.run.is_some() && for_meetings;
        Self {
            id: lead.id,
            number: lead.number,
            first_name: lead.first_name,
            last_name: lead.last_name,
            email: lead.email,
            phone: lead.phone,
            source: lead.source,
            company: lead.company,
            title: lead.title,
            metadata: lead.metadata,
            campaign: view.campaign.map(NamedJson::from),
            active_workflow_run: view.run.map(|run| ActiveRunJson {
                id: run.id,
                workflow_id: run.workflow_id,
                is_active: true,
                run_status: match run.status.as_str() {
                    "paused" => "paused",
                    _ => "running",
                },
            }),
            workflow: view.workflow.map(|workflow| WorkflowJson {
                id: workflow.id,
                name: workflow.name,
                goal_type: workflow.goal_type,
            }),
            current_status: view.standing.map(StatusJson::from),
            assigned_user: owner.clone().filter(|_| assigned),
            owner,
            team: view.team.map(NamedJson::from),
            lead_source: view.lead_source.map(NamedJson::from),
            external_id: lead.external_id,
            tags: lead.tags,
            archived: lead.archived_at.is_some(),
            last_contacted_at: lead.last_contacted_at,
            next_action_at: lead.next_action_at,
            created_at: lead.created_at,
            updated_at: lead.updated_at,
        }
    }
}
