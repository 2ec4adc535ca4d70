//! How a message that a person sends by hand reaches the lead: the app it opens in, with the text
//! in it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::leads::Lead;
use crate::workflows::{NodeType, Task};

/// A link that opens an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// What it says.
    pub label: &'static str,
    /// Where it leads.
    pub address: String,
}

/// The link for a task's message; nothing when the lead has no such address.
pub fn reach(task: &Task, lead: &Lead) -> Option<Reach> {
    let text = escaped(task.script.as_deref().unwrap_or_default());
    let (label, address) = match task.node_type {
        NodeType::Whatsapp => {
            let number = lead.phone_e164.as_deref()?.trim_start_matches('+');
            let address = format!("https://wa.me/{number}?text={text}");
            ("Open in WhatsApp", address)
        }
        NodeType::Sms => {
            let number = lead.phone_e164.as_deref()?;
            ("Open in Messages", format!("sms:{number}?body={text}"))
        }
        NodeType::Email => {
            let subject = escaped(task.subject.as_deref().unwrap_or_default());
            let to = escaped(lead.email.as_deref()?);
            let address = format!("mailto:{to}?subject={subject}&body={text}");
            ("Open in your mail", address)
        }
        _ => return None,
    };
    Some(Reach { label, address })
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
