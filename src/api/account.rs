//! The account itself (contract §4).

use actix_web::HttpResponse;
use serde::Serialize;
use uuid::Uuid;

use super::fields::Fields;
use super::query::Query;
use super::{Body, Call, Refusal};
use crate::accounts::{self, NewAccount};
use crate::caller::{Account, DuplicateRules, Duplicates, Permission};
use crate::error::Result as Outcome;

#[derive(Serialize)]
struct AccountJson {
    id: Uuid,
    number: i64,
    name: String,
    default_country: String,
    time_zone: &'static str,
    duplicates_by_form: Duplicates,
    duplicates_by_api: Duplicates,
    duplicates_by_file: Duplicates,
}

impl From<Account> for AccountJson {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            number: account.number,
            name: account.name,
            default_country: account.default_country,
            time_zone: account.time_zone.name(),
            duplicates_by_form: account.duplicates.form,
            duplicates_by_api: account.duplicates.api,
            duplicates_by_file: account.duplicates.file,
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
        let (input, duplicates) = over(&caller.account, body.fields()?)?;
        accounts::update(conn, caller, input, duplicates)
    });
    Ok(HttpResponse::Ok().json(AccountJson::from(account.await?)))
}

/// The account with what was said of it.
fn over(present: &Account, mut fields: Fields) -> Outcome<(NewAccount, DuplicateRules)> {
    let name = fields.required_text("name");
    let country = fields.required_text("default_country");
    let zone = fields.required_text("time_zone");
    let mut rule = |name, present| {
        let rule = fields.read(name, "allow, reuse or refuse", |word| word.parse().ok());
        rule.unwrap_or(present)
    };
    let duplicates = DuplicateRules {
        form: rule("duplicates_by_form", present.duplicates.form),
        api: rule("duplicates_by_api", present.duplicates.api),
        file: rule("duplicates_by_file", present.duplicates.file),
    };
    let input = NewAccount {
        name: name.unwrap_or_else(|| present.name.clone()),
        default_country: country.unwrap_or_else(|| present.default_country.clone()),
        time_zone: zone.unwrap_or_else(|| present.time_zone.name().to_owned()),
    };
    fields.done((input, duplicates))
}
