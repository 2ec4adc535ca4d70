//! `POST /invitations/{token}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::Welcome;
use crate::error::Error;
use crate::people;
use crate::web::{Fault, Form, Problems, Visitor, render};

/// Takes the password; the person has joined and is signed in.
///
/// # Errors
/// Not found when the link no longer works; [`Error::Internal`].
pub async fn accept(
    visitor: Visitor,
    token: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let (db, now) = (&visitor.state.db, visitor.now);
    let (token, password) = (token.into_inner(), form.get("password").to_owned());
    let asked = token.clone();
    let invited = db
        .run(move |conn| people::invitation(conn, &asked, now))
        .await?;
    if let Err(Error::Invalid(errors)) = people::check_password(&password, &invited.email) {
        let problems = Problems::new(&errors, &[("password", "Password")]);
        let page = Welcome {
            visitor: &visitor,
            token: &token,
            invited: &invited,
            problems,
        };
        return render(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let hash = visitor
        .state
        .slow
        .run(move || people::hash_password(&password))
        .await?;
    let facts = visitor.facts.clone();
    let joined = db.run(move |conn| people::accept(conn, &token, &hash, now, Some(facts)));
    let (account, person) = joined.await?;
    Ok(visitor.sign_in(&account, &person, "/")?)
}
