//! Workflows: graphs of calls, messages, waits and branches with statuses of their own, and the
//! runs that take leads through them.

mod cadence;
mod create;
mod graph;
mod node_config;
mod progress;
mod run;
mod step;
mod version;
mod whereabouts;
mod words;
mod workflow;

pub use cadence::{Facts, Moment, PlannedStep, Situation, plan, said};
pub use create::{NewEdge, NewNode, NewWorkflow, create};
pub use graph::{Edge, Graph, Node, graph};
pub use progress::{Passed, Progress, progress};
pub use run::{Cadence, Entrance, NewRun, begin, entrances};
pub use version::{Version, versions};
pub use whereabouts::whereabouts;
pub use words::{
    CALL_BACK_RANK, Category, GoalType, Moves, NodeType, Priority, RunStatus, StepState,
    WorkflowStatus,
};
pub use workflow::{Status, Workflow, WorkflowRow, find, list, page};
