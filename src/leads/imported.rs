//! The leads that an import wrote.

use std::fmt;
use std::str::FromStr;

use diesel::prelude::*;

use super::filter::Filtered;
use crate::caller::Caller;
use crate::db::schema::{import_rows as rows, imports, leads};
use crate::db::text_enum;

text_enum! {
    /// What it did with them.
    pub enum Came {
        /// They came in with it.
        Created = "created",
        /// They were there already.
        Updated = "updated",
    }
}

/// What an import wrote: its number, and which of its leads; all without that. In an address it
/// reads `31` or `31-created`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// The number people call the import by.
    pub number: i64,
    /// Which of its leads.
    pub came: Option<Came>,
}

impl Imported {
    /// Of these leads those that the import wrote.
    pub(super) fn filter(self, query: Filtered, caller: &Caller) -> Filtered {
        let its = imports::table
            .filter(imports::account_id.eq(caller.account.id))
            .filter(imports::number.eq(self.number))
            .select(imports::id);
        let words = match self.came {
            Some(came) => vec![came.as_str()],
            None => Came::ALL.iter().map(|came| came.as_str()).collect(),
        };
        let written = rows::table
            .filter(rows::account_id.eq(caller.account.id))
            .filter(rows::import_id.eq_any(its))
            .filter(rows::verdict.eq_any(words))
            .select(rows::lead_id.assume_not_null());
        query.filter(leads::id.eq_any(written))
    }
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.came {
            Some(came) => write!(f, "{}-{came}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

impl FromStr for Imported {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        let (number, came) = match word.split_once('-') {
            Some((number, came)) => (number, Some(came.parse().map_err(|_| ())?)),
            None => (word, None),
        };
        let number = number.parse().map_err(|_| ())?;
        Ok(Self { number, came })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_word_leads_back_to_it() {
        for word in ["31", "31-created", "31-updated"] {
            assert_eq!(
                word.parse::<Imported>().map(|it| it.to_string()),
                Ok(word.into())
            );
        }
        for word in ["", "-created", "31-", "31-skipped", "x"] {
            assert_eq!(word.parse::<Imported>(), Err(()), "{word}");
        }
    }
}
