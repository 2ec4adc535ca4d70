//! `POST /settings/rotations/{id}/members`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, path, problems};
use crate::caller::Permission;
use crate::error::{Error, FieldErrors, Problem, Result as Outcome};
use crate::rotations::{self, MemberInput, RotationInput};
use crate::teams::MemberRef;

/// Saves shares and caps; with `out` takes somebody out, with `up` moves somebody before whoever
/// comes before them, and with `user_id` takes somebody in.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn set_members(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let id = *id;
    let typed = form.clone();
    let saved = ctx.run(move |conn, caller| {
        let present = rotations::rotation(conn, caller, id)?;
        let members = present.members.iter().map(MemberInput::from);
        let members = members_of(&typed, members.collect())?;
        rotations::update(conn, caller, id, |present| RotationInput {
            members,
            ..present
        })
    });
    match saved.await {
        Ok(_) => Ok(ctx.redirect(&path(id), "Saved.")),
        Err(error @ Error::NotFound(_)) => Err(error.into()),
        Err(error) => {
            let problems = problems(error)?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, id, &form, problems).await
        }
    }
}

fn members_of(form: &Form, mut members: Vec<MemberInput>) -> Outcome<Vec<MemberInput>> {
    let mut errors = FieldErrors::default();
    for member in &mut members {
        let said = |what: &str| {
            form.get(&format!("{what}_{}", member.person))
                .trim()
                .to_owned()
        };
        let (weight, cap) = (said("weight"), said("cap"));
        match weight.parse() {
            _ if weight.is_empty() => {}
            Ok(weight) => member.weight = weight,
            Err(_) => {
                let sentence = "A weight is a whole number from 1 to 10";
                errors.push("members", Problem::Said(sentence.into()));
            }
        }
        match cap.parse() {
            _ if cap.is_empty() => member.daily_cap = None,
            Ok(cap) => member.daily_cap = Some(cap),
            Err(_) => {
                let sentence = "A daily cap is a whole number from 1 to 10,000";
                errors.push("members", Problem::Said(sentence.into()));
            }
        }
    }
    errors.0.dedup();
    let place = |members: &[MemberInput], word: &str| {
        let who = MemberRef::of(word);
        members.iter().position(|member| member.person == who)
    };
    if let Some(at) = place(&members, form.get("out")) {
        members.remove(at);
    }
    if let Some(at) = place(&members, form.get("up")).filter(|at| *at > 0) {
        members.swap(at - 1, at);
    }
    if !form.get("user_id").is_empty() {
        members.push(MemberInput::of(MemberRef::of(form.get("user_id"))));
    }
    errors.or(members)
}
