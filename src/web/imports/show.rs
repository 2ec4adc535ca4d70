//! `GET /imports/{id}`: how far its leads are in, or what became of its rows.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::check::{rows_path, these};
use super::progress::Progress;
use super::told::{Outcome, leads_of, outcomes, under_way};
use super::words::stands;
use super::{Ctx, Fault, Nav, Page, Step, Steps, filters, onward, redirect, render};
use crate::caller::Permission;
use crate::enrolment::imports::{self, Import, Problem, State};

#[derive(Template)]
#[template(path = "imports/show.html")]
struct Show {
    page: Page,
    steps: Steps,
    progress: Progress,
    under_way: Option<&'static str>,
    outcomes: Vec<Outcome>,
    problems: Vec<Problem>,
    import: Import,
    may_import: bool,
}

impl Show {
    fn stands(&self) -> (&'static str, &'static str, &'static str) {
        stands(&self.import.state)
    }

    /// Whether its leads came in through the browser, so that its steps are shown.
    fn has_steps(&self) -> bool {
        self.import.plan.is_some()
    }

    fn is_undone(&self) -> bool {
        matches!(self.import.state, State::Undone)
    }

    fn wrote(&self) -> i32 {
        self.import.counts.created + self.import.counts.updated
    }

    fn may_undo(&self) -> bool {
        let has_stopped = matches!(
            self.import.state,
            State::Done | State::Cancelled | State::Failed
        );
        self.may_import && has_stopped && self.wrote() > 0
    }

    fn may_go_on(&self) -> bool {
        let has_stopped = matches!(self.import.state, State::Cancelled | State::Failed);
        self.may_import && has_stopped && self.import.upload_id.is_some()
    }

    fn leads(&self) -> String {
        leads_of(&self.import, None)
    }

    fn path_of(&self, problem: &Problem) -> String {
        rows_path(&self.import, problem)
    }

    fn these(&self, failed: &bool) -> Vec<&Problem> {
        these(&self.problems, *failed)
    }
}

/// The import; one that has not run is where one goes on with it.
///
/// # Errors
/// Not found.
pub async fn show(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = id.into_inner();
    let (import, problems) = ctx
        .run(move |conn, caller| {
            let import = imports::import(conn, caller, id)?;
            let problems = match import.state.is_at_work() {
                false if import.state.has_run() => imports::problems(conn, caller, id)?,
                _ => Vec::new(),
            };
            Ok((import, problems))
        })
        .await?;
    if import.state.is_open() {
        return Ok(redirect(&onward(&import)));
    }
    let show = Show {
        page: ctx.page(Nav::Imports),
        steps: Steps::of(&import, Step::Run),
        progress: Progress::of(&import, ctx.caller.now),
        under_way: under_way(&import),
        outcomes: outcomes(&import, &problems),
        problems,
        may_import: ctx.may(Permission::ImportLeads),
        import,
    };
    render(StatusCode::OK, &show)
}
