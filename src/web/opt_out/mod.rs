//! The page behind the link at the end of every e-mail: write to me no more.

mod create;
mod show;

pub use create::create;
pub use show::show;

use super::{Fault, Visitor, filters, render};
use crate::accounts;
use crate::caller::{Account, Actor, Caller, Sees};
use crate::do_not_contact;
use crate::error::{Error, Noun};

/// Who asks, by the link alone, and for which address.
///
/// # Errors
/// Not found when the link was not made here.
async fn recipient(visitor: &Visitor, token: &str) -> Result<(Caller, String), Error> {
    let read = do_not_contact::read_opt_out_token(&visitor.state.sealer, token);
    let (account_id, email) = read.ok_or(Error::NotFound(Noun::Link))?;
    let account: Account = visitor
        .state
        .db
        .run(move |conn| accounts::find(conn, account_id))
        .await
        .map_err(|error| match error {
            Error::NotFound(_) => Error::NotFound(Noun::Link),
            error => error,
        })?;
    let caller = Caller {
        account,
        actor: Actor::Recipient,
        sees: Sees::All,
        request: Some(visitor.facts.clone()),
        now: visitor.now,
    };
    Ok((caller, email))
}
