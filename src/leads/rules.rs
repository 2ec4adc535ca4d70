//! The rules of a lead's own fields, the same at every entrance, and the texts kept beside them
//! for search and order.

use crate::error::{FieldErrors, Problem};
use crate::text;

const NAME_CHARACTERS: usize = 200;
const PHONE_CHARACTERS: usize = 64;

/// The longest text of a field, in characters.
fn longest(field: &str) -> usize {
    match field {
        "phone" => PHONE_CHARACTERS,
        _ => NAME_CHARACTERS,
    }
}

/// The texts of a lead, in the order in which their errors are told; `None` is a field left alone or empty.
pub(crate) fn check(texts: [(&'static str, Option<&str>); 8], errors: &mut FieldErrors) {
    for (field, text) in texts {
        let Some(text) = text else { continue };
        if text::has_nul(text) {
            errors.push(field, Problem::Nul);
        } else if field == "email" && !text::is_email(text) {
            errors.push(field, Problem::NotAnEmail);
        } else if field != "email" && text.chars().count() > longest(field) {
            errors.push(field, Problem::TooLong(longest(field)));
        }
    }
}

/// What a lead is found by: name, e-mail, company and phone, folded, and the digits of its phone.
pub(crate) fn search_text(words: [Option<&str>; 5], phone_e164: Option<&str>) -> String {
    let mut all = String::with_capacity(96);
    for word in words.into_iter().flatten() {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&text::fold(word));
    }
    if let Some(e164) = phone_e164 {
        all.push(' ');
        all.push_str(e164);
    }
    all
}

/// What a lead is ordered by among names: last name first, or the first name where there is none.
pub(crate) fn sort_name(first_name: &str, last_name: Option<&str>) -> String {
    match last_name {
        Some(last_name) => text::fold(&format!("{last_name} {first_name}")),
        None => text::fold(first_name),
    }
}
