//! The fields that clients of the account dialect keep in metadata (contract §5).

use super::field::Kind;

/// Key, label and type of each, in the order of the contract.
pub const CRM: [(&str, &str, Kind); 12] = [
    ("img_src", "Picture", Kind::Text),
    ("branch", "Branch", Kind::Text),
    ("position", "Position", Kind::Text),
    ("location", "Location", Kind::Text),
    (
        "products_services_sold",
        "Products or services sold",
        Kind::Text,
    ),
    ("number_of_employees", "Number of employees", Kind::Number),
    (
        "current_payment_processor",
        "Current payment processor",
        Kind::Text,
    ),
    (
        "monthly_transaction_volume",
        "Monthly transaction volume",
        Kind::Number,
    ),
    (
        "interested_in_switching",
        "Interested in switching",
        Kind::Boolean,
    ),
    ("process_stage", "Process stage", Kind::Text),
    ("buying_role", "Buying role", Kind::Text),
    ("notes", "Notes", Kind::Text),
];
