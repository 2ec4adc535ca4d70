use std::fs::File;
use std::io::{self, Read, Seek};

use super::Encoding;

/// How much is looked at for UTF-16 without a mark.
const SAMPLE: usize = 64 * 1024;
const BLOCK: usize = 256 * 1024;

/// The marks that texts may start with.
const MARKS: [(Encoding, &[u8]); 3] = [
    (Encoding::Utf8, &[0xEF, 0xBB, 0xBF]),
    (Encoding::Utf16Le, &[0xFF, 0xFE]),
    (Encoding::Utf16Be, &[0xFE, 0xFF]),
];

/// How long the mark of this encoding is that the text starts with.
pub(super) fn mark(encoding: Encoding, start: &[u8]) -> usize {
    let mark = MARKS.iter().find(|(of, _)| *of == encoding);
    mark.filter(|(_, mark)| start.starts_with(mark))
        .map_or(0, |(_, mark)| mark.len())
}

/// The encoding of a text, from its whole length: the first accent may stand in the last row.
/// Leaves the file at its start.
///
/// A text is UTF-8 when it has no byte that breaks its rules, or fewer of those than characters
/// that follow them; one that is neither UTF-8 nor UTF-16 is taken for Windows-1252.
pub(super) fn sniff(file: &mut File) -> io::Result<Encoding> {
    let mut block = vec![0; BLOCK];
    let mut held = fill(file, &mut block)?;
    let start = &block[..held];
    let encoding = match MARKS.iter().find(|(_, mark)| start.starts_with(mark)) {
        Some((encoding, _)) => *encoding,
        None => match utf16(&start[..held.min(SAMPLE)]) {
            Some(encoding) => encoding,
            None => {
                let mut tally = Tally::default();
                loop {
                    let rest = tally.count(&block[..held]);
                    block.copy_within(held - rest..held, 0);
                    let more = fill(file, &mut block[rest..])?;
                    if more == 0 {
                        tally.broken += rest;
                        break;
                    }
                    held = rest + more;
                }
                tally.verdict()
            }
        },
    };
    file.rewind()?;
    Ok(encoding)
}

/// One in so many characters of a text in UTF-16 is at least of ASCII, as a digit or a line end.
const ASCII: usize = 50;

/// Half of the bytes of an ASCII character are zero in UTF-16, always on the same side.
fn utf16(sample: &[u8]) -> Option<Encoding> {
    let mut zeros = [0usize; 2];
    for pair in sample.chunks_exact(2) {
        zeros[0] += usize::from(pair[0] == 0);
        zeros[1] += usize::from(pair[1] == 0);
    }
    let enough = |zeros: usize| zeros * ASCII * 2 > sample.len();
    match zeros {
        [high, low] if low > high * 20 && enough(low) => Some(Encoding::Utf16Le),
        [high, low] if high > low * 20 && enough(high) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// What speaks for UTF-8 and what against it.
#[derive(Default)]
struct Tally {
    /// Characters of more than one byte.
    whole: usize,
    /// Bytes that break the rules.
    broken: usize,
}

impl Tally {
    /// Counts a block; how many bytes at its end may be the start of a character.
    fn count(&mut self, mut block: &[u8]) -> usize {
        loop {
            let (valid, broken, open) = match std::str::from_utf8(block) {
                Ok(_) => (block.len(), 0, 0),
                Err(error) => {
                    let valid = error.valid_up_to();
                    let broken = error.error_len();
                    (
                        valid,
                        broken.unwrap_or(0),
                        broken.map_or(block.len() - valid, |_| 0),
                    )
                }
            };
            // The first byte of each character of several is 11…; those that follow are 10….
            self.whole += block[..valid].iter().filter(|byte| **byte >= 0xC0).count();
            self.broken += broken;
            if broken == 0 {
                return open;
            }
            block = &block[valid + broken..];
        }
    }

    fn verdict(&self) -> Encoding {
        if self.broken == 0 || self.whole > self.broken {
            Encoding::Utf8
        } else {
            Encoding::Windows1252
        }
    }
}

/// Reads until the buffer is full or the file ends.
pub(super) fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut held = 0;
    while held < buffer.len() {
        match file.read(&mut buffer[held..]) {
            Ok(0) => break,
            Ok(more) => held += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(held)
}
