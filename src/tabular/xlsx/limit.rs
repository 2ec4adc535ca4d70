use crate::tabular::limits;

/// How the names of files start that list sheets and formats.
const HELD: [&str; 3] = ["workbook", "styles", "theme"];
/// Folders of what isn't part of the sheets.
const ASIDE: [&str; 2] = ["customxml/", "docprops/"];

/// How much a part may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    /// Bytes of all of it, once unpacked.
    pub(super) bytes: u64,
    /// Bytes of one tag within its outermost.
    pub(super) tag: usize,
}

impl Limit {
    /// Of what lists other parts, sheets or formats, and is held in memory.
    pub(super) const LIST: Self = Self {
        bytes: limits::LIST,
        tag: limits::LIST_TAG,
    };
    /// Of the texts that sheets share.
    pub(super) const SHARED: Self = Self {
        bytes: limits::SHARED,
        tag: limits::MARKUP,
    };
    /// Of a sheet, which is never held as a whole.
    pub(super) const SHEET: Self = Self {
        bytes: limits::UNPACKED,
        tag: limits::MARKUP,
    };

    /// That of a part by its name; nothing for those that are never read, as pictures.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.replace('\\', "/").to_ascii_lowercase();
        let name = name.trim_start_matches('/');
        let file = name.rsplit('/').next().unwrap_or(name);
        if file.ends_with(".rels") {
            return Some(Self::LIST);
        }
        if !file.ends_with(".xml") || ASIDE.iter().any(|aside| name.starts_with(aside)) {
            return None;
        }
        if HELD.iter().any(|held| file.starts_with(held)) {
            return Some(Self::LIST);
        }
        Some(match file {
            "sharedstrings.xml" => Self::SHARED,
            _ => Self::SHEET,
        })
    }
}
