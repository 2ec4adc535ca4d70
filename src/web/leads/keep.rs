//! `POST /leads/{id}/archival` and `POST /leads/{id}/restoration`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::leads;
use crate::web::{Ctx, Fault, Flash};

/// Puts a lead away, which the next page offers to undo.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn archive(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let (view, changed) = ctx
        .run(move |conn, caller| {
            let changed = leads::archive(conn, caller, id)?;
            Ok((leads::find(conn, caller, id)?, changed))
        })
        .await?;
    let name = view.lead.name();
    let flash = if changed {
        let undo = format!("/leads/{id}/restoration");
        Flash::with_undo(format!("{name} is archived."), "Undo", undo)
    } else {
        Flash::from(format!("{name} was archived already."))
    };
    Ok(ctx.redirect(&format!("/leads/{id}"), flash))
}

/// Brings a lead back, which the next page offers to undo.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn restore(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let (view, changed) = ctx
        .run(move |conn, caller| {
            let changed = leads::restore(conn, caller, id)?;
            Ok((leads::find(conn, caller, id)?, changed))
        })
        .await?;
    let name = view.lead.name();
    let flash = if changed {
        let undo = format!("/leads/{id}/archival");
        Flash::with_undo(format!("{name} is back in the lists."), "Undo", undo)
    } else {
        Flash::from(format!("{name} was not archived."))
    };
    Ok(ctx.redirect(&format!("/leads/{id}"), flash))
}
