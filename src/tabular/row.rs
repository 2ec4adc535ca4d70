use super::formula::restored;

/// One row. Its memory is used again for the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub(super) number: u32,
    /// How many columns the header names.
    pub(super) columns: usize,
    /// All cells one after another.
    pub(super) text: String,
    /// Where each cell ends in `text`.
    pub(super) ends: Vec<usize>,
}

impl Row {
    /// A row to be read into.
    pub fn new() -> Self {
        Self::default()
    }

    /// Its number as a spreadsheet shows it: the first line is 1, and blank lines count.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How many cells it has; more or fewer than the header where the file is ragged.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cell.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell of a column, from 0; a missing one is empty. It may hold any character, NUL too.
    pub fn cell(&self, column: usize) -> &str {
        restored(self.written(column))
    }

    /// Its cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.cell(column))
    }

    /// The first cell with something in it that is beyond the header, with its column from 0.
    pub fn beyond_header(&self) -> Option<(usize, &str)> {
        (self.columns..self.len())
            .map(|column| (column, self.cell(column)))
            .find(|(_, cell)| !cell.trim().is_empty())
    }

    /// Whether no cell has more than space in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn start(&mut self, number: u32) {
        self.number = number;
        self.text.clear();
        self.ends.clear();
    }

    /// The cell as it stands in the file.
    fn written(&self, column: usize) -> &str {
        let Some(&end) = self.ends.get(column) else {
            return "";
        };
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..end]
    }
}
