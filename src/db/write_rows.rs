//! Writing any number of rows in one statement.

/// From this many rows on, `COPY` is quicker than one `INSERT`.
pub(crate) const COPY_FROM: usize = 20;

/// Writes a slice of insertable rows into a table: one row by a statement that stays prepared, a
/// few by one `INSERT`, many by `COPY`. How many were written.
///
/// A macro, since the bounds of a function would name a dozen of Diesel's own types.
macro_rules! write_rows {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let rows: &[_] = $rows;
        match rows {
            [] => Ok(0),
            [row] => diesel::insert_into($table).values(row).execute($conn),
            few if few.len() < $crate::db::COPY_FROM => {
                diesel::insert_into($table).values(few).execute($conn)
            }
            many => diesel::copy_from($table)
                .from_insertable(many)
                .execute($conn),
        }
    }};
}

pub(crate) use write_rows;
