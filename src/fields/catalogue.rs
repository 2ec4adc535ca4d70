//! All fields of an account at once, for what leads are judged by and shown with.

use diesel::pg::PgConnection;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::field::{Field, of_account};
use crate::error::{FieldErrors, Problem, Result};

/// The fields of an account, each in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue(Vec<Field>);

/// The catalogue of an account, for whoever takes its leads in or shows them.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn catalogue(conn: &mut PgConnection, account_id: Uuid) -> Result<Catalogue> {
    Ok(Catalogue(of_account(conn, account_id)?))
}

impl Catalogue {
    /// The fields, each in its place.
    pub fn iter(&self) -> std::slice::Iter<'_, Field> {
        self.0.iter()
    }

    /// The field with a key.
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.key == key)
    }

    /// Notes what is not as its field says; each reads `metadata.<key>`. `null` removes a key, which
    /// any field allows.
    pub fn check(&self, metadata: &Map<String, Value>, errors: &mut FieldErrors) {
        for field in self.iter() {
            let value = metadata.get(&field.key).filter(|value| !value.is_null());
            if value.is_some_and(|value| !field.allows(value)) {
                let sentence = format!("{} {}", field.key, field.must_be());
                let problem = Problem::Said(sentence.into());
                errors.push(format!("metadata.{}", field.key), problem);
            }
        }
    }
}

impl FromIterator<Field> for Catalogue {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fields::Kind;
    use crate::fields::value::sample;

    #[test]
    fn what_is_not_as_its_field_says_is_told_by_its_key() {
        let fields = [
            sample("edad", Kind::Number, &[]),
            sample("grade", Kind::Choice, &["A", "B"]),
        ];
        let catalogue: Catalogue = fields.into_iter().collect();
        let metadata = json!({"edad": "35", "grade": "C", "other": "x"});
        let mut errors = FieldErrors::default();
        catalogue.check(metadata.as_object().unwrap(), &mut errors);
        let told: Vec<String> = errors.0.iter().map(|one| one.sentence("it")).collect();
        assert_eq!(told, ["edad must be a number", "grade must be one of A, B"]);
        let mut errors = FieldErrors::default();
        let metadata = json!({"edad": 35, "grade": null, "other": true});
        catalogue.check(metadata.as_object().unwrap(), &mut errors);
        assert_eq!(errors, FieldErrors::default());
    }
}
