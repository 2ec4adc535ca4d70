//! The demo's two workflows: one that runs, one that is still being built.

use serde_json::json;
use uuid::Uuid;

use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::Result;
use crate::workflows::{self, GoalType, NewEdge, NewNode, NewWorkflow, NodeType, WorkflowStatus};

/// Their ids.
pub(super) struct Workflows {
    /// Runs; calls and messages.
    pub admission: Uuid,
    /// A draft; messages only.
    pub renewal: Uuid,
}

pub(super) fn make(conn: &mut PgConnection, caller: &Caller) -> Result<Workflows> {
    let admission = workflows::create(conn, caller, admission())?.row.id;
    let renewal = workflows::create(conn, caller, renewal())?.row.id;
    Ok(Workflows { admission, renewal })
}

fn admission() -> NewWorkflow {
    NewWorkflow {
        name: "Admisión marzo".into(),
        description: Some(
            "From the first question to a meeting with an adviser, within ten days.".into(),
        ),
        goal_type: GoalType::Appointment,
        status: WorkflowStatus::Active,
        nodes: vec![
            node(
                NodeType::VoiceCall,
                "First call",
                json!({"max_attempts": 3, "retry_after_minutes": 240,
                       "script": "Ask what they want to study, and when they can start."}),
            ),
            node(NodeType::Time, "A day later", json!({"delay_hours": 24})),
            node(
                NodeType::Whatsapp,
                "Aranceles",
                json!({"text": "Hola {{first_name}}, aquí están los aranceles y las becas de marzo. ¿Cuándo podemos conversar?"}),
            ),
            node(
                NodeType::Time,
                "Two business days",
                json!({"value": 2, "unit": "business_days"}),
            ),
            node(
                NodeType::VoiceCall,
                "Second call",
                json!({"max_attempts": 2, "retry_after_minutes": 1440}),
            ),
            node(
                NodeType::Email,
                "Última fecha",
                json!({"subject": "{{first_name}}, la inscripción cierra el viernes",
                       "text": "Hola {{first_name}}: la inscripción cierra este viernes a las 18:00. Responde este correo y te guardamos un cupo."}),
            ),
            node(NodeType::Converted, "Meeting booked", json!({})),
            node(NodeType::Dropped, "Gave up", json!({})),
        ],
        edges: vec![
            edge(0, 6, Some("INTERESTED")),
            edge(0, 7, Some("NOT_INTERESTED")),
            edge(0, 1, None),
            edge(1, 2, None),
            edge(2, 3, None),
            edge(3, 4, None),
            edge(4, 6, Some("INTERESTED")),
            edge(4, 7, Some("NOT_INTERESTED")),
            edge(4, 5, None),
            edge(5, 7, None),
        ],
    }
}

fn renewal() -> NewWorkflow {
    NewWorkflow {
        name: "Renovación diplomados".into(),
        description: Some("Former students, two messages, no calls.".into()),
        goal_type: GoalType::Sale,
        status: WorkflowStatus::Draft,
        nodes: vec![
            node(
                NodeType::Email,
                "What is new",
                json!({"subject": "Lo nuevo de este año, {{first_name}}",
                       "text": "Hola {{first_name}}: como exalumno tienes 20 % en cualquier diplomado."}),
            ),
            node(
                NodeType::Time,
                "A week later",
                json!({"value": 7, "unit": "days"}),
            ),
            node(
                NodeType::Conditional,
                "Works in education?",
                json!({"match": "all",
                       "conditions": [{"field": "metadata.rubro", "operator": "equals", "value": "educación"}]}),
            ),
            node(
                NodeType::Whatsapp,
                "Offer for teachers",
                json!({"text": "{{first_name}}, hay cupos con convenio para docentes. ¿Te interesa?"}),
            ),
            node(NodeType::Dropped, "Until next year", json!({})),
        ],
        edges: vec![
            edge(0, 1, None),
            edge(1, 2, None),
            edge(2, 3, Some("true")),
            edge(2, 4, Some("false")),
            edge(3, 4, None),
        ],
    }
}

fn node(node_type: NodeType, label: &str, config: serde_json::Value) -> NewNode {
    NewNode {
        node_type,
        label: label.into(),
        config,
    }
}

fn edge(from: usize, to: usize, label: Option<&str>) -> NewEdge {
    NewEdge {
        from,
        to,
        label: label.map(str::to_owned),
    }
}
