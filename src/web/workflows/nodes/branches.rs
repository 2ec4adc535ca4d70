//! `GET` and `POST /workflows/{id}/nodes/{node}/branches`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

use super::super::cards;
use super::super::words;
use super::{Choice, Form, Nav, Page, Problems, card, filters, find};
use crate::caller::Permission;
use crate::error::{Error, Result};
use crate::web::{Ctx, Fault, render};
use crate::workflows::arrange::{self, Branch, Target};
use crate::workflows::{self, Graph, Node, NodeType, Workflow};

/// Where the outcomes of a step lead.
#[derive(Template)]
#[template(path = "workflows/nodes/branches.html")]
struct Branches {
    page: Page,
    workflow: Workflow,
    node: Node,
    rows: Vec<Row>,
    /// Where another value could lead, for a question that sorts by the values of a field.
    another: Option<Row>,
    problems: Problems,
}

/// One outcome.
struct Row {
    outcome: Option<String>,
    words: String,
    targets: Vec<Choice>,
    /// Where a step for this outcome alone is put in.
    add: String,
}

impl Branches {
    fn back(&self) -> String {
        card(self.workflow.row.id, self.node.id)
    }
}

/// The outcomes of a step, each with where it leads.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn branches(ctx: Ctx, ids: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    page(&ctx, *ids, None).await
}

/// Leads outcomes elsewhere.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn lead(
    ctx: Ctx,
    ids: web::Path<(Uuid, Uuid)>,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let (id, node) = *ids;
    let branches = read(&form);
    let led = ctx
        .run(move |conn, caller| {
            workflows::edit(conn, caller, id, |graph| {
                arrange::lead(graph, node, &branches, caller.now)
            })
        })
        .await;
    match led {
        Ok(()) => Ok(ctx.redirect(&card(id, node), "The branches are saved.")),
        Err(Error::Conflict(sentence)) => page(&ctx, *ids, Some((form, sentence))).await,
        Err(error) => Err(error.into()),
    }
}

async fn page(
    ctx: &Ctx,
    ids: (Uuid, Uuid),
    refused: Option<(Form, String)>,
) -> Result<HttpResponse, Fault> {
    let (workflow, graph, node) = ctx.run(move |conn, caller| find(conn, caller, ids)).await?;
    let (status, problems) = match &refused {
        None => (StatusCode::OK, Problems::default()),
        Some((_, why)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Problems::one("target-0", why),
        ),
    };
    let branches = match &refused {
        None => arrange::branches(&graph, &node),
        Some((form, _)) => read(form),
    };
    let rows = branches
        .into_iter()
        .map(|branch| row(&graph, &node, branch));
    let rows = rows.collect();
    let another = Branch {
        outcome: Some(String::new()),
        target: Target::Rest,
    };
    let sorts = node.config.get("condition_field").is_some();
    let page = Branches {
        page: ctx.page(Nav::Workflows),
        workflow,
        rows,
        another: sorts.then(|| row(&graph, &node, another)),
        node,
        problems,
    };
    render(status, &page)
}

/// The outcomes and targets of a form, in turn, and one for another value when it is named.
fn read(form: &Form) -> Vec<Branch> {
    let pairs = form.all("outcome").zip(form.all("target"));
    let another = form
        .filled("another")
        .map(|name| (name, form.get("another_target")));
    let branches = pairs.chain(another).map(|(outcome, target)| Branch {
        outcome: Some(outcome.trim().to_owned()).filter(|outcome| !outcome.is_empty()),
        target: match (target.parse(), target.parse::<NodeType>()) {
            (Ok(id), _) => Target::Node(id),
            (_, Ok(kind)) => Target::NewEnd(kind),
            _ => Target::Rest,
        },
    });
    branches.collect()
}

fn row(graph: &Graph, node: &Node, branch: Branch) -> Row {
    let current = match branch.target {
        Target::Rest => String::new(),
        Target::Node(id) => id.to_string(),
        Target::NewEnd(kind) => kind.to_string(),
    };
    let list = arrange::lines(graph);
    let nodes = list.ids().filter(|id| *id != node.id);
    let nodes = nodes.filter_map(|id| graph.node(id));
    let nodes = nodes.map(|to| {
        let name = match to.node_type.is_terminal() {
            true => format!("End: {}", to.label),
            false if to.node_type == NodeType::Time => {
                format!("{}, {}", cards::name(to), to.label)
            }
            false => cards::name(to),
        };
        Choice::new(to.id.to_string(), name, &current)
    });
    let rest = match branch.outcome {
        Some(_) => "As anything else",
        None => "Nowhere yet",
    };
    let targets = std::iter::once(Choice::new("", rest, &current))
        .chain(nodes)
        .chain([
            Choice::new(NodeType::Converted.as_str(), "A new end: won", &current),
            Choice::new(NodeType::Dropped.as_str(), "A new end: given up", &current),
        ]);
    Row {
        words: branch
            .outcome
            .as_deref()
            .map_or("Anything else".to_owned(), words::outcome),
        targets: targets.collect(),
        add: format!(
            "/workflows/{}/nodes/new?type=SMS&on={}&outcome={}",
            node.workflow_id,
            node.id,
            utf8_percent_encode(
                branch.outcome.as_deref().unwrap_or_default(),
                NON_ALPHANUMERIC
            )
        ),
        outcome: branch.outcome,
    }
}
