//! Which runs a caller sees: those of the leads they see.

use crate::caller::Caller;
use crate::visibility;

/// The condition that a run of the table `runs` is one that the caller sees; none where that is every run.
pub(super) fn condition(caller: &Caller, runs: &str) -> Option<String> {
    let seen = visibility::condition(caller, "seen")?;
    Some(format!(
        "EXISTS (SELECT FROM leads seen WHERE seen.account_id = {runs}.account_id \
         AND seen.id = {runs}.lead_id AND {seen})"
    ))
}

/// The same to be put behind other conditions: ` AND …`, or nothing.
pub(super) fn run(caller: &Caller, runs: &str) -> String {
    condition(caller, runs).map_or_else(String::new, |seen| format!(" AND {seen}"))
}

/// That a step of the table `steps` is one of such a run, to be put behind other conditions.
pub(super) fn step(caller: &Caller, steps: &str) -> String {
    match condition(caller, "its") {
        Some(seen) => format!(
            " AND EXISTS (SELECT FROM workflow_runs its WHERE its.account_id = {steps}.account_id \
             AND its.id = {steps}.run_id AND {seen})"
        ),
        None => String::new(),
    }
}
