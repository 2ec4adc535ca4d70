//! The account itself (contract §4).

use actix_web::HttpResponse;
use serde::Serialize;
use uuid::Uuid;

use super::fields::Fields;
use super::query::Query;
use super::{Body, Call, Refusal};
use crate::accounts::{self, NewAccount};
use crate::caller::{Account, Permission};
use crate::error::Result as Outcome;

#[derive(Serialize)]
struct AccountJson {
    id: Uuid,
    number: i64,
    name: String,
    default_country: String,
    time_zone: &'static str,
}

impl From<Account> for AccountJson {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            number: account.number,
            name: account.name,
            default_country: account.default_country,
            time_zone: account.time_zone.name(),
        }
    }
}

/// `GET /account`
///
/// # Errors
/// Forbidden without the right to see settings; a query that is not right.
pub async fn show(call: Call, query: Query) -> Result<HttpResponse, Refusal> {
    let account = call.run(move |_, caller| {
        query.done(())?;
        caller.require(Permission::ReadSettings)?;
        Ok(caller.account.clone())
    });
    Ok(HttpResponse::Ok().json(AccountJson::from(account.await?)))
}

/// `PATCH /account`
///
/// # Errors
/// As [`accounts::update`]; a body that is not right.
pub async fn update(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.run(move |conn, caller| {
        let input = over(&caller.account, body.fields()?)?;
        accounts::update(conn, caller, input)
    });
    Ok(HttpResponse::Ok().json(AccountJson::from(account.await?)))
}

/// The account with what was said of it.
fn over(present: &Account, mut fields: Fields) -> Outcome<NewAccount> {
    let name = fields.required_text("name");
    let country = fields.required_text("default_country");
    let zone = fields.required_text("time_zone");
    fields.done(NewAccount {
        name: name.unwrap_or_else(|| present.name.clone()),
        default_country: country.unwrap_or_else(|| present.default_country.clone()),
        time_zone: zone.unwrap_or_else(|| present.time_zone.name().to_owned()),
    })
}
