//! `GET /setup`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Setup, only_once};
use crate::web::{Fault, Form, Problems, Visitor, render};

/// The empty form.
///
/// # Errors
/// Not found once there is an account.
pub async fn new(visitor: Visitor) -> Result<HttpResponse, Fault> {
    only_once(&visitor)?;
    let form = Form::default();
    let page = Setup {
        visitor: &visitor,
        form: &form,
        problems: Problems::default(),
    };
    render(StatusCode::OK, &page)
}
