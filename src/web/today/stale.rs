//! A form that came too late: somebody else was faster, or the run went on.

use uuid::Uuid;

use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::leads::{self, Lead};
use crate::web::Form;

/// What became of the form, and what of it must not be lost.
pub struct Stale {
    /// Who recorded what, or what else has happened.
    pub sentence: String,
    /// The lead it was about.
    pub lead: Option<Lead>,
    /// The note that was not kept.
    pub note: String,
}

impl Stale {
    /// A form about a lead that was refused with `sentence`.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database can't be asked.
    pub fn new(
        conn: &mut PgConnection,
        caller: &Caller,
        form: &Form,
        sentence: String,
    ) -> Result<Self> {
        let lead = match Uuid::try_parse(form.get("lead_id")) {
            Ok(id) => match leads::find(conn, caller, id) {
                Ok(view) => Some(view.lead),
                Err(Error::NotFound(_)) => None,
                Err(error) => return Err(error),
            },
            Err(_) => None,
        };
        Ok(Self {
            sentence,
            lead,
            note: form.get("note").to_owned(),
        })
    }
}
