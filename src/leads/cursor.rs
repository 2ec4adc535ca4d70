//! Where a page of a list begins: an opaque word that names the row before it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// The row a page begins after, or ends before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The row's place in the order: a time as Postgres reads it, or a folded name.
    pub key: String,
    /// The row's id, which decides between equal keys.
    pub id: Uuid,
    /// How many rows stand before the page, as far as is known.
    pub position: u32,
    /// Whether the page lies before the row instead of after it.
    pub backwards: bool,
}

impl Cursor {
    /// The word for it, safe in a URL.
    pub fn encode(&self) -> String {
        let way = if self.backwards { 'b' } else { 'a' };
        URL_SAFE_NO_PAD.encode(format!(
            "{way}{}:{}:{}",
            self.position,
            self.id.simple(),
            self.key
        ))
    }

    /// The cursor of a word; nothing when it is none of ours.
    pub fn decode(word: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(word).ok()?).ok()?;
        let backwards = match text.chars().next()? {
            'a' => false,
            'b' => true,
            _ => return None,
        };
        let (position, rest) = text[1..].split_once(':')?;
        let (id, key) = rest.split_once(':')?;
        if key.contains('\0') {
            return None;
        }
        Some(Self {
            key: key.to_owned(),
            id: Uuid::try_parse(id).ok()?,
            position: position.parse().ok()?,
            backwards,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_word_leads_back_to_its_cursor(key in "[^\0]*", position: u32, backwards: bool, id: u128) {
            let cursor = Cursor { key, id: Uuid::from_u128(id), position, backwards };
            prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn any_other_word_is_refused_quietly(word in ".*") {
            let _ = Cursor::decode(&word);
        }
    }
}
