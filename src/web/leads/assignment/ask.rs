//! `GET /leads/assignment`

use actix_web::HttpResponse;

use super::{Asked, Form, List, Problems};
use crate::caller::Permission;
use crate::web::{Ctx, Fault, Query};

/// Asks whose all leads of a list shall be. An address that is not understood whole is refused:
/// without the filter that is wrong in it, more would be given than was meant to.
///
/// # Errors
/// When the address can't be understood; forbidden without the right to write leads.
pub async fn ask(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let list = List::read(&query.0);
    if !list.left_out.is_empty() {
        return Err(Fault::Malformed);
    }
    let asked = Asked {
        list,
        ticked: Vec::new(),
    };
    asked
        .answer(&ctx, &Form::default(), Problems::default())
        .await
}
