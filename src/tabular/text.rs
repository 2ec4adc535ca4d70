use std::fs::File;
use std::io;

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::encoding::{fill, mark};
use super::{Encoding, Fault};

const BLOCK: usize = 64 * 1024;
/// One in so many characters may be a control character before a file is taken for binary.
const CONTROLS: usize = 100;

/// A file as text, a block after another.
pub(super) struct Text {
    file: File,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// Bytes at the start of `raw` that the last block left over.
    left: usize,
    block: String,
    /// How much of the block has been taken.
    taken: usize,
    ended: bool,
}

impl Text {
    /// A file at its start, read to its first block, without the mark of its encoding.
    pub(super) fn open(file: File, encoding: Encoding) -> Result<Self, Fault> {
        let decoder = match encoding {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(UTF_16LE),
            Encoding::Utf16Be => Some(UTF_16BE),
            Encoding::Windows1252 => Some(WINDOWS_1252),
        };
        let mut text = Self {
            file,
            decoder: decoder.map(|it| it.new_decoder_without_bom_handling()),
            raw: vec![0; BLOCK],
            left: 0,
            block: String::new(),
            taken: 0,
            ended: false,
        };
        let mut start = [0; 3];
        let held = fill(&mut text.file, &mut start)?;
        let mark = mark(encoding, &start[..held]);
        let start = &start[mark..held];
        text.raw[..start.len()].copy_from_slice(start);
        text.left = start.len();
        // Who marks a text as UTF-8 means a text, whatever is in it.
        let marked = encoding == Encoding::Utf8 && mark > 0;
        text.peek()?;
        if !marked && is_binary(text.ahead()) {
            return Err(Fault::Binary);
        }
        Ok(text)
    }

    /// The bytes that follow, of UTF-8; none only at the end.
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.block.len() && !self.ended {
            self.read()?;
        }
        Ok(&self.block.as_bytes()[self.taken..])
    }

    /// The text that follows in this block.
    pub(super) fn ahead(&self) -> &str {
        self.block.get(self.taken..).unwrap_or_default()
    }

    /// Whether this block is the last.
    pub(super) fn ends_here(&self) -> bool {
        self.ended
    }

    /// Goes on by so many bytes of what [`Text::peek`] gave.
    pub(super) fn take(&mut self, bytes: usize) {
        self.taken += bytes;
    }

    fn read(&mut self) -> io::Result<()> {
        let more = fill(&mut self.file, &mut self.raw[self.left..])?;
        let held = self.left + more;
        self.ended = held < self.raw.len();
        self.block.clear();
        self.taken = 0;
        self.left = match &mut self.decoder {
            None => utf8(&self.raw[..held], self.ended, &mut self.block),
            Some(decoder) => {
                decode(decoder, &self.raw[..held], self.ended, &mut self.block);
                0
            }
        };
        self.raw.copy_within(held - self.left..held, 0);
        Ok(())
    }
}

/// Adds bytes as text. One that breaks the rules of UTF-8 is read as of Windows-1252, which is
/// what a stray one nearly always is: no row is lost for it. Gives how many bytes at the end may
/// be the start of a character.
fn utf8(mut bytes: &[u8], last: bool, block: &mut String) -> usize {
    loop {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => {
                block.push_str(text);
                return 0;
            }
            Err(error) => error,
        };
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        block.push_str(&String::from_utf8_lossy(valid));
        let broken = match error.error_len() {
            Some(broken) => broken,
            None if last => rest.len(),
            None => return rest.len(),
        };
        block.push_str(&WINDOWS_1252.decode_without_bom_handling(&rest[..broken]).0);
        bytes = &rest[broken..];
    }
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], last: bool, block: &mut String) {
    let most = decoder.max_utf8_buffer_length(bytes.len());
    block.reserve(most.unwrap_or(bytes.len() * 3));
    loop {
        let (result, read, _) = decoder.decode_to_string(bytes, block, last);
        bytes = &bytes[read..];
        match result {
            encoding_rs::CoderResult::InputEmpty => return,
            encoding_rs::CoderResult::OutputFull => block.reserve(BLOCK),
        }
    }
}

/// Whether more than a few of the characters are such as no text has.
fn is_binary(start: &str) -> bool {
    let strange = |c: &char| {
        let space = matches!(c, '\t' | '\n' | '\r' | '\x0B' | '\x0C');
        *c == char::REPLACEMENT_CHARACTER || c.is_control() && !space
    };
    start.chars().filter(strange).count() * CONTROLS > start.chars().count()
}
