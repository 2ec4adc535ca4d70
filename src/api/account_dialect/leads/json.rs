//! What a lead looks like in answers.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Number, Value};

use crate::api::entry::EntryJson;
use crate::leads::LeadView;

/// A lead with what happened to it, as contract §5 has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeadJson {
    id: i64,
    account_id: String,
    team_id: Option<i64>,
    lead_source_id: Option<i64>,
    application_id: Option<String>,
    first_name: String,
    last_name: Option<String>,
    img_src: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    company: Option<String>,
    job_title: Option<String>,
    branch: Option<String>,
    source: String,
    position: Option<String>,
    location: Option<String>,
    products_services_sold: Option<String>,
    number_of_employees: Option<i64>,
    current_payment_processor: Option<String>,
    monthly_transaction_volume: Option<i64>,
    interested_in_switching: Option<bool>,
    process_stage: Option<String>,
    buying_role: Option<String>,
    assigned_to: Option<String>,
    notes: Option<String>,
    last_contacted: Option<DateTime<Utc>>,
    archived: bool,
    created_by: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    audit_log: Vec<EntryJson>,
}

impl LeadJson {
    /// A lead of the account that the call named so, the e-mail of whoever made it, and its entries.
    pub fn of(
        view: LeadView,
        account_id: String,
        created_by: Option<String>,
        audit_log: Vec<EntryJson>,
    ) -> Self {
        let lead = view.lead;
        let own = |key: &str| lead.metadata.get(key).unwrap_or(&Value::Null);
        Self {
            img_src: text(own("img_src")),
            branch: text(own("branch")),
            position: text(own("position")),
            location: text(own("location")),
            products_services_sold: text(own("products_services_sold")),
            number_of_employees: whole(own("number_of_employees")),
            current_payment_processor: text(own("current_payment_processor")),
            monthly_transaction_volume: whole(own("monthly_transaction_volume")),
            interested_in_switching: truth(own("interested_in_switching")),
            process_stage: text(own("process_stage")),
            buying_role: text(own("buying_role")),
            notes: text(own("notes")),
            id: lead.number,
            account_id,
            team_id: view.team.map(|team| team.number),
            lead_source_id: view.lead_source.map(|source| source.number),
            application_id: lead.external_id,
            first_name: lead.first_name,
            last_name: lead.last_name,
            email: lead.email,
            phone: lead.phone,
            company: lead.company,
            job_title: lead.title,
            source: lead.source,
            assigned_to: view.owner.map(|owner| owner.email),
            last_contacted: lead.last_contacted_at,
            archived: lead.archived_at.is_some(),
            created_by,
            created_at: lead.created_at,
            updated_at: lead.updated_at,
            audit_log,
        }
    }
}

// Metadata can be set by others too, to whatever they like; here a field has one type, so that what
// can be read as a value of it is, and the rest is left out.

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| without_fraction(number)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A number that is whole though it was written with a point, as 12.0.
fn without_fraction(number: &Number) -> Option<i64> {
    let number = number.as_f64()?;
    format!("{number}").parse().ok()
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_others_wrote_is_read_as_far_as_it_can_be() {
        for (value, number) in [
            (json!(12), Some(12)),
            (json!(12.0), Some(12)),
            (json!(" 12 "), Some(12)),
            (json!(12.5), None),
            (json!(1e300), None),
            (json!("about 12"), None),
            (json!(true), None),
            (json!(null), None),
        ] {
            assert_eq!(whole(&value), number, "{value}");
        }
        assert_eq!(truth(&json!("TRUE")), Some(true));
        assert_eq!(truth(&json!("yes")), None);
        assert_eq!(truth(&json!(1)), None);
        assert_eq!(text(&json!(7)).as_deref(), Some("7"));
        assert_eq!(text(&json!(null)), None);
    }
}
