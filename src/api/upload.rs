//! A file that comes with a call: kept on disk while it is needed, under no name at all, so that
//! nothing of it is left behind whatever happens.

use std::borrow::Cow;
use std::fs::File;

use actix_multipart::Multipart;

use super::refusal::Refusal;
use crate::error::{Error, Problem};
use crate::upload::{self, Trouble, Uploaded};

/// The largest file that is read (contract §4).
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// Receives the one file of a form.
///
/// # Errors
/// No file, two of them, one that is too large, and a form that can't be read.
pub async fn receive(form: Multipart) -> Result<Uploaded<File>, Refusal> {
    Ok(upload::receive(form, LIMIT, tempfile::tempfile).await?)
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Absent => unfit("Send the file as the part named file of multipart/form-data"),
            Trouble::Several => unfit("Send one file at a time"),
            Trouble::TooLarge(limit) => {
                let limit = limit / 1024 / 1024;
                Error::TooLarge(format!("The file must be at most {limit} MiB; split it")).into()
            }
            Trouble::TooSlow => Self::TooSlow,
            Trouble::CutOff => Self::CutOff,
            Trouble::Unreadable(why) => unfit(format!("The form can't be read: {why}")),
            Trouble::Disk(error) => Error::internal(error).into(),
        }
    }
}

fn unfit(sentence: impl Into<Cow<'static, str>>) -> Refusal {
    Error::invalid("file", Problem::Said(sentence.into())).into()
}
