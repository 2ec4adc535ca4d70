//! Where a page of the audit begins: an opaque word that names the entry before it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};

/// The entry a page begins after, or ends before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When it was written, in whole microseconds.
    pub created_at: DateTime<Utc>,
    /// Its number, which decides between entries of one instant.
    pub number: i64,
    /// How many entries stand before the page, as far as is known.
    pub position: u32,
    /// Whether the page lies before the entry instead of after it.
    pub backwards: bool,
}

impl Cursor {
    /// The word for it, safe in a URL.
    pub fn encode(&self) -> String {
        let mut bytes = [0_u8; 21];
        bytes[0] = u8::from(self.backwards);
        bytes[1..5].copy_from_slice(&self.position.to_be_bytes());
        bytes[5..13].copy_from_slice(&self.created_at.timestamp_micros().to_be_bytes());
        bytes[13..].copy_from_slice(&self.number.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place a word names; nothing when it is none of ours.
    pub fn decode(word: &str) -> Option<Self> {
        let bytes: [u8; 21] = URL_SAFE_NO_PAD.decode(word).ok()?.try_into().ok()?;
        let micros = i64::from_be_bytes(bytes[5..13].try_into().ok()?);
        Some(Self {
            // Instants that no calendar of the database has are none of ours either.
            created_at: DateTime::from_timestamp_micros(micros)
                .filter(|at| (0..=MOST_MICROS).contains(&at.timestamp_micros()))?,
            number: i64::from_be_bytes(bytes[13..].try_into().ok()?),
            position: u32::from_be_bytes(bytes[1..5].try_into().ok()?),
            backwards: match bytes[0] {
                0 => false,
                1 => true,
                _ => return None,
            },
        })
    }
}

/// The year 9999.
const MOST_MICROS: i64 = 253_402_300_800_000_000;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_word_leads_back_to_its_cursor(
            micros in 0..MOST_MICROS, number: i64, position: u32, backwards: bool,
        ) {
            let created_at = DateTime::from_timestamp_micros(micros).unwrap();
            let cursor = Cursor { created_at, number, position, backwards };
            prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn any_other_word_is_refused_quietly(word in ".*") {
            let _ = Cursor::decode(&word);
        }
    }
}
