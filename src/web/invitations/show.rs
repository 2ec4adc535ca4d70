//! `GET /invitations/{token}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::Welcome;
use crate::people;
use crate::web::{Fault, Problems, Visitor, render};

/// Who invites whom, and the field for a password.
///
/// # Errors
/// Not found when the link never worked or no longer does.
pub async fn show(visitor: Visitor, token: web::Path<String>) -> Result<HttpResponse, Fault> {
    let (asked, now) = (token.clone(), visitor.now);
    let db = &visitor.state.db;
    let invited = db
        .run(move |conn| people::invitation(conn, &asked, now))
        .await?;
    let problems = Problems::default();
    let page = Welcome {
        visitor: &visitor,
        token: &token,
        invited: &invited,
        problems,
    };
    render(StatusCode::OK, &page)
}
