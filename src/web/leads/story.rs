//! A lead's timeline as a salesperson reads it: one sentence for each thing that happened.

use std::collections::HashMap;

use uuid::Uuid;

use super::changes::{Difference, IDS, differences};
use super::{rotation_story, run_story};
use crate::audit::{Entry, Event};
use crate::caller::Person;
use crate::leads::{Moment, What};

/// One thing that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its icon.
    pub icon: &'static str,
    /// Whether the reader did it.
    pub mine: bool,
    /// Who did it.
    pub who: String,
    /// What they did.
    pub did: String,
    /// What they wrote about it.
    pub quote: Option<String>,
    /// The message that left.
    pub said: Option<String>,
    /// How, in small words.
    pub sub: String,
    /// Where a call can be listened to.
    pub recording: Option<String>,
    /// Field by field, when it was more than one.
    pub changes: Vec<Difference>,
}

/// The ids that moments speak of and whose names are wanted to tell them.
pub fn mentioned(moments: &[Moment]) -> Vec<Uuid> {
    let entries = moments.iter().filter_map(|moment| match &moment.what {
        What::Change(entry) => Some(entry),
        What::Note { .. } => None,
    });
    entries.flat_map(|entry| mentioned_by(entry)).collect()
}

/// The ids that an entry speaks of, but for what it is about.
pub fn mentioned_by(entry: &Entry) -> impl Iterator<Item = Uuid> {
    let ids = IDS.iter().flat_map(|field| {
        let change = &entry.data["changes"][field];
        [&change["from"], &change["to"]]
    });
    ids.filter_map(|id| Uuid::try_parse(id.as_str()?).ok())
        .chain(entry.actor_id)
}

/// A moment in words.
pub fn told(moment: &Moment, names: &HashMap<Uuid, String>, me: &Person) -> Told {
    match &moment.what {
        What::Note { author, body } => Told {
            icon: "note",
            mine: *author == me.name,
            who: author.clone(),
            did: "wrote a note".to_owned(),
            quote: Some(body.clone()),
            ..Told::default()
        },
        What::Change(entry) => {
            let changes = differences(entry, names);
            let (icon, did) = did(entry, &changes);
            Told {
                icon,
                mine: entry.actor_id == Some(me.id),
                who: actor(entry, names),
                did,
                changes: if changes.len() > 1 {
                    changes
                } else {
                    Vec::new()
                },
                sub: match entry.event {
                    Event::LeadAssigned => rotation_story::reason(entry),
                    _ => run_story::reason(entry),
                },
                ..Told::default()
            }
        }
    }
}

/// Who did it, as people call them.
pub fn actor(entry: &Entry, names: &HashMap<Uuid, String>) -> String {
    if let Some(key) = &entry.api_key {
        return format!("API key “{key}”");
    }
    let name = entry.actor_id.and_then(|id| names.get(&id));
    match (name, entry.actor.as_str()) {
        (Some(name), _) => name.clone(),
        (None, "worker") => "Leadline".to_owned(),
        (None, "command line") => "The operator".to_owned(),
        (None, actor) => actor.to_owned(),
    }
}

/// The icon and the sentence of an entry about a lead, which goes on where `actor` stands.
pub fn did(entry: &Entry, changes: &[Difference]) -> (&'static str, String) {
    if let Some(run) = run_story::did(entry, changes) {
        return run;
    }
    match entry.event {
        Event::LeadCreated => ("plus", "added this lead".to_owned()),
        Event::LeadImported => ("plus", "brought this lead in with a file".to_owned()),
        Event::LeadEnrolled => {
            let workflow = entry.data["workflow"]["name"].as_str();
            let workflow = workflow.unwrap_or("a workflow");
            ("workflow", format!("enrolled the lead in {workflow}"))
        }
        Event::LeadArchived => ("archive", "archived the lead".to_owned()),
        Event::LeadUnarchived => ("undo", "brought the lead back".to_owned()),
        Event::LeadAssigned => ("user", assigned(entry, changes)),
        Event::LeadUpdated => ("note", updated("the lead", changes)),
        Event::LeadDeleted => ("bad", "deleted the lead for good".to_owned()),
        Event::LeadNoted => ("note", "wrote a note".to_owned()),
        Event::DoNotContactAdded => ("lock", "put the lead on the do-not-contact list".to_owned()),
        Event::DoNotContactRemoved => {
            let why = entry.data["removed_because"].as_str().unwrap_or_default();
            let did = format!("took the lead off the do-not-contact list: {why}");
            ("undo", did)
        }
        other => ("info", other.as_str().replace('_', " ")),
    }
}

fn assigned(entry: &Entry, changes: &[Difference]) -> String {
    let to = entry.data["changes"]["owner_id"]["to"].as_str();
    let own = to.is_some() && to == entry.actor_id.map(|id| id.to_string()).as_deref();
    let Some(Difference { from, to, .. }) = changes.first() else {
        return "changed the owner".to_owned();
    };
    if let Some(did) = rotation_story::did(entry, to) {
        return did;
    }
    match (from.as_str(), to.as_str()) {
        ("", _) if own => "took this lead".to_owned(),
        (from, _) if own => format!("took this lead over from {from}"),
        ("", to) => format!("made {to} the owner"),
        (from, "") => format!("took the lead from {from}; nobody owns it now"),
        (from, to) => format!("handed the lead from {from} to {to}"),
    }
}

/// What changed of `it`, in one sentence.
pub fn updated(it: &str, changes: &[Difference]) -> String {
    match changes {
        [] => format!("changed {it}"),
        [Difference { what, from, to }] => match (from.as_str(), to.as_str()) {
            ("", to) => format!("set {what} to {to}"),
            (from, "") => format!("removed {what}, which was {from}"),
            (from, to) => format!("changed {what} from {from} to {to}"),
        },
        many => format!("changed {} fields", many.len()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::{Value, json};

    use super::*;
    use crate::audit::Subject;
    use crate::caller::Role;

    const ANA: Uuid = Uuid::from_u128(1);
    const DIEGO: Uuid = Uuid::from_u128(2);

    fn entry(event: Event, data: Value) -> Entry {
        Entry {
            id: Uuid::nil(),
            number: 1,
            event,
            subject: Subject::Lead,
            subject_id: Uuid::nil(),
            actor: "ana@example.com".into(),
            actor_id: Some(ANA),
            api_key: None,
            data,
            request_method: None,
            request_path: None,
            request_headers: None,
            request_ip: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn sentence(entry: Entry) -> String {
        let names = HashMap::from([(ANA, "Ana Rojas".into()), (DIEGO, "Diego Fuentes".into())]);
        let me = Person {
            id: DIEGO,
            name: "Diego Fuentes".into(),
            email: "diego@example.com".into(),
            role: Role::Rep,
        };
        let moment = Moment {
            id: Uuid::nil(),
            at: DateTime::UNIX_EPOCH,
            what: What::Change(Box::new(entry)),
        };
        let told = told(&moment, &names, &me);
        let changes = told.changes.iter();
        let changes: String = changes
            .map(|one| format!(" | {}: {} > {}", one.what, one.from, one.to))
            .collect();
        format!("{} {}{changes}", told.who, told.did)
    }

    fn updated(changes: Value) -> String {
        sentence(entry(Event::LeadUpdated, json!({ "changes": changes })))
    }

    fn assigned(from: Option<Uuid>, to: Option<Uuid>) -> String {
        let data = json!({"changes": {"owner_id": {"from": from, "to": to}}});
        sentence(entry(Event::LeadAssigned, data))
    }

    #[test]
    fn one_change_is_one_sentence() {
        let said = updated(json!({"phone": {"from": "1", "to": "2"}}));
        assert_eq!(said, "Ana Rojas changed the phone from 1 to 2");
        let said = updated(json!({"email": {"from": null, "to": "a@b.cl"}}));
        assert_eq!(said, "Ana Rojas set the e-mail to a@b.cl");
        let said = updated(json!({"metadata.beca": {"from": true, "to": null}}));
        assert_eq!(said, "Ana Rojas removed beca, which was yes");
        let said = updated(json!({"campaign_id": {"from": Uuid::from_u128(9), "to": null}}));
        assert_eq!(
            said,
            "Ana Rojas removed the campaign, which was one that is gone"
        );
    }

    #[test]
    fn several_changes_are_told_field_by_field() {
        let said = updated(json!({
            "first_name": {"from": "A", "to": "B"}, "metadata.edad": {"from": 34, "to": 35},
        }));
        assert_eq!(
            said,
            "Ana Rojas changed 2 fields | the first name: A > B | edad: 34 > 35"
        );
    }

    #[test]
    fn a_new_owner_is_told_by_name() {
        assert_eq!(
            assigned(None, Some(DIEGO)),
            "Ana Rojas made Diego Fuentes the owner"
        );
        assert_eq!(assigned(None, Some(ANA)), "Ana Rojas took this lead");
        let said = assigned(Some(DIEGO), Some(ANA));
        assert_eq!(said, "Ana Rojas took this lead over from Diego Fuentes");
        let said = assigned(Some(DIEGO), None);
        assert_eq!(
            said,
            "Ana Rojas took the lead from Diego Fuentes; nobody owns it now"
        );
    }

    #[test]
    fn what_came_through_the_api_names_the_key() {
        let mut created = entry(Event::LeadCreated, json!({}));
        created.api_key = Some("Facebook bridge".into());
        assert_eq!(
            sentence(created),
            "API key “Facebook bridge” added this lead"
        );
        let enrolled = json!({"workflow": {"name": "Admisión marzo"}});
        let said = sentence(entry(Event::LeadEnrolled, enrolled));
        assert_eq!(said, "Ana Rojas enrolled the lead in Admisión marzo");
    }

    #[test]
    fn names_are_wanted_of_everybody_who_is_mentioned() {
        let data = json!({"changes": {"owner_id": {"from": null, "to": DIEGO}}});
        let moment = Moment {
            id: Uuid::nil(),
            at: DateTime::UNIX_EPOCH,
            what: What::Change(Box::new(entry(Event::LeadAssigned, data))),
        };
        assert_eq!(mentioned(&[moment]), [DIEGO, ANA]);
    }
}
