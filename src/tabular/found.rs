use serde::{Deserialize, Serialize};

/// What a person has chosen about a file; nothing where it is to be found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// How characters are written; of no matter in a workbook.
    pub encoding: Option<Encoding>,
    /// What separates cells; of no matter in a workbook.
    pub delimiter: Option<Delimiter>,
    /// The name of a workbook's sheet; of no matter in CSV.
    pub sheet: Option<String>,
    /// The row with the names of the columns, from 1; those before it are passed over.
    pub header_row: Option<u32>,
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// CSV or XLSX.
    pub kind: Kind,
    /// How characters are written; nothing for a workbook.
    pub encoding: Option<Encoding>,
    /// What separates cells; nothing for a workbook.
    pub delimiter: Option<Delimiter>,
    /// The names of a workbook's sheets, in its order; none for CSV.
    pub sheets: Vec<String>,
    /// The sheet that is read; nothing for CSV.
    pub sheet: Option<String>,
    /// The row with the names of the columns.
    pub header_row: u32,
}

impl Found {
    /// The same as choices, to open the file again with.
    pub fn choices(&self) -> Choices {
        Choices {
            encoding: self.encoding,
            delimiter: self.delimiter,
            sheet: self.sheet.clone(),
            header_row: Some(self.header_row),
        }
    }
}

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text with separated cells.
    Csv,
    /// An Excel workbook since 2007.
    Xlsx,
}

/// How a text's characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8. A byte that breaks its rules is read as of Windows-1252.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252 (Western), of which Latin-1 is a part.
    Windows1252,
}

impl Encoding {
    /// All of them, the likelier first.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Windows1252, Self::Utf16Le, Self::Utf16Be];

    /// Its word in forms and stored choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16Le => "utf16_le",
            Self::Utf16Be => "utf16_be",
            Self::Windows1252 => "windows1252",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 (little endian)",
            Self::Utf16Be => "UTF-16 (big endian)",
            Self::Windows1252 => "Windows-1252 (Western)",
        }
    }

    /// The encoding that a form means.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All of them, the likelier first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// Its word in forms and stored choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Comma => "Comma ( , )",
            Self::Semicolon => "Semicolon ( ; )",
            Self::Tab => "Tab",
            Self::Pipe => "Pipe ( | )",
        }
    }

    /// The delimiter that a form means.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// The character itself.
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    pub(super) fn of(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.byte() == byte)
    }
}
