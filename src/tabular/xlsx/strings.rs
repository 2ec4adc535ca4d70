use quick_xml::events::Event;

use super::super::{Fault, limits};
use super::parts::Parts;
use super::value::unescape;
use super::xml::add_text;

/// The texts that cells share, one after another.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn read(parts: &Parts, part: Option<&str>) -> Result<Self, Fault> {
        let mut strings = Self::default();
        let Some(part) = part.filter(|part| parts.has(part)) else {
            return Ok(strings);
        };
        let mut xml = parts.read(part, limits::SHARED)?;
        let (mut one, mut inside) = (String::new(), Inside::default());
        while let Some(event) = xml.next()? {
            if inside.takes(&event) {
                add_text(&event, &mut one)?;
            }
            if let Event::End(tag) = event
                && tag.local_name().as_ref() == "si"
            {
                unescape(&one, &mut strings.text);
                strings.ends.push(strings.text.len());
                one.clear();
            }
        }
        Ok(strings)
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }
}

/// Where a text is that may have formats within (`<r>`) and be said in another script (`<rPh>`).
#[derive(Default)]
pub(super) struct Inside {
    text: bool,
    spoken: bool,
}

impl Inside {
    /// Follows an event; whether what it says is part of the text.
    pub(super) fn takes(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => self.text = !self.spoken,
                "rPh" => self.spoken = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => self.text = false,
                "rPh" => self.spoken = false,
                _ => {}
            },
            _ => return self.text,
        }
        false
    }
}
