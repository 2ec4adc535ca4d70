//! A file that comes with a call: kept on disk while it is needed, under no name at all, so that
//! nothing of it is left behind whatever happens.

use std::fs::File;
use std::io::Write as _;
use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::web::{self, BytesMut};
use futures_util::StreamExt as _;

use super::refusal::Refusal;
use crate::error::{Error, Problem};

/// The largest file that is read (contract §4).
pub const LIMIT: u64 = 64 * 1024 * 1024;
/// What is over the limit is still let in up to this much, and thrown away: a client that is cut
/// off in the middle of sending does not hear why.
const PATIENCE: u64 = 2 * LIMIT;
/// What is gathered before it is written.
const GATHERED: usize = 1024 * 1024;
/// How long nothing may come.
const SILENCE: Duration = Duration::from_secs(60);
/// The name of the part.
const PART: &str = "file";

/// A file that was uploaded.
pub struct Uploaded {
    /// What it holds.
    pub file: File,
    /// What it is called where it comes from.
    pub file_name: String,
}

/// Receives the one file of a form.
///
/// # Errors
/// No file, two of them, one that is too large, and a form that can't be read.
pub async fn receive(mut form: Multipart) -> Result<Uploaded, Refusal> {
    let mut uploaded = None;
    while let Some(field) = next(form.next()).await? {
        let mut field = field?;
        if field.name() != Some(PART) {
            skip(&mut field).await?;
            continue;
        }
        if uploaded.is_some() {
            return Err(unfit("Send one file at a time"));
        }
        uploaded = Some(keep(&mut field).await?);
    }
    uploaded.ok_or_else(|| unfit("Send the file as the part named file of multipart/form-data"))
}

async fn keep(field: &mut Field) -> Result<Uploaded, Refusal> {
    let name = field
        .content_disposition()
        .and_then(|part| part.get_filename());
    let file_name = name.unwrap_or(PART).to_owned();
    let mut file = tempfile::tempfile().map_err(Error::internal)?;
    let (mut gathered, mut seen) = (BytesMut::with_capacity(GATHERED), 0);
    while let Some(chunk) = next(field.next()).await? {
        let chunk = chunk?;
        seen += chunk.len() as u64;
        if seen > PATIENCE {
            return Err(too_large());
        }
        if seen > LIMIT {
            continue;
        }
        gathered.extend_from_slice(&chunk);
        if gathered.len() >= GATHERED {
            file = write(file, gathered.split()).await?;
        }
    }
    if seen > LIMIT {
        return Err(too_large());
    }
    file = write(file, gathered).await?;
    Ok(Uploaded { file, file_name })
}

async fn skip(field: &mut Field) -> Result<(), Refusal> {
    let mut seen = 0;
    while let Some(chunk) = next(field.next()).await? {
        seen += chunk?.len() as u64;
        if seen > PATIENCE {
            return Err(too_large());
        }
    }
    Ok(())
}

async fn write(mut file: File, bytes: BytesMut) -> Result<File, Refusal> {
    let written = web::block(move || file.write_all(&bytes).map(|()| file)).await;
    Ok(written.map_err(Error::internal)?.map_err(Error::internal)?)
}

/// What comes next, unless nothing comes for too long.
async fn next<T>(coming: impl Future<Output = Option<T>>) -> Result<Option<T>, Refusal> {
    let in_time = tokio::time::timeout(SILENCE, coming).await;
    in_time.map_err(|_| Refusal::TooSlow)
}

impl From<MultipartError> for Refusal {
    fn from(error: MultipartError) -> Self {
        match error {
            MultipartError::Payload(_) | MultipartError::Incomplete => Self::CutOff,
            error => unfit(format!("The form can't be read: {error}")),
        }
    }
}

fn too_large() -> Refusal {
    let limit = LIMIT / 1024 / 1024;
    Error::TooLarge(format!("The file must be at most {limit} MiB; split it")).into()
}

fn unfit(sentence: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Error::invalid("file", Problem::Said(sentence.into())).into()
}
