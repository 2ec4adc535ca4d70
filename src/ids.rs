//! Ids are UUIDs of version 7 (RFC 9562 §5.7), made here so that a row knows its id before it
//! is written.

use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

/// A new id that sorts by `now`.
pub fn new(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}

/// So many new ids in ascending order: rows that are made at once keep the order they were given
/// in, and go into an index side by side.
pub fn several(now: DateTime<Utc>, count: usize) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = (0..count).map(|_| new(now)).collect();
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_at_once_ascend_and_sort_by_their_instant() {
        let (earlier, later) = (
            DateTime::UNIX_EPOCH,
            DateTime::UNIX_EPOCH + chrono::TimeDelta::milliseconds(1),
        );
        let ids = several(earlier, 1_000);
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| *id < new(later)));
    }
}
