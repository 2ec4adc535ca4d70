//! What stands for an entry in its seal, and for all seals before in the next one.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::audit::Entry;

/// A SHA-256.
pub type Hash = [u8; 32];

/// What stands where an entry should be that was gone before it was sealed.
pub const GONE: Hash = [0; 32];

/// The digest of everything an entry holds. Every part is preceded by its length, so that none can
/// pass for a piece of its neighbour.
pub fn digest(entry: &Entry) -> Hash {
    let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    let number = entry.number.to_string();
    let at = entry.created_at.timestamp_micros().to_string();
    let (id, subject_id) = (entry.id.to_string(), entry.subject_id.to_string());
    let actor_id = entry.actor_id.map(|id| id.to_string());
    let (data, headers) = (entry.data.to_string(), json(&entry.request_headers));
    let parts = [
        Some(id.as_str()),
        Some(&number),
        Some(entry.event.as_str()),
        Some(entry.subject.as_str()),
        Some(&subject_id),
        Some(&entry.actor),
        actor_id.as_deref(),
        entry.api_key.as_deref(),
        Some(&data),
        entry.request_method.as_deref(),
        entry.request_path.as_deref(),
        headers.as_deref(),
        entry.request_ip.as_deref(),
        Some(&at),
    ];
    let mut hash = Sha256::new();
    for part in parts {
        match part {
            None => hash.update([0]),
            Some(text) => {
                hash.update([1]);
                hash.update((text.len() as u64).to_be_bytes());
                hash.update(text);
            }
        }
    }
    hash.finalize().into()
}

/// The hash of a seal: over the account, its position, its entries and the seal before it, which
/// the first has none of.
pub fn link(
    previous: Option<&[u8]>,
    account_id: Uuid,
    position: i64,
    entry_ids: &[Uuid],
    digests: &[u8],
) -> Hash {
    let mut hash = Sha256::new();
    hash.update(previous.unwrap_or(&GONE));
    hash.update(account_id);
    hash.update(position.to_be_bytes());
    for id in entry_ids {
        hash.update(id);
    }
    hash.update(digests);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::{DateTime, TimeDelta};
    use serde_json::json;

    use super::*;
    use crate::audit::{Event, Subject};

    fn entry() -> Entry {
        Entry {
            id: Uuid::from_u128(1),
            number: 7,
            event: Event::LeadCreated,
            subject: Subject::Lead,
            subject_id: Uuid::from_u128(2),
            actor: "ana@example.com".into(),
            actor_id: Some(Uuid::from_u128(3)),
            api_key: None,
            data: json!({"b": 1, "a": [true, null]}),
            request_method: Some("POST".into()),
            request_path: Some("/leads".into()),
            request_headers: None,
            request_ip: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn whatever_changes_in_an_entry_changes_its_digest() {
        let changes: [fn(&mut Entry); 14] = [
            |it| it.id = Uuid::nil(),
            |it| it.number = 8,
            |it| it.event = Event::LeadUpdated,
            |it| it.subject = Subject::User,
            |it| it.subject_id = Uuid::nil(),
            |it| it.actor = "bob@example.com".into(),
            |it| it.actor_id = None,
            |it| it.api_key = Some(String::new()),
            |it| it.data = json!({"b": 2, "a": [true, null]}),
            |it| it.request_method = None,
            |it| it.request_path = Some("/lead".into()),
            |it| it.request_headers = Some(json!({})),
            |it| it.request_ip = Some("::1".into()),
            |it| it.created_at += TimeDelta::microseconds(1),
        ];
        let mut digests = HashSet::from([digest(&entry())]);
        for change in changes {
            let mut changed = entry();
            change(&mut changed);
            digests.insert(digest(&changed));
        }
        assert_eq!(digests.len(), 15);
        // A part moved into its neighbour is another entry.
        let mut moved = entry();
        moved.request_method = Some("POST/".into());
        moved.request_path = Some("leads".into());
        assert!(digests.insert(digest(&moved)));
    }

    #[test]
    fn the_order_of_keys_is_the_same_however_the_database_has_it() {
        let mut other = entry();
        other.data = serde_json::from_str(r#"{"a":[true,null],"b":1}"#).unwrap();
        assert_eq!(digest(&other), digest(&entry()));
    }

    #[test]
    fn a_link_depends_on_all_before_it() {
        let account = Uuid::from_u128(9);
        let ids = [Uuid::from_u128(1)];
        let first = link(None, account, 1, &ids, &[1; 32]);
        let second = link(Some(&first), account, 2, &ids, &[1; 32]);
        assert_ne!(first, second);
        assert_ne!(second, link(Some(&[7; 32]), account, 2, &ids, &[1; 32]));
        assert_ne!(first, link(None, Uuid::nil(), 1, &ids, &[1; 32]));
        assert_ne!(first, link(None, account, 1, &ids, &[2; 32]));
    }
}
