use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::CrcReader;
use flate2::bufread::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::super::{Fault, limits};
use super::xml::Xml;

/// Parts that an archive may have; a workbook has a few for each sheet and picture. Their list is
/// held in memory.
const PARTS: usize = 10_000;
/// What an entry of that list starts with.
const ENTRY: &[u8] = b"PK\x01\x02";
const BLOCK: usize = 64 * 1024;

/// The parts of a workbook, by name in lower case.
pub(super) struct Parts {
    file: File,
    entries: HashMap<String, Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    start: u64,
    packed: u64,
    method: CompressionMethod,
    crc: u32,
}

impl Parts {
    pub(super) fn open(mut file: File) -> Result<Self, Fault> {
        if entries(&mut file)? > PARTS {
            return Err(Fault::NotAWorkbook);
        }
        file.rewind()?;
        let mut archive = ZipArchive::new(file).map_err(|_| Fault::BrokenXlsx)?;
        let (mut entries, mut unpacked) = (HashMap::new(), 0u64);
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(|_| Fault::BrokenXlsx)?;
            if entry.encrypted() {
                return Err(Fault::Encrypted);
            }
            unpacked = unpacked.saturating_add(entry.size());
            let name = entry.name().map_err(|_| Fault::BrokenXlsx)?;
            let known = Entry {
                start: entry.data_start().ok_or(Fault::BrokenXlsx)?,
                packed: entry.compressed_size(),
                method: entry.compression(),
                crc: entry.crc32(),
            };
            entries.insert(plain(&name), known);
        }
        // What an archive says of itself may be a lie, so each part is counted again as it is read.
        if unpacked > limits::UNPACKED {
            return Err(Fault::TooLarge(limits::UNPACKED));
        }
        let file = archive.into_inner();
        Ok(Self { file, entries })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&plain(name))
    }

    /// A part from its start, of at most so many bytes. Only one can be read at a time.
    pub(super) fn read(&self, name: &str, limit: u64) -> Result<Xml, Fault> {
        let entry = self.entries.get(&plain(name)).ok_or(Fault::BrokenXlsx)?;
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(entry.start))?;
        let packed = BufReader::with_capacity(BLOCK, file.take(entry.packed));
        let bytes: Box<dyn Read + Send> = match entry.method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed)),
            _ => return Err(Fault::BrokenXlsx),
        };
        let unpacked = CrcReader::new(bytes);
        Ok(Xml::new(Part {
            unpacked: BufReader::with_capacity(BLOCK, unpacked),
            crc: entry.crc,
            left: limit,
            limit,
            piece: limits::MARKUP,
            fault: None,
        }))
    }
}

/// How many entries an archive can list at most, without a list of them.
fn entries(file: &mut File) -> io::Result<usize> {
    let (mut block, mut found, mut kept) = (vec![0; BLOCK], 0, 0);
    loop {
        let more = super::super::encoding::fill(file, &mut block[kept..])?;
        if more == 0 {
            return Ok(found);
        }
        let held = kept + more;
        let starts = block[..held].windows(ENTRY.len());
        found += starts.filter(|start| *start == ENTRY).count();
        kept = held.min(ENTRY.len() - 1);
        block.copy_within(held - kept..held, 0);
    }
}

/// A part's name as it is compared.
fn plain(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_lowercase()
}

/// A part as it is unpacked, which stops at its limits.
pub(super) struct Part {
    unpacked: BufReader<CrcReader<Box<dyn Read + Send>>>,
    /// What the sum over all of it should be.
    crc: u32,
    /// Bytes that may still come.
    left: u64,
    limit: u64,
    /// Bytes that may still be of the same piece of XML.
    piece: usize,
    /// What stopped it.
    fault: Option<Fault>,
}

impl Part {
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

impl BufRead for Part {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(self.stop(Fault::TooLarge(self.limit)));
        }
        if self.piece == 0 {
            return Err(self.stop(Fault::TextTooLarge));
        }
        // What the disk fails at is not the file's fault; what can't be unpacked is.
        let came = match self.unpacked.fill_buf() {
            Ok(bytes) => bytes.len(),
            Err(error) if error.raw_os_error().is_some() => {
                return Err(self.stop(Fault::Io(error)));
            }
            Err(error) => return Err(error),
        };
        if came == 0 && self.unpacked.get_ref().crc().sum() != self.crc {
            return Err(self.stop(Fault::BrokenXlsx));
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

impl Read for Part {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{file_of, zipped};
    use super::*;

    /// Reads a part to its end.
    fn read(part: &str, limit: u64) -> Result<(), Fault> {
        let mut file = file_of(zipped([("a.xml", part)]));
        file.rewind()?;
        let parts = Parts::open(file)?;
        let mut xml = parts.read("A.xml", limit)?;
        while xml.next()?.is_some() {}
        Ok(())
    }

    #[test]
    fn a_part_stops_at_its_limit_whatever_its_archive_says() {
        let part = format!("<a>{}</a>", "<b/>".repeat(1_000));
        assert!(read(&part, part.len() as u64 + 1).is_ok());
        let stopped = read(&part, part.len() as u64 - 1).unwrap_err();
        assert!(matches!(stopped, Fault::TooLarge(_)), "{stopped}");
    }

    #[test]
    fn an_archive_of_too_many_parts_is_not_listed() {
        let listed = [b"PK\x03\x04".to_vec(), ENTRY.repeat(PARTS + 1)].concat();
        let mut file = file_of(&listed);
        file.rewind().unwrap();
        assert_eq!(entries(&mut file).unwrap(), PARTS + 1);
        file.rewind().unwrap();
        assert!(matches!(Parts::open(file), Err(Fault::NotAWorkbook)));
    }
}
