//! `GET /imports/{id}/check`: what would become of the rows; nothing is written.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::progress::Progress;
use super::told::{Outcome, chosen, outcomes, under_way};
use super::{Ctx, Fault, Nav, Page, Step, Steps, closed, filters, onward, redirect, render};
use crate::caller::Permission;
use crate::enrolment::Verdict;
use crate::enrolment::imports::{self, Import, Problem, State};
use crate::people;

/// Reasons that are shown.
const PROBLEMS: usize = 30;

#[derive(Template)]
#[template(path = "imports/check.html")]
struct Check {
    page: Page,
    steps: Steps,
    progress: Progress,
    under_way: Option<&'static str>,
    outcomes: Vec<Outcome>,
    problems: Vec<Problem>,
    chosen: Vec<(&'static str, String)>,
    import: Import,
    may_import: bool,
}

impl Check {
    /// Rows that would write something.
    fn writes(&self) -> i32 {
        self.import.counts.created + self.import.counts.updated
    }

    fn is_checked(&self) -> bool {
        self.import.state == State::Checked
    }

    fn path_of(&self, problem: &Problem) -> String {
        rows_path(&self.import, problem)
    }

    /// The reasons why rows fail, or are skipped.
    fn these(&self, failed: &bool) -> Vec<&Problem> {
        these(&self.problems, *failed)
    }
}

/// Of these reasons those for which rows fail, or are skipped.
pub fn these(problems: &[Problem], failed: bool) -> Vec<&Problem> {
    let wanted = match failed {
        true => Verdict::Failed,
        false => Verdict::Skipped,
    };
    let these = problems.iter().filter(|one| one.verdict == wanted);
    these.take(PROBLEMS).collect()
}

/// The page of the rows with a reason.
pub fn rows_path(import: &Import, problem: &Problem) -> String {
    let pairs = [
        ("verdict", problem.verdict.as_str()),
        ("reason", &problem.reason),
    ];
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    format!("/imports/{}/rows?{query}", import.id)
}

/// How far the check is, or what it found.
///
/// # Errors
/// Not found.
pub async fn check(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = id.into_inner();
    let (import, problems, names) = ctx
        .run(move |conn, caller| {
            let import = imports::import(conn, caller, id)?;
            let problems = match import.state {
                State::Checked => imports::problems(conn, caller, id)?,
                _ => Vec::new(),
            };
            Ok((import, problems, people::active_people(conn, caller)?))
        })
        .await?;
    if let Some(elsewhere) = closed(&import) {
        return Ok(elsewhere);
    }
    let Some(plan) = import
        .plan
        .as_ref()
        .filter(|_| import.state != State::Draft)
    else {
        return Ok(redirect(&onward(&import)));
    };
    let name = |id| {
        let person = names.iter().find(|person| person.id == id);
        person.map_or_else(
            || "somebody who left".to_owned(),
            |person| person.name.clone(),
        )
    };
    let check = Check {
        page: ctx.page(Nav::Imports),
        steps: Steps::of(&import, Step::Check),
        progress: Progress::of(&import, ctx.caller.now),
        under_way: under_way(&import),
        outcomes: outcomes(&import, &problems),
        chosen: chosen(&import, plan, name),
        problems,
        may_import: ctx.may(Permission::ImportLeads),
        import,
    };
    render(StatusCode::OK, &check)
}
