//! Workflows: graphs of calls, messages, waits and branches with statuses of their own, and the
//! runs that take leads through them.

mod cadence;
mod create;
mod differences;
mod edges;
mod edit;
mod graph;
pub mod node_config;
mod nodes;
mod progress;
mod run;
mod step;
mod version;
mod whereabouts;
mod words;
mod workflow;

pub use cadence::{Facts, Moment, PlannedStep, Situation, plan, said};
pub use create::{NewEdge, NewNode, NewWorkflow, create};
pub use edges::{EdgeInput, add_edge, delete_edge};
pub use edit::{MOST_EDGES, MOST_NODES, edit};
pub use graph::{Edge, Graph, Node, graph};
pub use nodes::{NodeChanges, NodeInput, add_node, delete_node, update_node};
pub use progress::{Passed, Progress, progress};
pub use run::{Cadence, Entrance, NewRun, begin, entrances};
pub use version::{Version, versions};
pub use whereabouts::whereabouts;
pub use words::{
    CALL_BACK_RANK, Category, GoalType, Moves, NodeType, Priority, RunStatus, StepState,
    WorkflowStatus,
};
pub use workflow::{Status, Workflow, WorkflowRow, find, list, page};
