//! The answer of a list: its rows, and what is known of the rest (contract §1).

use serde::Serialize;

use crate::leads::{COUNT_UP_TO, Total};
use crate::paging::{From, Page, Slice};

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
    /// Some rows of a list of which `total` were counted; `page` is the number that was asked for.
    pub fn new(
        data: Vec<T>,
        limit: u32,
        next_cursor: Option<String>,
        total: Total,
        page: Option<u32>,
    ) -> Self {
        let rows = i64::from(limit);
        let meta = Meta {
            limit,
            next_cursor,
            total: total.leads,
            total_is_exact: total.is_exact,
            page,
            total_pages: page.map(|_| (total.leads + rows - 1) / rows),
        };
        Self { data, meta }
    }

    /// The whole of a short list.
    pub fn whole(data: Vec<T>) -> Self {
        let rows = data.len();
        let total = Total {
            leads: i64::try_from(rows).unwrap_or(i64::MAX),
            is_exact: true,
        };
        Self::new(
            data,
            u32::try_from(rows).unwrap_or(u32::MAX),
            None,
            total,
            None,
        )
    }

    /// A list ordered by age.
    pub fn of<R>(page: Page<R>, slice: &Slice, row: impl Fn(R) -> T) -> Self {
        let number = match slice.from {
            From::Page(number) => Some(number),
            From::Start | From::Row(_) => None,
        };
        let next = page.next.map(|after| after.encode());
        let data = page.rows.into_iter().map(row).collect();
        let total = Total {
            leads: page.total.min(COUNT_UP_TO),
            is_exact: page.total <= COUNT_UP_TO,
        };
        Self::new(data, slice.limit, next, total, number)
    }
}
