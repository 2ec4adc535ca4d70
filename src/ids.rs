//! Ids are UUIDs of version 7 (RFC 9562 §5.7), made here so that a row knows its id before it
//! is written.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

use crate::error::{Error, Noun, Result};

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

/// A thing by its id, or by the short number that people call it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdOrNumber {
    /// By its id.
    Id(Uuid),
    /// By its number.
    Number(i64),
}

impl IdOrNumber {
    /// The id: as it is, or the one that `find` knows of the number.
    ///
    /// # Errors
    /// [`Error::NotFound`] of this noun when it knows none; those of `find`.
    pub fn resolved(
        self,
        noun: Noun,
        find: impl FnOnce(i64) -> Result<Option<Uuid>>,
    ) -> Result<Uuid> {
        match self {
            Self::Id(id) => Ok(id),
            Self::Number(number) => find(number)?.ok_or(Error::NotFound(noun)),
        }
    }
}

/// A word that is neither an id nor a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neither;

impl FromStr for IdOrNumber {
    type Err = Neither;

    fn from_str(word: &str) -> Result<Self, Neither> {
        // Digits alone: a sign would be a second way to write the same number.
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return word.parse().map(Self::Number).map_err(|_| Neither);
        }
        Uuid::try_parse(word).map(Self::Id).map_err(|_| Neither)
    }
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

    #[test]
    fn a_thing_is_named_by_its_id_or_its_number() {
        let id = Uuid::from_u128(7);
        assert_eq!(id.to_string().parse(), Ok(IdOrNumber::Id(id)));
        assert_eq!("17".parse(), Ok(IdOrNumber::Number(17)));
        for word in ["", "-1", "+1", "1.5", "x", "99999999999999999999", " 1"] {
            assert_eq!(word.parse::<IdOrNumber>(), Err(Neither), "{word}");
        }
    }
}
