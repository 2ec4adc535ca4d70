//! Which rows make a lead: judged a batch at a time, the same before anything is written and while
//! it is.

use std::collections::HashSet;

use super::columns::Columns;
use super::row::{Fault, Given};
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::leads::{self, NewLead, Resolved};
use crate::tabular;
use crate::telephony::{Reach, Rules};

/// What a row comes to.
#[derive(Debug)]
pub enum Judged {
    /// A lead that can be written.
    Lead(Box<Resolved>),
    /// Passed over, since a row before it has the same number.
    Duplicate(String),
    /// Refused.
    Fault(Fault),
}

/// What the rows of a file are judged by. It remembers the numbers it has seen.
pub struct Judge<'a> {
    rules: &'a Rules,
    reach: Reach,
    /// E.164 numbers without their plus: at most fifteen digits.
    seen: HashSet<u64>,
}

impl<'a> Judge<'a> {
    /// A judge of one file.
    pub fn new(rules: &'a Rules, reach: Reach) -> Self {
        Self {
            rules,
            reach,
            seen: HashSet::new(),
        }
    }

    /// What a row says, before the database is asked about it.
    ///
    /// # Errors
    /// Its fault.
    pub fn read(&self, columns: &Columns, row: &tabular::Row) -> Result<NewLead, Fault> {
        Given::of_row(columns, row)?.lead(self.rules, self.reach)
    }

    /// Judges a batch of rows in their order, in at most one query.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database can't be asked.
    pub fn judge(
        &mut self,
        conn: &mut PgConnection,
        caller: &Caller,
        read: Vec<Result<NewLead, Fault>>,
    ) -> Result<Vec<Judged>> {
        let mut judged = Vec::with_capacity(read.len());
        let mut leads = Vec::with_capacity(read.len());
        for one in read {
            match one {
                Ok(lead) => {
                    leads.push(lead);
                    judged.push(None);
                }
                Err(fault) => judged.push(Some(Judged::Fault(fault))),
            }
        }
        let emails: Vec<String> = leads
            .iter()
            .map(|lead| lead.email.clone().unwrap_or_default())
            .collect();
        let mut resolved = leads::resolve(conn, caller, leads)?.into_iter().zip(emails);
        let mut all = Vec::with_capacity(judged.len());
        for one in judged {
            let one = match one {
                Some(one) => one,
                None => {
                    let (resolved, email) = resolved
                        .next()
                        .ok_or_else(|| Error::internal("fewer leads came back than were given"))?;
                    self.decide(resolved, &email)?
                }
            };
            all.push(one);
        }
        Ok(all)
    }

    fn decide(&mut self, resolved: Result<Resolved>, email: &str) -> Result<Judged> {
        match resolved {
            Err(Error::Invalid(errors)) => Ok(Judged::Fault(Fault::of(&errors, email))),
            Err(error) => Err(error),
            Ok(resolved) => {
                let phone = resolved.lead.phone.clone().unwrap_or_default();
                let digits = phone.trim_start_matches('+').parse();
                match self.seen.insert(digits.map_err(Error::internal)?) {
                    true => Ok(Judged::Lead(Box::new(resolved))),
                    false => Ok(Judged::Duplicate(phone)),
                }
            }
        }
    }
}
