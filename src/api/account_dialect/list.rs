//! Lists by page, and their answers.

use serde::Serialize;

use crate::api::query::Query;
use crate::leads::Total;
use crate::paging::{COUNT_UP_TO, From, Page, Slice};

/// Which page is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Its number, from 1.
    pub page: u32,
    /// How many rows it has at most.
    pub size: u32,
}

impl Asked {
    /// The page of an address: the first, of ten rows, when nothing is said.
    pub fn of(query: &mut Query) -> Self {
        let size = query.read("pageSize", "a whole number from 1 to 100", |value| {
            value.parse().ok().filter(|size| (1..=100).contains(size))
        });
        let size = size.unwrap_or(10);
        let page = query.page_number(size, "filter the list until it has fewer rows");
        Self {
            page: page.unwrap_or(1),
            size,
        }
    }

    /// How many rows stand before it.
    pub fn offset(self) -> u32 {
        (self.page - 1).saturating_mul(self.size)
    }

    /// The same of a list that is ordered by age.
    pub fn slice(self) -> Slice {
        Slice {
            limit: self.size,
            from: From::Page(self.page),
        }
    }
}

/// Some rows of a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List<T> {
    data: Vec<T>,
    total_count: i64,
    total_pages: i64,
    current_page: u32,
    /// Said only where counting stopped before the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    total_is_exact: Option<bool>,
}

impl<T> List<T> {
    /// The page that was asked for, of a list of which `total` were counted.
    pub fn new(data: Vec<T>, asked: Asked, total: Total) -> Self {
        let size = i64::from(asked.size);
        Self {
            data,
            total_count: total.leads,
            total_pages: (total.leads + size - 1) / size,
            current_page: asked.page,
            total_is_exact: Some(false).filter(|_| !total.is_exact),
        }
    }

    /// The same of a list that is ordered by age.
    pub fn of<R>(page: Page<R>, asked: Asked, row: impl FnMut(R) -> T) -> Self {
        let total = Total::up_to(COUNT_UP_TO, page.total);
        Self::new(page.rows.into_iter().map(row).collect(), asked, total)
    }
}
