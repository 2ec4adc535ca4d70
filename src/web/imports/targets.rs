//! What a column is for, as the form says it: a word for the field, the key or a new key, beside
//! it the new key's name and how its cells are read.

use super::{Choice, Form};
use crate::enrolment::{Field, Reading, Target};

/// The word for a key that the account does not have yet.
pub const NEW: &str = "new";
const FIELD: &str = "field:";
const KEY: &str = "key:";

/// What the columns of a file are for, as a form says it. A word that is none is passed over.
pub fn read(form: &Form, columns: usize) -> Vec<Target> {
    (0..columns).map(|at| target(form, at)).collect()
}

/// The number of columns that a form is about.
pub fn count(form: &Form) -> usize {
    let about = |name: &str| name.starts_with("column_");
    form.pairs().iter().filter(|(name, _)| about(name)).count()
}

fn target(form: &Form, at: usize) -> Target {
    let word = form.get(&format!("column_{at}"));
    let reading = form.get(&format!("reading_{at}"));
    let reading = reading.parse().unwrap_or(Reading::Text);
    if let Some(field) = word.strip_prefix(FIELD) {
        return field.parse().map_or(Target::Ignored, Target::Field);
    }
    let key = match word.strip_prefix(KEY) {
        Some(key) => key.to_owned(),
        None if word == NEW => form.get(&format!("key_{at}")).trim().to_owned(),
        None => return Target::Ignored,
    };
    Target::Key { key, reading }
}

/// The word for a target.
pub fn chosen(target: &Target, known: &[String]) -> String {
    match target {
        Target::Field(field) => format!("{FIELD}{field}"),
        Target::Key { key, .. } if known.contains(key) => format!("{KEY}{key}"),
        Target::Key { .. } => NEW.to_owned(),
        Target::Ignored | Target::Nameless => String::new(),
    }
}

/// The fields of a lead to choose from.
pub fn fields(current: &str) -> Vec<Choice> {
    let all = Field::ALL.iter();
    all.map(|field| Choice::new(format!("{FIELD}{field}"), field_word(*field), current))
        .collect()
}

/// What a field is called.
pub fn field_word(field: Field) -> &'static str {
    match field {
        Field::Phone => "Phone",
        Field::FirstName => "First name",
        Field::LastName => "Last name",
        Field::Name => "Full name, split in two",
        Field::Email => "E-mail",
        Field::Company => "Company",
        Field::Title => "Title",
        Field::CampaignId => "Campaign, by its id",
        Field::ExternalId => "External id",
        Field::Owner => "Owner, by e-mail",
        Field::Tags => "Tags, divided by commas",
        Field::Source => "Source",
    }
}

/// How cells can be read.
pub fn readings(current: &str) -> Vec<Choice> {
    let word = |reading: &Reading| match reading {
        Reading::Text => "As text",
        Reading::Number => "As a number",
        Reading::DayFirst => "As a date, 31/12/2026",
        Reading::MonthFirst => "As a date, 12/31/2026",
        Reading::YearFirst => "As a date, 2026-12-31",
    };
    let all = Reading::ALL.iter();
    all.map(|one| Choice::new(one.as_str(), word(one), current))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_read_back() {
        let known = ["city".to_owned()];
        let key = |key: &str, reading| Target::Key {
            key: key.to_owned(),
            reading,
        };
        let all = [
            Target::Field(Field::Phone),
            key("city", Reading::Text),
            key("Age", Reading::Number),
            Target::Ignored,
        ];
        let mut pairs = Vec::new();
        for (at, target) in all.iter().enumerate() {
            pairs.push((format!("column_{at}"), chosen(target, &known)));
            if let Target::Key { key, reading } = target {
                pairs.push((format!("key_{at}"), key.clone()));
                pairs.push((format!("reading_{at}"), reading.to_string()));
            }
        }
        let form = Form::of(pairs);
        assert_eq!(count(&form), 4);
        assert_eq!(read(&form, 4), all);
    }

    #[test]
    fn a_word_that_nobody_could_choose_is_passed_over() {
        for word in ["", "field:shoe", "field:", "nonsense"] {
            let form = Form::filled_with(&[("column_0", word)]);
            assert_eq!(read(&form, 1), [Target::Ignored], "{word}");
        }
    }
}
