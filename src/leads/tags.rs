//! Tags on leads: short texts, each once whatever its case.

use std::collections::HashSet;

use crate::error::{FieldErrors, Problem};
use crate::text;

const MOST_TAGS: usize = 50;
const TAG_CHARACTERS: usize = 60;

/// Without blanks around them, and each once, as it was written first.
pub(super) fn cleaned(tags: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    tags.into_iter()
        .filter_map(|tag| text::clean(Some(tag)))
        .filter(|tag| seen.insert(tag.to_lowercase()))
        .collect()
}

/// Notes what is wrong with them.
pub(super) fn check(tags: &[String], errors: &mut FieldErrors) {
    if tags.len() > MOST_TAGS {
        errors.push("tags", Problem::TooMany(MOST_TAGS));
    }
    if tags.iter().any(|tag| text::has_nul(tag)) {
        errors.push("tags", Problem::Nul);
    }
    if tags.iter().any(|tag| tag.chars().count() > TAG_CHARACTERS) {
        errors.push("tags", Problem::TooLong(TAG_CHARACTERS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_stands_once_as_it_was_written_first() {
        let given = [" VIP", "vip", "", "Fair "].map(str::to_owned);
        assert_eq!(cleaned(given.to_vec()), ["VIP", "Fair"]);
    }
}
