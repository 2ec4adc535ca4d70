//! Pages of lists that are ordered by age, newest first: where a page begins, and what comes
//! after it. Lists of leads have orders and cursors of their own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Counting stops here; "more than" is said beyond it.
pub const COUNT_UP_TO: i64 = 10_000;

/// The row a page begins after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// When that row was made, in whole microseconds.
    pub created_at: DateTime<Utc>,
    /// Its id, which decides between rows made at once.
    pub id: Uuid,
}

impl After {
    /// The word for it, safe in a URL.
    pub fn encode(&self) -> String {
        let mut bytes = [0_u8; 24];
        bytes[..8].copy_from_slice(&self.created_at.timestamp_micros().to_be_bytes());
        bytes[8..].copy_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place a word names; nothing when it is none of ours.
    pub fn decode(word: &str) -> Option<Self> {
        let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(word).ok()?.try_into().ok()?;
        let (micros, id) = bytes.split_at(8);
        Some(Self {
            created_at: DateTime::from_timestamp_micros(i64::from_be_bytes(
                micros.try_into().ok()?,
            ))?,
            id: Uuid::from_slice(id).ok()?,
        })
    }
}

/// Which rows of a list are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// How many rows at most.
    pub limit: u32,
    /// Where they begin.
    pub from: From,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// At the first row.
    Start,
    /// After this row.
    Row(After),
    /// At this page, counted from 1.
    Page(u32),
}

/// Some rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins, when there is one.
    pub next: Option<After>,
    /// How many rows the whole list has.
    pub total: i64,
}

impl Slice {
    /// One row more than is shown tells whether there is another page.
    pub(crate) fn rows(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    pub(crate) fn offset(&self) -> i64 {
        match self.from {
            From::Page(page) => i64::from(page.saturating_sub(1)) * i64::from(self.limit),
            From::Start | From::Row(_) => 0,
        }
    }

    pub(crate) fn after(&self) -> Option<After> {
        match self.from {
            From::Row(after) => Some(after),
            From::Start | From::Page(_) => None,
        }
    }

    /// The page of the rows that were read, one more than are shown if there are more.
    pub(crate) fn page<T>(
        &self,
        mut rows: Vec<T>,
        total: i64,
        place: impl Fn(&T) -> After,
    ) -> Page<T> {
        let limit = self.limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(place);
        Page { rows, next, total }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_word_leads_back_to_its_place(micros in 0i64..4_000_000_000_000_000, id: u128) {
            let created_at = DateTime::from_timestamp_micros(micros).unwrap();
            let after = After { created_at, id: Uuid::from_u128(id) };
            prop_assert_eq!(After::decode(&after.encode()), Some(after));
        }

        #[test]
        fn any_other_word_is_refused_quietly(word in ".*") {
            let _ = After::decode(&word);
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        let slice = Slice {
            limit: 2,
            from: From::Start,
        };
        let place = |number: &u128| After {
            created_at: DateTime::UNIX_EPOCH,
            id: Uuid::from_u128(*number),
        };
        assert_eq!(slice.page(vec![1, 2], 2, place).next, None);
        let page = slice.page(vec![1, 2, 3], 3, place);
        assert_eq!((page.rows.len(), page.next), (2, Some(place(&2))));
    }
}
