//! Leads on their way through workflows that say what a test needs of them.

use chrono::{DateTime, TimeDelta, Utc};
use leadline::connectors::{self, Channel, Kind, NewConnector};
use leadline::db;
use leadline::outreach::Policy;
use leadline::secrets::Sealer;
use leadline::workflows::{
    self, GoalType, NewEdge, NewNode, NewWorkflow, NodeType, WorkflowStatus,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Firm, TestApp, WithKey};

/// A lead in a workflow, as a program sees it.
pub struct Enrolled<'a> {
    pub program: &'a WithKey,
    pub lead: String,
    pub run: String,
    pub workflow: Uuid,
}

impl Firm<'_> {
    /// A workflow of these nodes and edges; labels are their numbers from 0.
    pub fn graph(
        &self,
        status: WorkflowStatus,
        nodes: &[(NodeType, Value)],
        edges: &[(usize, usize, Option<&str>)],
    ) -> Uuid {
        let nodes = nodes.iter().enumerate();
        let input = NewWorkflow {
            name: "Outreach".to_owned(),
            description: None,
            goal_type: GoalType::Sale,
            status,
            nodes: nodes
                .map(|(at, (node_type, config))| NewNode {
                    node_type: *node_type,
                    label: format!("{at}"),
                    config: config.clone(),
                })
                .collect(),
            edges: edges
                .iter()
                .map(|(from, to, label)| NewEdge {
                    from: *from,
                    to: *to,
                    label: label.map(str::to_owned),
                })
                .collect(),
        };
        let made = workflows::create(&mut self.app().connect(), &self.owner(), input);
        made.unwrap().row.id
    }

    /// One that runs, from each node to the next.
    pub fn chain(&self, nodes: &[(NodeType, Value)]) -> Uuid {
        let edges: Vec<_> = (1..nodes.len()).map(|to| (to - 1, to, None)).collect();
        self.graph(WorkflowStatus::Active, nodes, &edges)
    }

    /// Lets a channel's messages leave this way; the secret they are signed with, if any.
    pub fn connect_by(&self, channel: Channel, connector: NewConnector) -> Option<String> {
        let mut conn = self.app().connect();
        let sealer = Sealer::new(&db::secret(&mut conn).unwrap());
        let policy = Policy {
            allow_private: true,
        };
        let saved = connectors::save(
            &mut conn,
            &self.owner(),
            channel,
            connector,
            &sealer,
            &policy,
        );
        saved.unwrap().new_secret
    }

    /// Keeps a channel's messages where they can be read.
    pub fn keep_messages(&self, channel: Channel) {
        let outbox = NewConnector {
            kind: Some(Kind::Outbox),
            ..NewConnector::default()
        };
        self.connect_by(channel, outbox);
    }
}

impl WithKey {
    /// A lead that came into a workflow.
    pub fn enrol(&self, workflow: Uuid, mut lead: Value) -> Enrolled<'_> {
        lead["workflow_id"] = json!(workflow);
        if lead["first_name"].is_null() {
            lead["first_name"] = json!("Ann");
        }
        let made = self.post("/leads", &lead).of(201);
        Enrolled {
            program: self,
            lead: text(&made["lead"]["id"]),
            run: text(&made["workflow_run"]["id"]),
            workflow,
        }
    }
}

impl Enrolled<'_> {
    pub fn report(&self, body: &Value) -> Answer {
        let (workflow, run) = (self.workflow, &self.run);
        let path = format!("/workflows/{workflow}/leads/{run}/outcomes");
        self.program.post(&path, body)
    }

    /// Reports an outcome that is taken.
    pub fn outcome(&self, outcome: &str) -> Value {
        self.report(&json!({ "outcome": outcome })).of(201)
    }

    /// The steps it came to.
    pub fn steps(&self) -> Vec<Value> {
        let (workflow, run) = (self.workflow, &self.run);
        let path = format!("/workflows/{workflow}/leads/{run}/history");
        let answer = self.program.get(&path).of(200);
        answer["history"].as_array().unwrap().clone()
    }

    /// The step it is at, or was last.
    pub fn step(&self) -> Value {
        self.steps().pop().unwrap()
    }

    /// The labels and outcomes of its steps.
    pub fn way(&self) -> Vec<(String, String)> {
        let steps = self.steps().into_iter();
        steps
            .map(|step| {
                let outcome = step["outcome"].as_str().unwrap_or_default();
                (text(&step["label"]), outcome.to_owned())
            })
            .collect()
    }

    /// How its run stands.
    pub fn status(&self) -> String {
        let list = self
            .program
            .get(&format!("/workflows/{}/leads", self.workflow));
        let list = list.of(200);
        let runs = list["data"].as_array().unwrap();
        let run = runs.iter().find(|run| run["id"] == json!(self.run));
        text(&run.unwrap()["status"])
    }

    /// The lead as it is shown.
    pub fn shown(&self) -> Value {
        self.program.get(&format!("/leads/{}", self.lead)).of(200)
    }

    /// Makes one of the calls about the lead.
    pub fn call(&self, path: &str, body: &Value) -> Answer {
        let path = format!("/leads/{}/{path}", self.lead);
        self.program.post(&path, body)
    }

    /// Its messages and calls.
    pub fn tries(&self) -> Vec<Value> {
        let path = format!(
            "/leads/{}/history?channel=call,sms,whatsapp,email",
            self.lead
        );
        let answer = self.program.get(&path).of(200);
        answer["history"].as_array().unwrap().clone()
    }
}

impl TestApp {
    /// Lets time pass to an instant, and does what is due by then.
    pub fn work_at(&self, instant: &str) {
        let instant: DateTime<Utc> = instant.parse().unwrap();
        let left = instant - self.clock.now();
        assert!(left >= TimeDelta::zero(), "{instant} is past");
        self.wait(left);
        self.work();
    }
}

pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}
