//! Which rows make a lead: judged a batch at a time, the same before anything is written and while
//! it is.

use super::fixes::Fix;
use super::ground::Ground;
use super::row::{Fault, Given, Stated};
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::fields::Catalogue;
use crate::leads::{self, Resolved};
use crate::tabular;

/// What a row says, before the database is asked about it.
#[derive(Debug)]
pub enum Read {
    /// A lead.
    Lead(Box<Stated>),
    /// A person left it out.
    LeftOut,
    /// Something that is not right.
    Fault(Fault),
}

/// What a row comes to.
#[derive(Debug)]
pub enum Judged {
    /// A lead that can be written.
    Lead(Box<Ready>),
    /// A person left it out.
    LeftOut,
    /// Refused.
    Fault(Fault),
}

/// A lead that breaks no rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    /// The lead; what it names is there.
    pub lead: Resolved,
    /// Whether its row says a name.
    pub is_named: bool,
}

/// What a row says.
pub fn read(ground: &Ground, row: &tabular::Row, fix: Option<&Fix>) -> Read {
    if fix.is_some_and(|fix| fix.is_left_out) {
        return Read::LeftOut;
    }
    let Ground { plan, terms, .. } = ground;
    let given = Given::of_row(&plan.columns, &ground.catalogue, row, fix);
    match given.and_then(|given| given.lead(plan, terms)) {
        Ok(stated) => Read::Lead(Box::new(stated)),
        Err(fault) => Read::Fault(fault),
    }
}

/// Judges a batch of rows in their order, in at most one query.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn judge(
    conn: &mut PgConnection,
    caller: &Caller,
    catalogue: &Catalogue,
    read: Vec<Read>,
) -> Result<Vec<Judged>> {
    let mut judged = Vec::with_capacity(read.len());
    let (mut stated, mut rest) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Read::Lead(lead) => {
                let email = lead.lead.email.clone().unwrap_or_default();
                rest.push((lead.is_named, email));
                stated.push(lead.lead);
                judged.push(None);
            }
            Read::LeftOut => judged.push(Some(Judged::LeftOut)),
            Read::Fault(fault) => judged.push(Some(Judged::Fault(fault))),
        }
    }
    let resolved = leads::resolve_by(conn, caller, catalogue, stated)?;
    let mut resolved = resolved.into_iter().zip(rest);
    let next = |one: Option<Judged>| match one {
        Some(one) => Ok(one),
        None => match resolved.next() {
            Some((Ok(lead), (is_named, _))) => Ok(Judged::Lead(Box::new(Ready { lead, is_named }))),
            Some((Err(Error::Invalid(errors)), (_, email))) => {
                Ok(Judged::Fault(Fault::of(&errors, &email)))
            }
            Some((Err(error), _)) => Err(error),
            None => Err(Error::internal("fewer leads came back than were given")),
        },
    };
    judged.into_iter().map(next).collect()
}
