use std::io::{self, BufRead, BufReader, Read};

use crate::tabular::{Fault, limits};

const BLOCK: usize = 64 * 1024;

/// A part as it is unpacked, which stops at its limits.
pub(super) struct Part<R> {
    unpacked: BufReader<R>,
    limit: u64,
    /// Bytes that may still come.
    pub(super) left: u64,
    /// Bytes that may still be of the same piece of XML.
    piece: usize,
    /// What stopped it.
    fault: Option<Fault>,
}

impl<R: Read> Part<R> {
    pub(super) fn new(part: R, limit: u64) -> Self {
        Self {
            unpacked: BufReader::with_capacity(BLOCK, part),
            limit,
            left: limit,
            piece: limits::MARKUP,
            fault: None,
        }
    }

    /// A new piece of XML begins.
    pub(super) fn next_piece(&mut self) {
        self.piece = limits::MARKUP;
    }

    /// Why it can't be read on; a broken file when it isn't known better.
    pub(super) fn fault(&mut self) -> Fault {
        self.fault.take().unwrap_or(Fault::BrokenXlsx)
    }

    fn stop(&mut self, fault: Fault) -> io::Error {
        self.fault = Some(fault);
        io::ErrorKind::InvalidData.into()
    }
}

impl<R: Read> BufRead for Part<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // What the disk fails at is not the file's fault; what can't be unpacked is.
        let came = match self.unpacked.fill_buf() {
            Ok(bytes) => bytes.len(),
            Err(error) if error.raw_os_error().is_some() => {
                return Err(self.stop(Fault::Io(error)));
            }
            Err(error) => return Err(error),
        };
        if came > 0 && self.left == 0 {
            return Err(self.stop(Fault::TooLarge(self.limit)));
        }
        if came > 0 && self.piece == 0 {
            return Err(self.stop(Fault::TextTooLarge));
        }
        let most = self.piece.min(self.left.try_into().unwrap_or(usize::MAX));
        Ok(&self.unpacked.buffer()[..came.min(most)])
    }

    fn consume(&mut self, bytes: usize) {
        self.unpacked.consume(bytes);
        self.piece -= bytes;
        self.left -= bytes as u64;
    }
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}
