use std::io::Read;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::limit::Limit;
use super::part::Part;
use crate::tabular::{Fault, limits};

/// Formats and sheets that a workbook may have. Each gets a copy of names that it points to, so
/// that their number counts as well as their size.
const COPIES: usize = 2 * 65_536;
/// Elements that may be open at a time.
const DEPTH: usize = 100;
/// Bytes that a text shared by cells has at least: `<si/>`.
const SHORTEST: u64 = 5;
/// Bytes that such a text takes beside what it says.
const HANDLE: u64 = 24;

/// Reads a part to its end as calamine will, of which so much is `left` for all parts together, and
/// says how long it is.
pub(super) fn over(part: impl Read, limit: Limit, left: u64) -> Result<u64, Fault> {
    let most = limit.bytes.min(left);
    let mut xml = Reader::from_reader(Part::new(part, most));
    xml.config_mut().expand_empty_elements = true;
    let (mut buffer, mut held) = (Vec::new(), Held::default());
    loop {
        buffer.clear();
        xml.get_mut().next_piece();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            Ok(event) => held.add(&event, limit)?,
            Err(_) => {
                return Err(match xml.get_mut().fault() {
                    Fault::TooLarge(_) if left < limit.bytes => Fault::TooLarge(limits::UNPACKED),
                    fault => fault,
                });
            }
        }
    }
    let read = most - xml.get_mut().left;
    if held.copies > COPIES || held.room > read / SHORTEST {
        return Err(Fault::BrokenXlsx);
    }
    if limit == Limit::SHARED && held.memory(read) > limits::SHARED {
        return Err(Fault::TooLarge(limits::SHARED));
    }
    Ok(read)
}

/// What is held in memory of a part as it is read, beside its pieces.
#[derive(Default)]
struct Held {
    depth: usize,
    /// The depth at which a text begins that is put together from pieces, and their bytes.
    text: Option<(usize, usize)>,
    copies: usize,
    /// How many texts there are that cells share.
    texts: u64,
    /// For how many shared texts the file asks to make room.
    room: u64,
}

impl Held {
    /// What the texts of a part of so many bytes take in memory.
    fn memory(&self, read: u64) -> u64 {
        read + self.texts.max(self.room) * HANDLE
    }

    fn add(&mut self, event: &Event<'_>, limit: Limit) -> Result<(), Fault> {
        match event {
            Event::Start(tag) => self.start(tag, limit),
            Event::End(_) => {
                self.text = self.text.filter(|(start, _)| *start < self.depth);
                self.depth = self.depth.saturating_sub(1);
                Ok(())
            }
            event => match &mut self.text {
                Some((_, held)) if *held + event.len() > limits::MARKUP => Err(Fault::TextTooLarge),
                Some((_, held)) => {
                    *held += event.len();
                    Ok(())
                }
                None => Ok(()),
            },
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, limit: Limit) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > DEPTH || self.depth > 1 && tag.len() > limit.tag {
            return Err(Fault::BrokenXlsx);
        }
        let name = tag.local_name();
        self.texts += u64::from(name.as_ref() == "si");
        match name.as_ref() {
            "si" | "is" | "v" if self.text.is_none() => self.text = Some((self.depth, 0)),
            "sst" => {
                let said = attribute(tag, "uniqueCount")?;
                self.room = self
                    .room
                    .max(said.map_or(0, |said| said.parse().unwrap_or(u64::MAX)));
            }
            "xf" | "sheet" => self.copies += 1,
            "Relationship" => check_target(tag)?,
            _ => {}
        }
        Ok(())
    }
}

/// A workbook and a sheet could have any name, but must be among the parts that are checked.
fn check_target(tag: &BytesStart<'_>) -> Result<(), Fault> {
    let kind = attribute(tag, "Type")?.unwrap_or_default();
    let target = attribute(tag, "Target")?.unwrap_or_default();
    let limit = Limit::of(&target);
    let is_list = limit == Some(Limit::LIST) && !target.ends_with(".rels");
    match kind.rsplit('/').next() {
        // Documents and slides are made alike, and so is Excel's binary kind.
        Some("officeDocument") if !is_list => Err(Fault::NotAWorkbook),
        Some("worksheet") if limit.is_none() => Err(Fault::BrokenXlsx),
        _ => Ok(()),
    }
}

fn attribute(of: &BytesStart<'_>, name: &str) -> Result<Option<String>, Fault> {
    for attribute in of.attributes() {
        let attribute = attribute.map_err(|_| Fault::BrokenXlsx)?;
        if attribute.key.as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return Ok(Some(value.map_err(|_| Fault::BrokenXlsx)?.into_owned()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_stops_at_its_limit_whatever_its_archive_says() {
        let part = format!("<a>{}</a>", "<b/>".repeat(1_000));
        let long = part.len() as u64;
        let limit = |bytes| Limit {
            bytes,
            ..Limit::SHEET
        };
        assert_eq!(over(part.as_bytes(), limit(long), long).unwrap(), long);
        let stopped = over(part.as_bytes(), limit(long - 1), long).unwrap_err();
        assert!(matches!(stopped, Fault::TooLarge(limit) if limit == long - 1));
        let stopped = over(part.as_bytes(), limit(long), long - 1).unwrap_err();
        assert!(matches!(stopped, Fault::TooLarge(limits::UNPACKED)));
    }

    #[test]
    fn short_texts_count_for_more_than_their_bytes() {
        let mut held = Held::default();
        for _ in 0..3 {
            held.add(&Event::Start(BytesStart::new("si")), Limit::SHARED)
                .unwrap();
        }
        assert_eq!(held.memory(3 * SHORTEST), 3 * (SHORTEST + HANDLE));
    }

    #[test]
    fn elements_are_not_nested_without_end() {
        let deep = "<a>".repeat(DEPTH + 1);
        let broken = over(deep.as_bytes(), Limit::SHEET, limits::UNPACKED);
        assert!(matches!(broken, Err(Fault::BrokenXlsx)));
    }
}
