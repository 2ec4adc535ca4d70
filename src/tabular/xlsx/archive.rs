use std::fs::File;
use std::io::{self, BufReader, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limit::Limit;
use super::look;
use crate::tabular::encoding::fill;
use crate::tabular::{Fault, limits};

/// Parts that an archive may have; a workbook has a few for each sheet and picture. Their list is
/// held in memory.
const PARTS: usize = 10_000;
/// What an entry of that list starts with.
const ENTRY: &[u8] = b"PK\x01\x02";
const BLOCK: usize = 64 * 1024;

/// Unpacks every part that may be read, holding none, and leaves the file at its start. What an
/// archive says of the sizes of its parts may be a lie.
pub(super) fn check(file: &mut File) -> Result<(), Fault> {
    if entries(file)? > PARTS {
        return Err(Fault::NotAWorkbook);
    }
    file.rewind()?;
    let mut archive = ZipArchive::new(BufReader::new(&mut *file)).map_err(fault)?;
    let (mut said, mut names) = (0u64, Vec::new());
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(fault)?;
        if part.encrypted() {
            return Err(Fault::Encrypted);
        }
        said = said.saturating_add(part.size());
        names.push((at, part.name().map_err(fault)?.into_owned()));
    }
    if said > limits::UNPACKED {
        return Err(Fault::TooLarge(limits::UNPACKED));
    }
    if !names.iter().any(|(_, name)| name == "_rels/.rels") {
        return Err(Fault::NotAWorkbook);
    }
    // Those that tell what the file is go first.
    names.sort_by_key(|(_, name)| !name.ends_with(".rels"));
    let mut left = limits::UNPACKED;
    for (at, name) in names {
        if let Some(limit) = Limit::of(&name) {
            let part = archive.by_index(at).map_err(fault)?;
            left -= look::over(part, limit, left)?;
        }
    }
    drop(archive);
    Ok(file.rewind()?)
}

/// How many entries an archive can list at most, without a list of them.
fn entries(file: &mut File) -> io::Result<usize> {
    let (mut block, mut found, mut kept) = (vec![0; BLOCK], 0, 0);
    loop {
        let more = fill(file, &mut block[kept..])?;
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

fn fault(error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) if error.raw_os_error().is_some() => Fault::Io(error),
        _ => Fault::BrokenXlsx,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tabular::sample::file_of;

    #[test]
    fn an_archive_of_too_many_parts_is_not_listed() {
        let listed = [b"PK\x03\x04".to_vec(), ENTRY.repeat(PARTS + 1)].concat();
        let mut file = file_of(&listed);
        file.rewind().unwrap();
        assert_eq!(entries(&mut file).unwrap(), PARTS + 1);
        file.rewind().unwrap();
        assert!(matches!(check(&mut file), Err(Fault::NotAWorkbook)));
    }
}
