//! `POST /leads/assignment`

use actix_web::HttpResponse;
use uuid::Uuid;

use super::{Asked, Form, List, NOBODY, Problems, Total, said};
use crate::caller::Permission;
use crate::error::{Error, Problem, Result};
use crate::leads::{self, Assigned, OwnerRef, Selection};
use crate::web::{Ctx, Fault, Query};

const LABELS: &[(&str, &str)] = &[("owner", "Give to"), ("leads", "")];

/// Gives the ticked leads, or with `of=list` all of the list, to the person that was chosen, and
/// leads back to the list. Where nobody was chosen, the page asks.
///
/// # Errors
/// When the form or the address can't be understood; forbidden without the right to write leads.
pub async fn give(ctx: Ctx, query: Query, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    let list = List::read(&query.0);
    let ticked: Result<Vec<Uuid>, _> = form.all("lead").map(Uuid::try_parse).collect();
    let ticked = ticked.map_err(|_| Fault::Malformed)?;
    let whole = form.get("of") == "list";
    if whole && !list.left_out.is_empty() {
        return Err(Fault::Malformed);
    }
    if !whole && ticked.is_empty() {
        return Ok(ctx.redirect(&list.url(), "Tick the leads first."));
    }
    let selection = match whole {
        true => Selection::Listed(Box::new(list.query.clone())),
        false => Selection::These(ticked.clone()),
    };
    let owner = form.get("owner").to_owned();
    let given = match owner.as_str() {
        "" => Err(Error::invalid("owner", Problem::Required)),
        _ => {
            let to = (owner != NOBODY).then(|| OwnerRef::Email(owner.clone()));
            ctx.run(move |conn, caller| leads::assign(conn, caller, &selection, to))
                .await
        }
    };
    match given {
        Ok(assigned) => Ok(ctx.redirect(&list.url(), flash(assigned, &owner))),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            let ticked = if whole { Vec::new() } else { ticked };
            Asked { list, ticked }.answer(&ctx, &form, problems).await
        }
        Err(error) => Err(error.into()),
    }
}

/// "25 leads are dan@example.com’s now; 2 were already."
fn flash(Assigned { changed, kept }: Assigned, owner: &str) -> String {
    let said = |leads: usize| {
        said(Total {
            leads: leads as i64,
            is_exact: true,
        })
    };
    let whose = match owner {
        NOBODY => "nobody’s".to_owned(),
        email => format!("{email}’s"),
    };
    let is = |leads| if leads == 1 { "is" } else { "are" };
    match (changed, kept) {
        (0, 0) => "These leads are gone.".to_owned(),
        (0, kept) => format!("{} {} {whose} already.", said(kept), is(kept)),
        (changed, 0) => format!("{} {} {whose} now.", said(changed), is(changed)),
        (changed, kept) => format!(
            "{} {} {whose} now; {kept} of them {} before.",
            said(changed + kept),
            is(changed + kept),
            if kept == 1 { "was" } else { "were" },
        ),
    }
}
