//! `POST /leads/assignment`

use actix_web::HttpResponse;
use uuid::Uuid;

use super::{Asked, BY_ROTATION, Form, IN_TURN, List, NOBODY, Problems, Total, said};
use crate::caller::Permission;
use crate::error::{Error, Problem, Result};
use crate::leads::{self, Assigned, OwnerRef, Selection};
use crate::rotations::{self, Shared};
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
        _ if owner.starts_with(IN_TURN) => {
            let by = rotation_id(&owner)?;
            ctx.run(move |conn, caller| rotations::assign(conn, caller, &selection, by))
                .await
                .map(Given::InTurn)
        }
        _ => {
            let to = (owner != NOBODY).then(|| OwnerRef::Email(owner.clone()));
            ctx.run(move |conn, caller| leads::assign(conn, caller, &selection, to))
                .await
                .map(Given::ToOne)
        }
    };
    // From a lead's own page one comes back to it.
    let back = match (form.get("from"), ticked.as_slice()) {
        ("lead", [one]) => format!("/leads/{one}"),
        _ => list.url(),
    };
    match given {
        Ok(Given::ToOne(assigned)) => Ok(ctx.redirect(&back, flash(assigned, &owner))),
        Ok(Given::InTurn(shared)) => Ok(ctx.redirect(&back, shared_out(shared))),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            let ticked = if whole { Vec::new() } else { ticked };
            Asked { list, ticked }.answer(&ctx, &form, problems).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What giving came to.
enum Given {
    ToOne(Assigned),
    InTurn(Shared),
}

/// The rotation that is named; none where each lead goes by that of its team.
fn rotation_id(owner: &str) -> Result<Option<Uuid>, Fault> {
    let named = owner.strip_prefix(BY_ROTATION);
    let id = named.map(Uuid::try_parse).transpose();
    id.map_err(|_| Fault::Malformed)
}

/// "25 leads are given out; 2 found nobody and stay with whom they were."
fn shared_out(shared: Shared) -> String {
    let given = shared.changed + shared.kept;
    let stay = match shared.unserved {
        0 => String::new(),
        1 => "; 1 found nobody and stays with whom it was".to_owned(),
        many => format!("; {many} found nobody and stay with whom they were"),
    };
    format!("{} {} given out{stay}.", counted(given), is(given))
}

/// "25 leads are dan@example.com’s now; 2 were already."
fn flash(Assigned { changed, kept }: Assigned, owner: &str) -> String {
    let said = counted;
    let whose = match owner {
        NOBODY => "nobody’s".to_owned(),
        email => format!("{email}’s"),
    };
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

/// "25 leads".
fn counted(leads: usize) -> String {
    said(Total {
        leads: leads as i64,
        is_exact: true,
    })
}

fn is(leads: usize) -> &'static str {
    if leads == 1 { "is" } else { "are" }
}
