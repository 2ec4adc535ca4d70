//! The gate: who may be contacted.

use std::collections::{HashMap, HashSet};

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::entry::Entry;
use super::words::Kind;
use crate::db::schema::do_not_contact_entries as entries;
use crate::error::Result;
use crate::text;

/// Whom somebody wants to reach, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The lead's id.
    pub lead_id: Uuid,
    /// Its number in E.164.
    pub phone: Option<String>,
    /// Its e-mail, in any case.
    pub email: Option<String>,
}

/// By which way somebody is to be reached: what decides which entries stand in the way. An entry
/// of the lead itself always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Its number: calls and text messages.
    Phone,
    /// Its address.
    Email,
    /// Any, as in enrolments and for other systems: every entry stands in the way.
    Anything,
}

/// Proof that a lead may be contacted. Only the gate makes one; every dispatch and every enrolment
/// asks for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Cleared {
    lead_id: Uuid,
}

impl Cleared {
    /// The lead that may be contacted.
    pub fn lead_id(&self) -> Uuid {
        self.lead_id
    }
}

/// Who of these may be contacted, in their order; or the entry that stands in the way. One
/// statement for any number of them, none for none.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn gate(
    conn: &mut PgConnection,
    account_id: Uuid,
    contacts: &[(Contact, By)],
) -> Result<Vec<std::result::Result<Cleared, Entry>>> {
    let names = contacts
        .iter()
        .flat_map(|(contact, by)| names(contact, *by));
    let listed = listed(conn, account_id, names)?;
    let decide = |(contact, by): &(Contact, By)| match blocking(&listed, contact, *by) {
        Some(entry) => Err(entry.clone()),
        None => Ok(Cleared {
            lead_id: contact.lead_id,
        }),
    };
    Ok(contacts.iter().map(decide).collect())
}

/// What is looked for on the list, the lead first.
fn names(contact: &Contact, by: By) -> impl Iterator<Item = (Kind, String)> + use<> {
    let phone = contact.phone.clone().filter(|_| by != By::Email);
    let email = contact.email.as_deref().filter(|_| by != By::Phone);
    let lead = (Kind::Lead, contact.lead_id.to_string());
    let phone = phone.map(|phone| (Kind::Phone, phone));
    let email = email.map(|email| (Kind::Email, text::lower_email(email)));
    [Some(lead), phone, email].into_iter().flatten()
}

fn blocking<'a>(
    listed: &'a HashMap<(Kind, String), Entry>,
    contact: &Contact,
    by: By,
) -> Option<&'a Entry> {
    names(contact, by).find_map(|name| listed.get(&name))
}

/// The entries of these names.
fn listed(
    conn: &mut PgConnection,
    account_id: Uuid,
    names: impl Iterator<Item = (Kind, String)>,
) -> Result<HashMap<(Kind, String), Entry>> {
    let (mut leads, mut phones, mut emails) = (HashSet::new(), HashSet::new(), HashSet::new());
    for (kind, value) in names {
        match kind {
            Kind::Lead => leads.insert(value),
            Kind::Phone => phones.insert(value),
            Kind::Email => emails.insert(value),
        };
    }
    if leads.is_empty() {
        return Ok(HashMap::new());
    }
    let of = |kind: Kind, values: HashSet<String>| {
        let values: Vec<String> = values.into_iter().collect();
        entries::kind.eq(kind).and(entries::value.eq_any(values))
    };
    let found = Entry::query()
        .filter(entries::account_id.eq(account_id))
        .filter(
            of(Kind::Lead, leads)
                .or(of(Kind::Phone, phones))
                .or(of(Kind::Email, emails)),
        )
        .load(conn)?;
    let by_name = found.into_iter();
    Ok(by_name
        .map(|entry| ((entry.kind, entry.value.clone()), entry))
        .collect())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::super::words::Source;
    use super::*;

    fn on_the_list(kind: Kind, value: &str) -> ((Kind, String), Entry) {
        let entry = Entry {
            id: Uuid::nil(),
            kind,
            value: value.into(),
            reason: "asked".into(),
            source: Source::Person,
            author: "Ana".into(),
            created_at: DateTime::UNIX_EPOCH,
        };
        ((kind, value.to_owned()), entry)
    }

    proptest! {
        /// Small sets of values, so that names meet by chance.
        #[test]
        fn an_entry_stands_in_the_way_exactly_when_it_names_what_is_used(
            on_list in proptest::collection::vec((0usize..3, 0u8..4), 0..4),
            lead in 0u8..4, phone in proptest::option::of(0u8..4),
            email in proptest::option::of(0u8..4), by in 0usize..3,
        ) {
            let by = [By::Phone, By::Email, By::Anything][by];
            let value = |kind: Kind, at: u8| match kind {
                Kind::Lead => Uuid::from_u128(at.into()).to_string(),
                Kind::Phone => format!("+4420794603{at:02}"),
                Kind::Email => format!("a{at}@example.com"),
            };
            let on_list: Vec<(Kind, u8)> =
                on_list.into_iter().map(|(kind, at)| (Kind::ALL[kind], at)).collect();
            let listed = on_list.iter().map(|(kind, at)| on_the_list(*kind, &value(*kind, *at)));
            let listed: HashMap<_, _> = listed.collect();
            let contact = Contact {
                lead_id: Uuid::from_u128(lead.into()),
                phone: phone.map(|at| value(Kind::Phone, at)),
                email: email.map(|at| value(Kind::Email, at).to_uppercase()),
            };
            let expected = on_list.contains(&(Kind::Lead, lead))
                || by != By::Email && phone.is_some_and(|at| on_list.contains(&(Kind::Phone, at)))
                || by != By::Phone && email.is_some_and(|at| on_list.contains(&(Kind::Email, at)));
            prop_assert_eq!(blocking(&listed, &contact, by).is_some(), expected);
        }
    }
}
