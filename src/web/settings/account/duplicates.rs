//! What becomes of leads that the account has already, as people choose it.

use super::{Choice, Form};
use crate::caller::{DuplicateRules, Duplicates};
use crate::error::{FieldErrors, Problem};

/// What there is to choose.
pub fn choices(current: &str) -> Vec<Choice> {
    let all = Duplicates::ALL.iter();
    all.map(|rule| Choice::new(rule.as_str(), words(*rule), current))
        .collect()
}

fn words(rule: Duplicates) -> &'static str {
    match rule {
        Duplicates::Allow => "Add one more lead",
        Duplicates::Reuse => "Use the lead that is there",
        Duplicates::Refuse => "Turn it away",
    }
}

/// What was chosen; a field that was not sent stays as it is.
pub fn chosen(form: &Form, present: DuplicateRules, errors: &mut FieldErrors) -> DuplicateRules {
    let mut rule = |name: &'static str, present| match form.has(name) {
        false => present,
        true => form.get(name).parse().unwrap_or_else(|_| {
            let sentence = "Choose what becomes of a lead that is here already";
            errors.push(name, Problem::Said(sentence.into()));
            present
        }),
    };
    DuplicateRules {
        form: rule("duplicates_by_form", present.form),
        api: rule("duplicates_by_api", present.api),
        file: rule("duplicates_by_file", present.file),
    }
}
