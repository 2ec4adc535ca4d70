//! A lead's cadence (contract §2). These calls tell what is wrong in one sentence alone.

mod assign;
mod audit_log;
mod history;
mod is_paused;
mod resume;
mod status;
mod stop;

pub use assign::assign_workflow;
pub use audit_log::audit_log;
pub use history::history;
pub use is_paused::is_paused;
pub use resume::resume_automation;
pub use status::set_status;
pub use stop::stop_automation;

use uuid::Uuid;

use crate::api::fields::Fields;

/// The workflow a call is about, which has to be named.
fn workflow(fields: &mut Fields, name: &'static str) -> Option<Uuid> {
    let given = fields.uuid(name).given().copied();
    fields.required(name, given)
}
