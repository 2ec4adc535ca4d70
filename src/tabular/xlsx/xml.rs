use std::io::{self, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::Fault;
use super::parts::Part;

/// The XML of a part, event after event. An empty element is one that starts and ends.
pub(super) struct Xml {
    reader: Reader<Part>,
    buffer: Vec<u8>,
}

impl Xml {
    pub(super) fn new(part: Part) -> Self {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
        }
    }

    /// The next event; nothing at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, Fault> {
        let Self { reader, buffer } = self;
        buffer.clear();
        reader.get_mut().next_piece();
        match reader.read_event_into(buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(_) => Err(reader.get_mut().fault()),
        }
    }

    /// Reads what is left, which shows whether all of it was as it was packed.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        let part = self.reader.get_mut();
        let mut rest = [0; 8 * 1024];
        loop {
            part.next_piece();
            match part.read(&mut rest) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(part.fault()),
            }
        }
    }
}

/// Adds what an event says, if it is text.
pub(super) fn add_text(event: &Event<'_>, into: &mut String) -> Result<(), Fault> {
    match event {
        Event::Text(text) => into.push_str(&text.xml10_content()),
        Event::CData(text) => into.push_str(&text.xml10_content()),
        Event::GeneralRef(named) => match named.resolve_char_ref() {
            Ok(Some(c)) => into.push(c),
            Ok(None) => {
                let meant = resolve_predefined_entity(named).ok_or(Fault::BrokenXlsx)?;
                into.push_str(meant);
            }
            Err(_) => return Err(Fault::BrokenXlsx),
        },
        _ => {}
    }
    Ok(())
}

/// An attribute by its name without a prefix.
pub(super) fn attribute(of: &BytesStart<'_>, name: &str) -> Result<Option<String>, Fault> {
    for attribute in of.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Fault::BrokenXlsx)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return Ok(Some(value.map_err(|_| Fault::BrokenXlsx)?.into_owned()));
        }
    }
    Ok(None)
}
