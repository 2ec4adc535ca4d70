//! Errors as the operator reads them.

use crate::error::{Error, FieldError};

/// One sentence without a line break.
pub fn sentence(error: &Error) -> String {
    let text = match error {
        Error::Invalid(errors) => {
            let sentences: Vec<String> = errors.0.iter().map(field_sentence).collect();
            sentences.join("; ")
        }
        error => error.to_string(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The flag stands in for the field.
fn field_sentence(error: &FieldError) -> String {
    let flag = match error.field.as_ref() {
        "account_name" => "--name".to_owned(),
        "default_country" => "--country".to_owned(),
        field => format!("--{}", field.replace('_', "-")),
    };
    error.sentence(&flag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{FieldErrors, Problem};

    #[test]
    fn broken_rules_name_the_flags_in_one_line() {
        let mut errors = FieldErrors::default();
        errors.push("account_name", Problem::Required);
        errors.push("email", Problem::NotAnEmail);
        let said = sentence(&Error::Invalid(errors));
        assert_eq!(
            said,
            "--name is required; --email must look like name@example.com"
        );
        assert_eq!(sentence(&Error::internal("no\n\tserver\n")), "no server");
    }
}
