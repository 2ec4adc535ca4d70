//! `POST /setup`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Setup, only_once};
use crate::accounts::NewAccount;
use crate::caller::{Account, Person};
use crate::error::{Error, Result};
use crate::people::{self, Founding};
use crate::web::{Fault, Form, Problems, Visitor, render};

const LABELS: &[(&str, &str)] = &[
    ("account_name", "Account"),
    ("default_country", "Country"),
    ("time_zone", "Time zone"),
    ("name", "Your name"),
    ("email", "Your e-mail"),
    ("password", "Password"),
];

/// Makes the account and its owner, who is signed in at once.
///
/// # Errors
/// Not found once there is an account; [`Error::Internal`].
pub async fn create(visitor: Visitor, form: Form) -> Result<HttpResponse, Fault> {
    only_once(&visitor)?;
    match found(&visitor, &form).await {
        Ok((account, person)) => Ok(visitor.sign_in(&account, &person, "/")?),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            let page = Setup {
                visitor: &visitor,
                form: &form,
                problems,
            };
            render(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn found(visitor: &Visitor, form: &Form) -> Result<(Account, Person)> {
    let text = |name| form.get(name).to_owned();
    let founding = Founding {
        account: NewAccount {
            name: text("account_name"),
            default_country: text("default_country"),
            time_zone: text("time_zone"),
        },
        name: text("name"),
        email: text("email"),
    };
    let password = text("password");
    founding.check(&password)?;
    let hash = visitor
        .state
        .slow
        .run(move || people::hash_password(&password))
        .await?;
    let (now, facts) = (visitor.now, visitor.facts.clone());
    visitor
        .state
        .db
        .run(move |conn| people::found_first(conn, founding, &hash, now, Some(facts)))
        .await
}
