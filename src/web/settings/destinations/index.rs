//! `GET /settings/destinations`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::words::{Answer, answer};
use super::{
    Choice, Ctx, Fault, Form, Nav, Page, Problems, called, countries, filters, places, render,
};
use crate::caller::Permission;
use crate::phone::Country;
use crate::telephony::{self, Destination};
use crate::text;
use crate::web::Query;

const LONGEST_NUMBER: usize = 64;

#[derive(Template)]
#[template(path = "settings/destinations/index.html")]
struct Index<'a> {
    page: Page,
    rows: Vec<Row>,
    /// The number that was asked about, and what became of it.
    asked: String,
    answer: Option<Answer>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

/// A destination as it is listed.
struct Row {
    destination: Destination,
    country: String,
    calling_code: i32,
    called: String,
}

impl Index<'_> {
    fn countries(&self) -> Vec<Choice> {
        countries(self.form)
    }
}

/// The destinations, with the answer about a number in `number`.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn index(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    let (form, problems) = (Form::default(), Problems::default());
    page(&ctx, StatusCode::OK, query.0.get("number"), &form, problems).await
}

/// The page, with the form as it was typed.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    asked: &str,
    form: &Form,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let asked = text::at_most(asked, LONGEST_NUMBER).into_owned();
    let (destinations, rules) = ctx
        .run(|conn, caller| {
            let destinations = telephony::destinations(conn, caller)?;
            Ok((destinations, telephony::rules(conn, &caller.account)?))
        })
        .await?;
    let mut rows: Vec<Row> = destinations.into_iter().map(row).collect();
    // Those of a country keep their order.
    rows.sort_by_key(|row| text::fold(&row.country));
    let is_asked = !asked.trim().is_empty();
    let index = Index {
        page: ctx.page(Nav::Elsewhere),
        rows,
        answer: is_asked.then(|| answer(&ctx.caller, &rules, &asked)),
        asked,
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &index)
}

fn row(destination: Destination) -> Row {
    let country = Country::of(&destination.country);
    Row {
        country: places::country_name(&destination.country),
        calling_code: country.map_or(0, Country::calling_code),
        called: called(&destination),
        destination,
    }
}
