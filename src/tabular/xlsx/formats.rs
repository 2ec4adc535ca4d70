use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::Fault;
use super::parts::Parts;
use super::workbook::LIST;
use super::xml::attribute;

/// What a number in a cell means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Number,
    /// Days, and of the day the part that is over.
    Date,
    /// Days that something lasts.
    Duration,
}

/// What numbers mean by the style of their cell, and from when days count.
pub(super) struct Formats {
    of_style: Vec<Meaning>,
    pub(super) since_1904: bool,
}

impl Formats {
    pub(super) fn read(parts: &Parts, part: Option<&str>, since_1904: bool) -> Result<Self, Fault> {
        let mut formats = Self {
            of_style: Vec::new(),
            since_1904,
        };
        let Some(part) = part.filter(|part| parts.has(part)) else {
            return Ok(formats);
        };
        let (mut own, mut in_cells) = (HashMap::new(), false);
        let mut xml = parts.read(part, LIST)?;
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "numFmt" => {
                        let id = attribute(&tag, "numFmtId")?.unwrap_or_default();
                        let code = attribute(&tag, "formatCode")?.unwrap_or_default();
                        own.insert(id, meaning(&code));
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = attribute(&tag, "numFmtId")?.unwrap_or_default();
                        let known = own.get(&id).copied();
                        formats
                            .of_style
                            .push(known.unwrap_or_else(|| built_in(&id)));
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
                _ => {}
            }
        }
        Ok(formats)
    }

    pub(super) fn meaning(&self, style: Option<usize>) -> Meaning {
        let known = self.of_style.get(style.unwrap_or(0));
        known.copied().unwrap_or(Meaning::Number)
    }
}

/// The formats that every workbook has without naming them; 27 to 36 and 50 to 58 are dates of
/// Eastern Asia.
fn built_in(id: &str) -> Meaning {
    match id.parse::<u32>() {
        Ok(46) => Meaning::Duration,
        Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58) => Meaning::Date,
        _ => Meaning::Number,
    }
}

/// What numbers mean that are shown by such a code, as `dd/mm/yyyy` or `[h]:mm`.
fn meaning(code: &str) -> Meaning {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c.to_ascii_lowercase() {
            // Another section, for negative numbers.
            ';' => break,
            // Said as it stands, or a space as wide as the next character, or that one repeated.
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                let unit = |unit| !inside.is_empty() && inside.chars().all(|c| c == unit);
                if unit('h') || unit('m') || unit('s') {
                    return Meaning::Duration;
                }
            }
            'd' | 'm' | 'y' | 'h' | 's' => return Meaning::Date,
            _ => {}
        }
    }
    Meaning::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_dates_from_numbers() {
        for code in [
            "dd/mm/yyyy",
            "[$-409]d-mmm-yy;@",
            "h:mm AM/PM",
            "YYYY\\-MM",
            "mm:ss.0",
        ] {
            assert_eq!(meaning(code), Meaning::Date, "{code}");
        }
        for code in ["[h]:mm:ss", "[mm]:ss", "[SS]"] {
            assert_eq!(meaning(code), Meaning::Duration, "{code}");
        }
        for code in [
            "General",
            "0.00E+00",
            "\"days\" 0",
            "[Red]0",
            "#,##0_d",
            "\\d0",
            "*y0",
            "0;dd",
            "@",
            "[$USD] 0",
            "",
            "\"",
            "[h",
        ] {
            let number = if code == "[h" {
                Meaning::Duration
            } else {
                Meaning::Number
            };
            assert_eq!(meaning(code), number, "{code}");
        }
    }
}
