//! `GET /workflows/{id}`

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::cards::{Card, Cards, Kind, cards};
use super::picture::Picture;
use super::simulation::Simulation;
use super::{Nav, Page, filters};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::web::{Ctx, Fault, Form, Query, render};
use crate::workflows::check::{Checked, checked};
use crate::workflows::{self, Graph, NodeType, Version, Workflow};

#[derive(Template)]
#[template(path = "workflows/show.html")]
struct Show {
    page: Page,
    found: Found,
    cards: Cards,
    picture: Option<String>,
    /// Whether the person may change workflows at all.
    may_write: bool,
    /// Whether this one can be changed.
    may_edit: bool,
}

/// What the page shows.
pub(super) struct Found {
    workflow: Workflow,
    graph: Graph,
    here: HashMap<Uuid, i64>,
    checked: Checked,
    version: Option<Version>,
    has_own_hours: bool,
    simulation: Simulation,
}

impl Show {
    /// What can be put between two cards.
    fn types(&self) -> impl Iterator<Item = &'static str> {
        let types = NodeType::ALL.iter().filter(|one| !one.is_terminal());
        types.map(|one| one.as_str())
    }

    /// Whether leads take other steps than the page shows.
    fn is_edited(&self) -> bool {
        let row = &self.found.workflow.row;
        row.is_edited && row.version_id.is_some()
    }

    /// What keeps a card from being run.
    fn wrong(&self, card: &Card) -> Vec<&str> {
        let faults = self.found.checked.faults.iter();
        let here = faults.filter(|fault| fault.node_id == Some(card.id));
        here.map(|fault| fault.sentence.as_str()).collect()
    }
}

/// What the workflow does with a lead, step by step; for those who may, with what changes it.
///
/// # Errors
/// Not found.
pub async fn show(
    ctx: Ctx,
    id: web::Path<Uuid>,
    Query(asked): Query,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    let found = ctx
        .run(move |conn, caller| find(conn, caller, id, asked))
        .await?;
    page(&ctx, found, StatusCode::OK)
}

/// The page with this status: that of a form which could not be taken shows what is wrong.
pub(super) fn page(ctx: &Ctx, found: Found, status: StatusCode) -> Result<HttpResponse, Fault> {
    let row = &found.workflow.row;
    let picture = Picture::of(&found.graph, &row.name).map(|picture| picture.render());
    let may_write = ctx.may(Permission::WriteWorkflows);
    let show = Show {
        page: ctx.page(Nav::Workflows),
        cards: cards(&found.graph, &found.workflow.statuses, &found.here),
        picture: picture.transpose().map_err(Error::internal)?,
        may_write,
        may_edit: may_write && row.status.takes_leads(),
        found,
    };
    render(status, &show)
}

/// Everything the page shows of a workflow, with the plan that is asked for.
pub(super) fn find(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    asked: Form,
) -> Result<Found> {
    let workflow = workflows::find(conn, caller, id)?;
    let graph = workflows::graph(conn, caller, id)?;
    let versions = workflows::versions(conn, caller, id)?;
    let in_force = |one: &Version| Some(one.id) == workflow.row.version_id;
    Ok(Found {
        checked: checked(conn, caller, id)?,
        version: versions.into_iter().find(in_force),
        has_own_hours: workflows::contact_hours(conn, caller, id)?.is_some(),
        here: workflows::whereabouts(conn, caller, id)?,
        simulation: Simulation::run(conn, caller, (&workflow, &graph), asked)?,
        workflow,
        graph,
    })
}
