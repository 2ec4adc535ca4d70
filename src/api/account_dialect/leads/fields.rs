//! What the dialect calls a lead's fields, and those of its own that live in metadata.

use serde_json::Value;

/// A field that lives in a lead's metadata.
#[derive(Debug, Clone, Copy)]
pub struct OwnField {
    /// What the dialect calls it.
    pub name: &'static str,
    /// Its key in the metadata.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// Yes or no.
    Truth,
}

const fn text(name: &'static str, key: &'static str) -> OwnField {
    let kind = Kind::Text;
    OwnField { name, key, kind }
}

const fn whole(name: &'static str, key: &'static str) -> OwnField {
    let kind = Kind::Whole;
    OwnField { name, key, kind }
}

const fn truth(name: &'static str, key: &'static str) -> OwnField {
    let kind = Kind::Truth;
    OwnField { name, key, kind }
}

/// The fields that live in metadata, in the order of contract §5.
pub const OWN: &[OwnField] = &[
    text("imgSrc", "img_src"),
    text("branch", "branch"),
    text("position", "position"),
    text("location", "location"),
    text("productsServicesSold", "products_services_sold"),
    whole("numberOfEmployees", "number_of_employees"),
    text("currentPaymentProcessor", "current_payment_processor"),
    whole("monthlyTransactionVolume", "monthly_transaction_volume"),
    truth("interestedInSwitching", "interested_in_switching"),
    text("processStage", "process_stage"),
    text("buyingRole", "buying_role"),
    text("notes", "notes"),
];

impl Kind {
    /// What a value must be.
    pub fn must_be(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Whole => "a whole number",
            Self::Truth => "true or false",
        }
    }

    /// Whether a value of a body is of this kind.
    pub fn is(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Whole => value.is_i64(),
            Self::Truth => value.is_boolean(),
        }
    }

    /// The words of an address as the database tells a value of this kind; nothing for what is none.
    pub fn in_words(self, word: &str) -> Option<String> {
        match self {
            Self::Text => Some(word.to_owned()),
            Self::Whole => word.parse::<i64>().ok().map(|number| number.to_string()),
            Self::Truth => word.parse::<bool>().ok().map(|truth| truth.to_string()),
        }
    }
}

/// What a room's field is called here, where that does not follow from its name.
pub fn field_name(field: &str) -> Option<&'static str> {
    match field {
        "title" => Some("jobTitle"),
        "external_id" => Some("applicationId"),
        "owner" => Some("assignedTo"),
        "last_contacted_at" => Some("lastContacted"),
        field => {
            let key = field.strip_prefix("metadata.")?;
            let own = OWN.iter().find(|own| own.key == key);
            own.map(|own| own.name)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_in_quotes_or_with_a_fraction_is_no_whole_number() {
        assert!(Kind::Whole.is(&json!(12)));
        for value in [json!("12"), json!(12.5), json!(12.0), json!(true)] {
            assert!(!Kind::Whole.is(&value), "{value}");
        }
        assert!(!Kind::Truth.is(&json!("true")));
        assert!(!Kind::Text.is(&json!(7)));
    }

    #[test]
    fn an_address_says_a_value_as_the_database_does() {
        assert_eq!(Kind::Whole.in_words("007").as_deref(), Some("7"));
        assert_eq!(Kind::Whole.in_words("many"), None);
        assert_eq!(Kind::Truth.in_words("true").as_deref(), Some("true"));
        assert_eq!(Kind::Truth.in_words("yes"), None);
    }
}
