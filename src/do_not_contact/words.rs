//! The words of do-not-contact entries.

use crate::db::text_enum;

text_enum! {
    /// What an entry names.
    pub enum Kind {
        /// A lead, by its id: it is reached in no way at all.
        Lead = "lead",
        /// A number in E.164.
        Phone = "phone",
        /// An address in lower case.
        Email = "email",
    }
}

text_enum! {
    /// Where an entry comes from.
    pub enum Source {
        /// Somebody of the account put it there.
        Person = "person",
        /// It was the outcome of a call or a message.
        Outcome = "outcome",
        /// The one who got a message asked for it.
        OptOut = "opt_out",
        /// It came through the API.
        Api = "api",
    }
}
