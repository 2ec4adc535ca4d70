//! The file that came with a form. The guard takes it in once the form's token was right.

use std::borrow::Cow;
use std::future::{Ready, ready};

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use tempfile::NamedTempFile;

use super::errors::Fault;
use crate::error::{Error, Problem, Result};
use crate::upload::{self, Trouble, Uploaded};
use crate::uploads::Uploads;

/// The largest file that is taken.
pub const LIMIT: u64 = 256 * 1024 * 1024;

/// A file that came with a form, or why none did; gone when it is dropped.
pub struct Received(std::result::Result<Uploaded<NamedTempFile>, Trouble>);

impl Received {
    /// Takes in what is left of a form.
    pub async fn new(parts: Multipart, uploads: &Uploads) -> Self {
        Self(upload::receive(parts, LIMIT, || uploads.receive()).await)
    }

    /// The file.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the field `file` when none was chosen or it did not arrive whole;
    /// [`Error::TooLarge`]; [`Error::Internal`] when the disk refuses.
    pub fn file(self) -> Result<Uploaded<NamedTempFile>> {
        match self.0 {
            Ok(uploaded) if uploaded.file_name.is_empty() => Err(said(Trouble::Absent)),
            Ok(uploaded) => Ok(uploaded),
            Err(trouble) => Err(said(trouble)),
        }
    }
}

impl FromRequest for Received {
    type Error = Fault;
    type Future = Ready<std::result::Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let received = request.extensions_mut().remove::<Self>();
        ready(Ok(received.unwrap_or(Self(Err(Trouble::Absent)))))
    }
}

fn said(trouble: Trouble) -> Error {
    let sentence: Cow<'static, str> = match trouble {
        Trouble::Absent => "Choose a file first".into(),
        Trouble::Several => "Choose one file at a time".into(),
        Trouble::TooLarge(limit) => {
            let limit = limit / 1024 / 1024;
            return Error::TooLarge(format!("The file must be at most {limit} MiB; split it"));
        }
        Trouble::TooSlow => "Nothing came for a minute, so the file is not whole; send it again \
            when the connection is better"
            .into(),
        Trouble::CutOff => "The file did not arrive whole; send it again".into(),
        Trouble::Unreadable(_) => "What your browser sent can't be read; send it again".into(),
        Trouble::Disk(error) => return Error::internal(error),
    };
    Error::invalid("file", Problem::Said(sentence))
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::TooSlow => Self::TooSlow,
            Trouble::TooLarge(_) => Self::TooLarge,
            Trouble::Disk(error) => Self::Room(Error::internal(error)),
            Trouble::Absent | Trouble::Several | Trouble::CutOff | Trouble::Unreadable(_) => {
                Self::Malformed
            }
        }
    }
}
