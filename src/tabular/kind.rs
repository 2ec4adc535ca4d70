use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use super::{Fault, Kind};

/// What ZIP archives start with, one without anything in it too.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// What the container of old Excel and of workbooks with a password starts with.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// How much of a container's directory is looked through.
const DIRECTORY: u64 = 4096;

/// The kind of a file by its first bytes; whatever is no workbook may be CSV. Leaves the file at
/// its start.
pub(super) fn of(file: &mut File) -> Result<Kind, Fault> {
    let mut start = Vec::new();
    file.by_ref().take(512).read_to_end(&mut start)?;
    if start.is_empty() {
        return Err(Fault::Empty);
    }
    if start.starts_with(COMPOUND) {
        return Err(if names_encryption(file, &start)? {
            Fault::Encrypted
        } else {
            Fault::OldExcel
        });
    }
    file.rewind()?;
    let zip = ZIP.iter().any(|magic| start.starts_with(magic));
    Ok(if zip { Kind::Xlsx } else { Kind::Csv })
}

/// Whether the directory of a container has an entry for an encrypted workbook.
fn names_encryption(file: &mut File, start: &[u8]) -> Result<bool, Fault> {
    let (Some(&[shift, _]), Some(&[a, b, c, d])) = (
        start.get(30..32).and_then(|it| it.first_chunk()),
        start.get(48..52).and_then(|it| it.first_chunk()),
    ) else {
        return Ok(false);
    };
    let sector = u64::from(u32::from_le_bytes([a, b, c, d]));
    let at = (sector + 1) << u32::from(shift.min(12));
    let mut directory = Vec::new();
    file.seek(SeekFrom::Start(at))?;
    file.by_ref().take(DIRECTORY).read_to_end(&mut directory)?;
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    Ok(directory.windows(name.len()).any(|it| it == name))
}
