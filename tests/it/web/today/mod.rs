//! Today, as the people who live in it all day use it.

mod away;
mod release;
mod report;
mod show;
mod skip;
mod undo;

use leadline::caller::Role;
use leadline::workflows::NodeType;
use serde_json::json;
use uuid::Uuid;

use crate::app::{Firm, TestApp};

/// Leads with these first names and owners for whom a person is to do something now, in this
/// order; where they live it is noon.
pub fn due(
    app: &TestApp,
    firm: &Firm<'_>,
    step: NodeType,
    leads: &[(&str, Option<Role>)],
) -> Vec<Uuid> {
    let workflow = firm.workflow("Sales Outreach", &[step, NodeType::VoiceCall]);
    let program = firm.program();
    let enrolled = leads.iter().map(|(name, owner)| {
        let lead = json!({
            "first_name": name, "phone": "+442079460018", "workflow_id": workflow,
            "owner": owner.map(|role| firm.email(role)),
        });
        app.wait(chrono::TimeDelta::seconds(1));
        let body = program.post("/leads", &lead).of(201);
        Uuid::try_parse(body["lead"]["id"].as_str().unwrap()).unwrap()
    });
    let ids = enrolled.collect();
    app.work();
    ids
}
