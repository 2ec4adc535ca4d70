//! The answer of a list: its rows, and what is known of the rest (contract §1).

use serde::Serialize;

use crate::paging::{From, Page, Slice};

/// Counting stops here.
const COUNT_UP_TO: i64 = 10_000;

/// Rows and what is known of the rest.
#[derive(Debug, Serialize)]
pub struct List<T> {
    data: Vec<T>,
    meta: Meta,
}

#[derive(Debug, Serialize)]
struct Meta {
    limit: u32,
    next_cursor: Option<String>,
    total: i64,
    total_is_exact: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(rename = "totalPages", skip_serializing_if = "Option::is_none")]
    total_pages: Option<i64>,
}

impl<T> List<T> {
    /// A list of which `total` rows were counted, or more than the 10,000 that are counted.
    pub fn new(
        data: Vec<T>,
        limit: u32,
        next_cursor: Option<String>,
        counted: i64,
        page: Option<u32>,
    ) -> Self {
        let total = counted.min(COUNT_UP_TO);
        let meta = Meta {
            limit,
            next_cursor,
            total,
            total_is_exact: counted <= COUNT_UP_TO,
            page,
            total_pages: page.map(|_| (total + i64::from(limit) - 1) / i64::from(limit)),
        };
        Self { data, meta }
    }

    /// A list ordered by age.
    pub fn of<R>(page: Page<R>, slice: &Slice, row: impl Fn(R) -> T) -> Self {
        let number = match slice.from {
            From::Page(number) => Some(number),
            From::Start | From::Row(_) => None,
        };
        let next = page.next.map(|after| after.encode());
        let data = page.rows.into_iter().map(row).collect();
        Self::new(data, slice.limit, next, page.total, number)
    }
}
