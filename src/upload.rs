//! A file that comes in a form, part by part: taken as it comes and never held in memory, however
//! large it is. What a face says of trouble is its own.

use std::io::{self, Write};
use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::web::{self, BytesMut};
use futures_util::StreamExt as _;

/// What is gathered before it is written.
const GATHERED: usize = 1024 * 1024;
/// How long nothing may come.
const SILENCE: Duration = Duration::from_secs(60);
/// The longest text of a part that is no file.
const TEXT: usize = 1024;
/// The name of the file's part.
pub const PART: &str = "file";

/// A file that was received.
pub struct Uploaded<F> {
    /// What it holds.
    pub file: F,
    /// What it is called where it comes from.
    pub file_name: String,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The form has none.
    #[error("the form has no file")]
    Absent,
    /// The form has two.
    #[error("the form has more than one file")]
    Several,
    /// It is larger than this many bytes.
    #[error("the file has more than {0} bytes")]
    TooLarge(u64),
    /// Nothing came for a minute.
    #[error("nothing came for too long")]
    TooSlow,
    /// Its end will not come.
    #[error("the file was cut off")]
    CutOff,
    /// The form is none.
    #[error("the form can't be read: {0}")]
    Unreadable(String),
    /// The disk failed.
    #[error("the file can't be kept: {0}")]
    Disk(#[from] io::Error),
}

/// The name and text of the form's first part; nothing when there is none.
///
/// # Errors
/// [`Trouble`] with the form, or a part that is too long.
pub async fn first(form: &mut Multipart) -> Result<Option<(String, String)>, Trouble> {
    let Some(field) = next(form.next()).await? else {
        return Ok(None);
    };
    let mut field = field?;
    let mut text = Vec::new();
    while let Some(chunk) = next(field.next()).await? {
        text.extend_from_slice(&chunk?);
        if text.len() > TEXT {
            return Err(Trouble::Unreadable("its first part is too long".into()));
        }
    }
    let name = field.name().unwrap_or_default().to_owned();
    Ok(Some((name, String::from_utf8_lossy(&text).into_owned())))
}

/// Receives the one file of a form, of at most `limit` bytes, into what `make` makes for it.
///
/// # Errors
/// [`Trouble`]; what was made for the file is dropped.
pub async fn receive<F: Write + Send + 'static>(
    mut form: Multipart,
    limit: u64,
    make: impl Fn() -> io::Result<F>,
) -> Result<Uploaded<F>, Trouble> {
    let mut uploaded = None;
    while let Some(field) = next(form.next()).await? {
        let mut field = field?;
        if field.name() != Some(PART) {
            skip(&mut field, limit).await?;
            continue;
        }
        if uploaded.is_some() {
            return Err(Trouble::Several);
        }
        let file_name = name(&field);
        let file = keep(&mut field, limit, make()?).await?;
        uploaded = Some(Uploaded { file, file_name });
    }
    uploaded.ok_or(Trouble::Absent)
}

/// What the file is called; a browser sends an empty name when none was chosen.
fn name(field: &Field) -> String {
    let part = field.content_disposition();
    let name = part.and_then(|part| part.get_filename());
    name.unwrap_or(PART).to_owned()
}

async fn keep<F: Write + Send + 'static>(
    field: &mut Field,
    limit: u64,
    mut file: F,
) -> Result<F, Trouble> {
    let (mut gathered, mut seen) = (BytesMut::with_capacity(GATHERED), 0);
    while let Some(chunk) = next(field.next()).await? {
        let chunk = chunk?;
        seen += chunk.len() as u64;
        if seen > patience(limit) {
            return Err(Trouble::TooLarge(limit));
        }
        if seen > limit {
            continue;
        }
        gathered.extend_from_slice(&chunk);
        if gathered.len() >= GATHERED {
            file = write(file, gathered.split()).await?;
        }
    }
    match seen > limit {
        true => Err(Trouble::TooLarge(limit)),
        false => write(file, gathered).await,
    }
}

async fn skip(field: &mut Field, limit: u64) -> Result<(), Trouble> {
    let mut seen = 0;
    while let Some(chunk) = next(field.next()).await? {
        seen += chunk?.len() as u64;
        if seen > patience(limit) {
            return Err(Trouble::TooLarge(limit));
        }
    }
    Ok(())
}

/// What is over the limit is still let in up to this much, and thrown away: a client that is cut
/// off in the middle of sending does not hear why.
fn patience(limit: u64) -> u64 {
    2 * limit
}

async fn write<F: Write + Send + 'static>(mut file: F, bytes: BytesMut) -> Result<F, Trouble> {
    let written = web::block(move || file.write_all(&bytes).map(|()| file)).await;
    Ok(written.map_err(io::Error::other)??)
}

/// What comes next, unless nothing comes for too long.
async fn next<T>(coming: impl Future<Output = Option<T>>) -> Result<Option<T>, Trouble> {
    let in_time = tokio::time::timeout(SILENCE, coming).await;
    in_time.map_err(|_| Trouble::TooSlow)
}

impl From<MultipartError> for Trouble {
    fn from(error: MultipartError) -> Self {
        match error {
            MultipartError::Payload(_) | MultipartError::Incomplete => Self::CutOff,
            error => Self::Unreadable(error.to_string()),
        }
    }
}
