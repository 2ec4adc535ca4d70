//! A message on its way, with what is needed to send it and to write down what came of it.

use std::sync::Arc;

use diesel::pg::PgConnection;
use serde_json::json;
use uuid::Uuid;

use super::super::cadence::Place;
use super::super::engine::{Ground, Live};
use super::super::node_config::{self, Config};
use crate::caller::{Actor, Caller, Sees};
use crate::connectors::{self, Channel};
use crate::do_not_contact::{self, Cleared};
use crate::error::Result;
use crate::outreach::{Connector, Failure, Message, Policy, Sent, send};
use crate::secrets::Sealer;
use crate::telephony::{Refusal, Rules};

/// What the links of a message are made of.
pub struct Links {
    /// How this server is reached, without a slash at the end.
    pub public_url: String,
    /// Signs opt-out links, and opens the connectors' secrets.
    pub sealer: Arc<Sealer>,
}

/// A message that was claimed. Only somebody the gate has cleared is sent one.
pub struct Parcel {
    pub(super) caller: Caller,
    pub(super) lead_id: Uuid,
    pub(super) channel: Channel,
    pub(super) failures: i32,
    pub(super) message: Message,
    pub(super) load: Load,
}

/// What is to be done with it.
pub(super) enum Load {
    Send(Connector, Cleared),
    /// It can't be sent, or must not.
    Refused(Failure),
}

impl Parcel {
    /// Sends it. Blocks, up to [`crate::outreach::LONGEST`].
    ///
    /// # Errors
    /// Those of [`send`].
    pub fn send(&self, policy: &Policy) -> std::result::Result<Sent, Failure> {
        match &self.load {
            Load::Send(connector, cleared) => {
                debug_assert_eq!(cleared.lead_id(), self.lead_id);
                send(connector, &self.message, policy, self.caller.now)
            }
            Load::Refused(failure) => Err(failure.clone()),
        }
    }
}

/// A try as it was queued.
#[derive(Debug, Clone, diesel::Queryable)]
pub(super) struct Queued {
    pub account_id: Uuid,
    pub id: Uuid,
    pub lead_id: Uuid,
    pub run_id: Uuid,
    pub channel: Channel,
    pub recipient: Option<String>,
    pub subject: Option<String>,
    pub body: Option<String>,
    pub html: Option<String>,
    pub failures: i32,
    /// Somebody had it before, and was not heard of again.
    pub is_lost: bool,
}

/// What the parcels of an account are packed with.
pub(super) struct Packing<'a> {
    pub links: &'a Links,
    pub ground: &'a Ground,
    /// Of calls.
    pub rules: &'a Rules,
    pub now: chrono::DateTime<chrono::Utc>,
}

/// Packs a try that was claimed.
pub(super) fn pack(
    conn: &mut PgConnection,
    packing: &Packing<'_>,
    live: &Live,
    queued: Queued,
    pass: std::result::Result<Cleared, do_not_contact::Entry>,
) -> Result<Parcel> {
    let Packing {
        links,
        ground,
        rules,
        now,
    } = *packing;
    let account = ground.account(live)?.clone();
    let place = ground.place(live).map(|(place, _)| place);
    let connector = connectors::open(conn, queued.account_id, queued.channel, &links.sealer)?;
    // What a person calls is theirs to know; a dialer keeps to the settings.
    let caller_id = match (queued.channel, &connector) {
        (Channel::Call, Some(Connector::Http(_))) => caller_id(rules, place, &queued),
        _ => Ok(None),
    };
    let load = match (pass, connector.map(|connector| addressed(connector, place))) {
        (Err(entry), _) => Load::Refused(Failure::Final(entry.sentence(account.time_zone))),
        (_, None) => Load::Refused(Failure::Final("Its connector was taken away".into())),
        (_, Some(Connector::Smtp(_))) if queued.is_lost => Load::Refused(Failure::Unsure(
            "The server stopped while this was being sent; it may have arrived".into(),
        )),
        (Ok(cleared), Some(connector)) => match &caller_id {
            Ok(_) => Load::Send(connector, cleared),
            Err(refusal) => Load::Refused(Failure::Final(why(*refusal))),
        },
    };
    let unsubscribe_url = queued
        .recipient
        .as_deref()
        .filter(|_| queued.channel == Channel::Email)
        .map(|email| {
            let token = do_not_contact::opt_out_token(&links.sealer, queued.account_id, email);
            format!("{}/opt-out/{token}", links.public_url)
        });
    let message = Message {
        id: queued.id,
        channel: queued.channel.as_str().to_owned(),
        to: queued.recipient,
        to_name: Some(live.lead.name()),
        subject: queued.subject,
        text: queued.body.unwrap_or_default(),
        html: queued.html,
        unsubscribe_url,
        facts: facts(links, live, place, caller_id.unwrap_or_default()),
    };
    Ok(Parcel {
        caller: Caller {
            account,
            actor: Actor::Worker,
            sees: Sees::All,
            request: None,
            now,
        },
        lead_id: queued.lead_id,
        channel: queued.channel,
        failures: queued.failures,
        message,
        load,
    })
}

/// A node may name an address of its own.
fn addressed(connector: Connector, place: Option<Place<'_>>) -> Connector {
    let config = place.map(|place| node_config::read(place.node.node_type, &place.node.config));
    match (connector, config) {
        (Connector::Http(mut http), Some(Ok(Config::Application { url: Some(url) }))) => {
            http.url = url;
            Connector::Http(http)
        }
        (connector, _) => connector,
    }
}

/// The number that a dialer calls from, if this one may be called at all.
fn caller_id(
    rules: &Rules,
    place: Option<Place<'_>>,
    queued: &Queued,
) -> std::result::Result<Option<String>, Refusal> {
    let config = place.map(|place| node_config::read(place.node.node_type, &place.node.config));
    let named = match config {
        Some(Ok(Config::Outreach(outreach))) => outreach.from_phone_number,
        _ => None,
    };
    let reach = rules.reach([named.as_deref()]);
    let to = rules.verdict(queued.recipient.as_deref().unwrap_or_default(), reach)?;
    let from = rules.caller_id(named.as_deref(), &to);
    Ok(from.map(str::to_owned))
}

/// Why a call can't be made, as the run's people read it.
fn why(refusal: Refusal) -> String {
    match refusal {
        Refusal::MissingPhoneNumber | Refusal::InvalidPhoneNumber => {
            "The phone number is not valid, so it can’t be called".to_owned()
        }
        refusal => refusal.to_string(),
    }
}

/// What an HTTP connector is told beside the message: enough to call, and where to report.
fn facts(
    links: &Links,
    live: &Live,
    place: Option<Place<'_>>,
    caller_id: Option<String>,
) -> serde_json::Value {
    let (lead, run) = (&live.lead, &live.run);
    let config = place.map(|place| node_config::read(place.node.node_type, &place.node.config));
    let dialer = match config {
        Some(Ok(Config::Outreach(outreach))) => {
            let from = caller_id.or(outreach.from_phone_number);
            json!({"from_phone_number": from, "agent_id": outreach.agent_id})
        }
        _ => json!(null),
    };
    json!({
        "lead": {
            "id": lead.id, "first_name": lead.first_name, "last_name": lead.last_name,
            "email": lead.email, "phone": lead.phone, "company": lead.company,
            "title": lead.title, "metadata": lead.metadata,
        },
        "workflow": {"id": run.workflow_id, "name": live.workflow.name},
        "workflow_run_id": run.id,
        "node": live.step.as_ref().map(|step| json!({
            "id": step.node_id, "label": step.label, "node_type": step.node_type,
            "attempt": step.attempt, "max_attempts": step.max_attempts,
        })),
        "dialer": dialer,
        "report_url": format!(
            "{}/api/public/workflows/{}/leads/{}/outcomes", links.public_url, run.workflow_id, run.id
        ),
    })
}
