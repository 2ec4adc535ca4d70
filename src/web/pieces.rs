//! A file that leaves in pieces, none of which waits in memory for the others.

use std::fs::File;
use std::io::Read as _;

use actix_web::body::SizedStream;
use actix_web::web::{self, Bytes};
use futures_util::stream;

use crate::error::{Error, Result};

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;

/// The next piece of a file, and the file; empty at its end.
///
/// # Errors
/// [`Error::Internal`] when it can't be read.
pub async fn piece(mut file: File) -> Result<(Bytes, File)> {
    let read = move || {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece)?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((piece.into(), file))
    };
    let read = web::block(read).await.map_err(Error::internal)?;
    read.map_err(Error::internal)
}

/// A whole file, from where it stands to its end.
pub fn of_file(file: File, size: u64) -> SizedStream<impl stream::Stream<Item = Result<Bytes>>> {
    let pieces = stream::try_unfold(file, async |file| {
        let (piece, file) = piece(file).await?;
        Ok((!piece.is_empty()).then_some((piece, file)))
    });
    SizedStream::new(size, pieces)
}
