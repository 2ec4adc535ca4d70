//! Workflows: graphs of calls, messages, waits and branches with statuses of their own, and the
//! runs that take leads through them.

pub mod arrange;
mod attempts;
mod attention;
mod cadence;
mod change;
pub mod check;
mod choices;
mod create;
mod destroy;
mod differences;
pub mod dispatch;
mod duplicate;
mod edges;
mod edit;
mod engine;
mod funnel;
mod graph;
mod history;
mod lifecycle;
mod messages;
pub mod node_config;
mod nodes;
mod preview;
mod progress;
mod queue;
mod run;
mod runs;
mod seen;
mod starter;
mod status_input;
mod status_use;
mod statuses;
mod step;
mod version;
mod whereabouts;
mod words;
mod workflow;

pub use attempts::{Attempt, Tries, attempts};
pub use attention::{IdleWorkflow, StoppedLead, idle_workflows, stopped_leads};
pub use cadence::{Facts, Moment, PlannedStep, Situation, plan, said};
pub use change::{WorkflowChanges, contact_hours, update};
pub use choices::{Choice, choices, statuses};
pub use create::{NewEdge, NewNode, NewWorkflow, create};
pub use destroy::delete;
pub use duplicate::duplicate;
pub use edges::{EdgeInput, add_edge, delete_edge};
pub use edit::{MOST_EDGES, MOST_NODES, edit};
pub use engine::{SETTLES_WITHIN, advance, settle, wake_tasks_of_the_absent};
pub use funnel::{Stage, funnel};
pub use graph::{Edge, Graph, Node, graph};
pub use history::{Happened, HistoryEntry, Wanted, history};
pub use lifecycle::{activate, cancel, complete, pause, publish, resume};
pub use messages::{Message, MessageFilter, message, messages};
pub use nodes::{NodeChanges, NodeInput, add_node, delete_node, update_node};
pub use preview::{Preview, publish_preview};
pub use progress::{Passed, Progress, progress};
pub use queue::{
    Effect, Member, OnWhat, Tally, Task, Team, Undoable, claim_next, next_task, on_what, release,
    report_step, skip, take_task, tally, team, undo, undoable, whose_claim,
};
pub use run::{Cadence, Entrance, NewRun, begin, enrolled, entrances};
pub use runs::{
    Assigned, Enrolled, Report, Reported, Resumed, RunFacts, StatusChange, Stopped, Upcoming,
    assign, in_workflow, is_paused, move_to, remove, remove_run, report, resume_automation,
    run_history, run_now, runs_page, set_status, skip_step, snooze, stop_automation, withdraw,
};
pub use starter::Starter;
pub use status_input::{StatusChanges, StatusInput};
pub use statuses::{add_status, delete_status, reorder_statuses, update_status};
pub use version::{Version, versions};
pub use whereabouts::whereabouts;
pub use words::{
    AttemptState, CALL_BACK_RANK, Category, GoalType, Moves, NodeType, Priority, RunStatus,
    StepState, WhenAway, WorkflowStatus,
};
pub use workflow::{Status, Workflow, WorkflowRow, find, list, page};
