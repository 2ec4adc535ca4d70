//! Rules for text that several rooms share: what an e-mail address looks like, what counts as
//! blank, and the form in which texts are searched and sorted.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use validator::ValidationError;

/// The longest address that can be delivered to (RFC 5321 §4.5.3.1.3, without the brackets).
const EMAIL_CHARACTERS: usize = 254;

/// Whether this looks like an address somebody can write to: a local part, one `@`, and a domain
/// with a dot in it. Stricter than HTML's rule, which takes `a@b`; letters of any script pass.
pub fn is_email(text: &str) -> bool {
    if text.chars().count() > EMAIL_CHARACTERS {
        return false;
    }
    text.split_once('@')
        .is_some_and(|(local, domain)| is_local_part(local) && is_domain(domain))
}

/// [`is_email`] as a rule of `validator`'s derive.
///
/// # Errors
/// Code `email` when it does not look like an address.
pub fn check_email(text: &str) -> Result<(), ValidationError> {
    if is_email(text) {
        Ok(())
    } else {
        Err(ValidationError::new("email"))
    }
}

/// An e-mail address as it is kept and compared: trimmed and in lower case.
pub fn lower_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether the text holds a NUL character, which Postgres can't store.
pub fn has_nul(text: &str) -> bool {
    text.contains('\0')
}

/// [`has_nul`] as a rule of `validator`'s derive.
///
/// # Errors
/// Code `nul` when there is one.
pub fn check_nul(text: &str) -> Result<(), ValidationError> {
    if has_nul(text) {
        Err(ValidationError::new("nul"))
    } else {
        Ok(())
    }
}

/// Trimmed; blank reads as absent.
pub fn clean(text: Option<String>) -> Option<String> {
    let text = text?;
    let trimmed = text.trim();
    match trimmed.len() {
        0 => None,
        length if length == text.len() => Some(text),
        _ => Some(trimmed.to_owned()),
    }
}

/// The form in which texts are searched and sorted: compatibility forms taken apart, accents
/// dropped, lower case, one space between words. Two spellings a person would call the same
/// fold to the same text: `"Ｍüller "`, `"MULLER"` and `"muller"`; `"Strauß"` and `"STRAUSS"`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return words(&text.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_accent(*c))
    {
        match spelled_out(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    words(&folded)
}

/// The pattern of SQL's `LIKE` for what holds these very characters.
pub fn holding(part: &str) -> String {
    let literal = part
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{literal}%")
}

/// The text with no more than `max` characters, cut at the end.
pub fn at_most(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        Some((end, _)) => Cow::Owned(text[..end].to_owned()),
        None => Cow::Borrowed(text),
    }
}

fn words(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// Marks that people leave out when they search: the diacritics of Latin, Greek and Cyrillic,
/// Hebrew points and Arabic vowel signs. The vowel signs of Indic scripts and the voicing marks
/// of Japanese are letters to their readers and stay.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}'
        | '\u{05C5}' | '\u{05C7}' | '\u{064B}'..='\u{065F}' | '\u{0670}')
}

/// Letters that Unicode does not take apart, as people without them on the keyboard write them.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// RFC 5322's dot-atom, with letters of any script (RFC 6531).
fn is_local_part(local: &str) -> bool {
    local.len() <= 64
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .chars()
                    .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
        })
}

/// Labels of a host name with at least one dot, the last of them not a number.
fn is_domain(domain: &str) -> bool {
    let mut labels = 0;
    let well_formed = domain.split('.').all(|label| {
        labels += 1;
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    });
    let last_is_number = domain
        .rsplit('.')
        .next()
        .is_some_and(|label| label.chars().all(|c| c.is_ascii_digit()));
    well_formed && labels >= 2 && !last_is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_addresses_are_addresses() {
        for address in [
            "john@example.com",
            "john.doe+leads@mail.example.co.uk",
            "o'neil@example.ie",
            "x@y.zz",
            "jörg@müller.de",
            "名@例え.jp",
        ] {
            assert!(is_email(address), "{address}");
        }
    }

    #[test]
    fn what_nobody_can_write_to_is_no_address() {
        let long = format!("{}@example.com", "a".repeat(65));
        for text in [
            "",
            "@",
            "john",
            "john@",
            "@example.com",
            "john@example",
            "john@example.",
            "john@.com",
            "john@exa mple.com",
            "jo hn@example.com",
            " john@example.com",
            "john@@example.com",
            "a@b@example.com",
            "john..doe@example.com",
            ".john@example.com",
            "john@-example.com",
            "john@10.0.0.1",
            "john\0@example.com",
            "john@example.com,",
            "<john@example.com>",
            long.as_str(),
        ] {
            assert!(!is_email(text), "{text:?}");
        }
    }

    #[test]
    fn an_address_has_at_most_254_characters() {
        let labels = [
            "d".repeat(60),
            "d".repeat(60),
            "d".repeat(60),
            "d".repeat(60),
        ]
        .join(".");
        let address = format!("abcdef@{labels}.io");
        assert_eq!(address.len(), 253);
        assert!(is_email(&format!("a{address}")));
        assert!(!is_email(&format!("ab{address}")));
    }

    #[test]
    fn blank_reads_as_absent() {
        assert_eq!(clean(None), None);
        assert_eq!(clean(Some(" \t\n".into())), None);
        assert_eq!(clean(Some(" a b ".into())), Some("a b".into()));
        assert_eq!(clean(Some("a b".into())), Some("a b".into()));
    }

    #[test]
    fn spellings_of_one_name_fold_to_one_text() {
        assert_eq!(fold("  José\u{a0} \tGarcía  "), "jose garcia");
        assert_eq!(fold("Jose\u{301}"), fold("JOSÉ"));
        assert_eq!(fold("Strauß"), fold("STRAUSS"));
        assert_eq!(fold("Ｍｕｌｌｅｒ"), "muller");
        assert_eq!(fold("Łukasz Sørensen"), "lukasz sorensen");
        assert_eq!(fold("İSTANBUL"), fold("istanbul"));
        assert_eq!(fold("ΣΊΣΥΦΟΣ"), fold("Σίσυφος"));
        assert_eq!(fold("Acme™"), "acmetm");
        assert_eq!(fold(""), "");
    }

    #[test]
    fn marks_that_are_letters_to_their_readers_stay() {
        assert_ne!(fold("की"), fold("का"));
        assert_ne!(fold("ガ"), fold("カ"));
        assert_eq!(fold("مُحَمَّد"), fold("محمد"));
    }

    #[test]
    fn what_like_takes_for_anything_is_taken_literally() {
        assert_eq!(holding(r"50%_a\b"), r"%50\%\_a\\b%");
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(at_most("áéí", 2), "áé");
        assert_eq!(at_most("áé", 2), "áé");
    }
}
