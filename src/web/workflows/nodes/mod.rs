//! The steps of a workflow, one at a time: put in, changed, moved, taken out, and where their
//! outcomes lead.

mod branches;
mod config;
mod create;
mod destroy;
mod edit;
mod fields;
mod new;
mod place;
mod shift;
mod update;

pub use branches::{branches, lead};
pub use create::create;
pub use destroy::destroy;
pub use edit::edit;
pub use new::new;
pub use shift::shift;
pub use update::update;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use uuid::Uuid;

use self::place::Asked;
use super::cards::anchor;
use super::{Choice, Form, Nav, Page, Problems, filters, sms};
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::{Error, Noun, Result};
use crate::phone;
use crate::telephony::{CallingNumber, Kind};
use crate::web::{Fault, render};
use crate::workflows::{self, Graph, Node, NodeType, Workflow};

/// The form of a step.
#[derive(Template)]
#[template(path = "workflows/nodes/edit.html")]
struct Edit {
    page: Page,
    workflow: Workflow,
    /// The step; none while it is new.
    id: Option<Uuid>,
    node_type: NodeType,
    /// Where a new one is put.
    asked: Asked,
    /// What calls can come from.
    numbers: Vec<CallingNumber>,
    form: Form,
    problems: Problems,
}

impl Edit {
    fn answer(self) -> Result<HttpResponse, Fault> {
        let status = match self.problems.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        render(status, &self)
    }

    fn action(&self) -> String {
        let nodes = format!("/workflows/{}/nodes", self.workflow.row.id);
        match self.id {
            Some(id) => format!("{nodes}/{id}"),
            None => nodes,
        }
    }

    fn back(&self) -> String {
        let workflow = self.workflow.row.id;
        match self.id.or(self.asked.near()) {
            Some(near) => card(workflow, near),
            None => format!("/workflows/{workflow}"),
        }
    }

    fn is_message(&self) -> bool {
        matches!(
            self.node_type,
            NodeType::Sms | NodeType::Whatsapp | NodeType::Email
        )
    }

    /// What a call can come from: any active number, or one of them; also the one that is named
    /// now, when it is none of these.
    fn callers(&self) -> Vec<Choice> {
        let current = self.form.get("from_phone_number");
        let active = self.numbers.iter().filter(|number| number.is_active);
        let mut all = vec![Choice::new("", "Any active number", current)];
        all.extend(active.map(|number| {
            let written = phone::written(&number.phone_number, "");
            let label = match (number.is_demo(), number.kind) {
                (true, _) => format!("{written}, to try things out"),
                (false, Kind::Carrier) => written,
                (false, Kind::Sip) => format!("{written}, over SIP"),
            };
            Choice::new(&*number.phone_number, label, current)
        }));
        if !all.iter().any(|choice| choice.chosen) {
            all.push(Choice::new(
                current,
                format!("{current}, not active"),
                current,
            ));
        }
        all
    }

    fn units(&self, name: &str) -> Vec<Choice> {
        fields::units(name, self.form.get(name))
    }

    fn matches(&self) -> Vec<Choice> {
        let current = self.form.get("match");
        vec![
            Choice::new("all", "All of these hold", current),
            Choice::new("any", "One of these holds", current),
        ]
    }

    fn statuses(&self) -> Vec<Choice> {
        let current = self.form.get("status_key");
        let own = match self.node_type {
            NodeType::Converted => "won",
            _ => "lost",
        };
        let statuses = self.workflow.statuses.iter();
        let fitting = statuses.filter(|status| status.category.as_str() == own);
        let fitting = fitting.map(|one| Choice::new(&*one.key, &*one.label, current));
        std::iter::once(Choice::new("", "The first that fits", current))
            .chain(fitting)
            .collect()
    }
}

/// The card of a node on the page of its workflow.
fn card(workflow: Uuid, node: Uuid) -> String {
    format!("/workflows/{workflow}#{}", anchor(node))
}

/// A workflow, its graph and one of its nodes.
fn find(
    conn: &mut PgConnection,
    caller: &Caller,
    (workflow, node): (Uuid, Uuid),
) -> Result<(Workflow, Graph, Node)> {
    let workflow = workflows::find(conn, caller, workflow)?;
    let graph = workflows::graph(conn, caller, workflow.row.id)?;
    let node = graph.node(node).cloned();
    let node = node.ok_or(Error::NotFound(Noun::Node))?;
    Ok((workflow, graph, node))
}
