//! What the fields of a lead are called.

/// The fields of the form with what they are called.
pub const LABELS: &[(&str, &str)] = &[
    ("first_name", "First name"),
    ("last_name", "Last name"),
    ("company", "Company"),
    ("title", "Title"),
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("owner", "Owner"),
    ("team_id", "Team"),
    ("campaign_id", "Campaign"),
    ("source", "Source"),
    ("lead_source_id", "Lead source"),
    ("external_id", "External id"),
    ("tags", "Tags"),
    ("workflow_id", "Workflow"),
    ("force_first_message", "First message"),
    ("metadata", "Metadata"),
];

/// What a field is called; a key by its own name.
pub fn label(name: &str) -> &str {
    if let Some(key) = name.strip_prefix("metadata.") {
        return key;
    }
    LABELS
        .iter()
        .find(|(field, _)| *field == name)
        .map_or(name, |(_, label)| label)
}
