//! An entry, and how it is told.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use uuid::Uuid;

use super::words::{Kind, Source};
use crate::db::schema::do_not_contact_entries;
use crate::paging::After;

/// Somebody who is left alone.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = do_not_contact_entries)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// What it names.
    pub kind: Kind,
    /// The lead's id, the number or the address.
    pub value: String,
    /// Why.
    pub reason: String,
    /// Where it comes from.
    pub source: Source,
    /// Who put it there, by name.
    pub author: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl Entry {
    /// Why somebody can't be contacted: "On the do-not-contact list since 3 Nov 2026: asked not to
    /// be called (by Ana)".
    pub fn sentence(&self, zone: Tz) -> String {
        let what = match self.kind {
            Kind::Lead => "On",
            Kind::Phone => "Phone number on",
            Kind::Email => "E-mail address on",
        };
        let since = self.created_at.with_timezone(&zone).format("%-d %b %Y");
        let (reason, author) = (&self.reason, &self.author);
        format!("{what} the do-not-contact list since {since}: {reason} (by {author})")
    }

    /// The lead it names, when it names one.
    pub fn lead_id(&self) -> Option<Uuid> {
        match self.kind {
            Kind::Lead => Uuid::try_parse(&self.value).ok(),
            Kind::Phone | Kind::Email => None,
        }
    }

    pub(super) fn place(&self) -> After {
        After {
            created_at: self.created_at,
            id: self.id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_since_when_why_and_who_in_the_accounts_zone() {
        let mut entry = Entry {
            id: Uuid::nil(),
            kind: Kind::Lead,
            value: Uuid::nil().to_string(),
            reason: "asked not to be called".into(),
            source: Source::Person,
            author: "Ana".into(),
            created_at: "2026-11-04T01:00:00Z".parse().unwrap(),
        };
        assert_eq!(
            entry.sentence(chrono_tz::America::Santiago),
            "On the do-not-contact list since 3 Nov 2026: asked not to be called (by Ana)"
        );
        assert_eq!(entry.lead_id(), Some(Uuid::nil()));
        entry.kind = Kind::Phone;
        let said = entry.sentence(chrono_tz::UTC);
        assert!(said.starts_with("Phone number on the do-not-contact list since 4 Nov"));
        assert_eq!(entry.lead_id(), None);
    }
}
