use quick_xml::events::{BytesStart, Event};

use super::super::{Fault, Row, limits};
use super::formats::Formats;
use super::parts::Parts;
use super::strings::{Inside, Strings};
use super::value;
use super::xml::{Xml, add_text};

/// The rows of a sheet that have a cell.
pub(in super::super) struct Rows {
    xml: Xml,
    formats: Formats,
    strings: Strings,
    /// The row that was read last.
    number: u32,
    /// What the cell that is being read says.
    said: String,
    ended: bool,
}

/// A cell's place and what its value is.
struct Cell {
    column: usize,
    style: Option<usize>,
    kind: Kind,
}

enum Kind {
    Number,
    Shared,
    Text,
    Truth,
    Date,
    Error,
}

impl Rows {
    /// A sheet up to its first row.
    pub(super) fn open(
        parts: &Parts,
        part: &str,
        formats: Formats,
        strings: Strings,
    ) -> Result<Self, Fault> {
        let mut xml = parts.read(part, limits::UNPACKED)?;
        loop {
            match xml.next()?.ok_or(Fault::BrokenXlsx)? {
                Event::Start(tag) if tag.local_name().as_ref() == "sheetData" => break,
                _ => {}
            }
        }
        Ok(Self {
            xml,
            formats,
            strings,
            number: 0,
            said: String::new(),
            ended: false,
        })
    }

    pub(in super::super) fn next(&mut self, row: &mut Row) -> Result<bool, Fault> {
        while !self.ended {
            match self.xml.next()?.ok_or(Fault::BrokenXlsx)? {
                Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                    self.number = number_of(&tag, self.number)?;
                    row.start(self.number);
                    self.read_row(row)?;
                    if !row.is_empty() {
                        return Ok(true);
                    }
                }
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => {
                    self.ended = true;
                    self.xml.finish()?;
                }
                _ => {}
            }
        }
        Ok(false)
    }

    fn read_row(&mut self, row: &mut Row) -> Result<(), Fault> {
        loop {
            let cell = match self.xml.next()?.ok_or(Fault::BrokenXlsx)? {
                Event::Start(tag) if tag.local_name().as_ref() == "c" => cell_of(&tag, row.len())?,
                Event::End(tag) if tag.local_name().as_ref() == "row" => return Ok(()),
                _ => continue,
            };
            // Empty cells are left out.
            row.ends.resize(cell.column, row.text.len());
            self.read_cell(&cell)?;
            self.write(&cell, row)?;
            if row.text.len() > limits::ROW {
                return Err(Fault::RowTooLarge(self.number));
            }
        }
    }

    /// Reads what a cell says up to its end: its value, or a text of its own.
    fn read_cell(&mut self, cell: &Cell) -> Result<(), Fault> {
        self.said.clear();
        let (mut value, mut inside) = (false, Inside::default());
        loop {
            let event = self.xml.next()?.ok_or(Fault::BrokenXlsx)?;
            let own = inside.takes(&event);
            match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "v" => value = true,
                Event::End(tag) => match tag.local_name().as_ref() {
                    "v" => value = false,
                    "c" => return Ok(()),
                    _ => {}
                },
                event if value || own => add_text(event, &mut self.said)?,
                _ => {}
            }
            if self.said.len() > limits::CELL {
                return Err(self.too_large(cell));
            }
        }
    }

    /// Adds to the row what the cell that was read means.
    fn write(&self, cell: &Cell, row: &mut Row) -> Result<(), Fault> {
        let said = self.said.as_str();
        match cell.kind {
            Kind::Number => {
                let meaning = self.formats.meaning(cell.style);
                value::number(said, meaning, self.formats.since_1904, &mut row.text);
            }
            Kind::Shared if said.is_empty() => {}
            Kind::Shared => {
                let at = said.trim().parse().map_err(|_| Fault::BrokenXlsx)?;
                let text = self.strings.get(at).ok_or(Fault::BrokenXlsx)?;
                if text.len() > limits::CELL {
                    return Err(self.too_large(cell));
                }
                row.text.push_str(text);
            }
            Kind::Text => value::unescape(said, &mut row.text),
            Kind::Truth => value::truth(said, &mut row.text),
            Kind::Date => value::written_date(said, &mut row.text),
            Kind::Error => {}
        }
        row.ends.push(row.text.len());
        Ok(())
    }

    fn too_large(&self, cell: &Cell) -> Fault {
        Fault::CellTooLarge {
            row: self.number,
            column: cell.column + 1,
        }
    }
}

/// The number of a row, which may be left out, and always grows.
fn number_of(tag: &BytesStart<'_>, last: u32) -> Result<u32, Fault> {
    let mut number = last + 1;
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Fault::BrokenXlsx)?;
        if attribute.key.as_ref() == "r" {
            number = attribute.value.parse().map_err(|_| Fault::BrokenXlsx)?;
        }
    }
    match number {
        number if number > limits::SHEET_ROWS => Err(Fault::TooManyRows),
        number if number <= last => Err(Fault::BrokenXlsx),
        number => Ok(number),
    }
}

/// A cell, which stands after `before` others; its place may be left out.
fn cell_of(tag: &BytesStart<'_>, before: usize) -> Result<Cell, Fault> {
    let mut cell = Cell {
        column: before,
        style: None,
        kind: Kind::Number,
    };
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Fault::BrokenXlsx)?;
        match attribute.key.as_ref() {
            "r" => cell.column = column(&attribute.value).ok_or(Fault::BrokenXlsx)?,
            "s" => cell.style = attribute.value.parse().ok(),
            "t" => {
                cell.kind = match attribute.value.as_ref() {
                    "s" => Kind::Shared,
                    "str" | "inlineStr" => Kind::Text,
                    "b" => Kind::Truth,
                    "d" => Kind::Date,
                    "e" => Kind::Error,
                    _ => Kind::Number,
                }
            }
            _ => {}
        }
    }
    let right = before <= cell.column && cell.column < limits::CELLS;
    right.then_some(cell).ok_or(Fault::BrokenXlsx)
}

/// The column, from 0, of a place such as `AB12`.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let column = letters.fold(0, |column, letter| {
        column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    column.checked_sub(1)
}
